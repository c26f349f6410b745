-- One row per line of the budget classification or of a standard table; named as in the latest report.
with lines as (
    select
        account_key, classification, account_code as code,
        coalesce(account_name, '（无行名）') as account_name,
        fiscal_year, fact_id
    from {{ ref('int_accounts') }}
),

latest as (
    select *
    from lines
    qualify row_number() over (partition by account_key order by fiscal_year desc, fact_id) = 1
),

final as (
    select
        latest.account_key, latest.classification, latest.code, latest.account_name,
        case length(latest.code) when 3 then 1 when 5 then 2 when 7 then 3 end as level,
        parents.account_key as parent_account_key
    from latest
    left join latest as parents
        on latest.classification = parents.classification
        and length(latest.code) > 3
        and parents.code = substr(latest.code, 1, length(latest.code) - 2)
)

select {{ contract_columns() }}
from final
