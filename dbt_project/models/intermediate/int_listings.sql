-- Lines by which a department lists its projects outside of their forms, of the reports whose facts count, with the project.
select
    listings.*,
    reports.bureau_key,
    {{ stable_key(['reports.bureau_key', 'listings.project_id']) }} as project_key
from {{ ref('stg_project_listings') }} as listings
inner join {{ ref('int_reports') }} as reports on listings.report_key = reports.report_key
left join {{ ref('int_twins') }} as twins on listings.report_key = twins.report_key
where twins.report_key is null
