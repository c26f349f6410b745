-- Grain: one row per account, name, basis (code list or printed) and first year of the span.
with final as (
    select
        account_key, account_name, 'code_list' as basis,
        nullif(from_year, 0) as valid_from_year,
        nullif(to_year, 9999) as valid_to_year,
        cast(null as integer) as reports
    from {{ ref('int_account_codes') }}
    union all
    select
        account_key, account_name, 'printed',
        min(fiscal_year), max(fiscal_year), cast(count(distinct report_key) as integer)
    from {{ ref('report_account') }}
    group by account_key, account_name
)

select {{ contract_columns() }}
from final
