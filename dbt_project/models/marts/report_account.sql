-- Grain: one row per report, line of the classification or of a standard table, and name that the report's tables give it.
with final as (
    select
        accounts.report_key, reports.bureau_key, reports.fiscal_year,
        accounts.account_key, accounts.classification,
        accounts.account_code as code,
        accounts.line_code,
        coalesce(accounts.account_name, '（无行名）') as account_name,
        min(accounts.matched_by) as matched_by,
        min(accounts.confidence) as confidence,
        count(*) as cells
    from {{ ref('int_accounts') }} as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
    group by
        accounts.report_key, reports.bureau_key, reports.fiscal_year, accounts.account_key, accounts.classification,
        accounts.account_code, accounts.line_code, coalesce(accounts.account_name, '（无行名）')
)

select {{ contract_columns() }}
from final
