-- Forms with their publisher, project and unit.
select
    evaluations.*,
    reports.bureau_key,
    case
        when evaluations.project_id is not null
            then {{ stable_key(['reports.bureau_key', 'evaluations.project_id']) }}
    end as project_key,
    units.unit_bureau_key
from {{ counted('evaluations') }} as evaluations
inner join {{ ref('int_reports') }} as reports on evaluations.report_key = reports.report_key
left join {{ ref('int_form_units') }} as units
    on evaluations.report_key = units.report_key
    and evaluations.unit_entity = units.unit_entity
