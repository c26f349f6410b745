with final as (
    select statements.*, reports.bureau_key
    from {{ ref('stg_statements') }} as statements
    inner join {{ ref('int_reports') }} as reports on statements.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
