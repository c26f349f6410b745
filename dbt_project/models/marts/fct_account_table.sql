with final as (
    select tables.*, reports.bureau_key
    from {{ counted('account_tables') }} as tables
    inner join {{ ref('int_reports') }} as reports on tables.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
