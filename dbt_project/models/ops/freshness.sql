with final as (
    select
        bureaus.bureau_key,
        min(bureaus.bureau_name) as bureau_name,
        count(*) as reports,
        min(reports.fiscal_year) as first_year,
        max(reports.fiscal_year) as last_year,
        max(reports.published_on) as newest_published_on
    from {{ ref('int_reports') }} as reports
    inner join {{ ref('dim_bureau') }} as bureaus on reports.bureau_key = bureaus.bureau_key and bureaus.is_current
    group by bureaus.bureau_key
)

select {{ contract_columns() }}
from final
