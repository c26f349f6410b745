with final as (
    select accounts.*, reports.bureau_key
    from {{ ref('int_accounts') }} as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
