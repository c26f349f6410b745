-- Money cells with the line of the classification they belong to.
-- A line without a code takes the code of the function class that reports print under the same name.
with classes as (
    select account_name, min(code) as code
    from {{ counted('accounts') }} as accounts
    where length(code) = 3 and substr(code, 1, 1) = '2'
    group by account_name
),

coded as (
    select
        accounts.*,
        coalesce(accounts.code, case when coalesce(accounts.side, 'expenditure') = 'expenditure' then classes.code end) as account_code
    from {{ counted('accounts') }} as accounts
    left join classes
        on accounts.code is null
        and accounts.account_name = classes.account_name
),

classified as (
    select
        *,
        case
            when substr(account_code, 1, 1) = '2' then 'function'
            when substr(account_code, 1, 1) in ('3', '5') then 'economic'
            when substr(account_code, 1, 1) = '1' then 'income'
            when account_code is null and side = 'income' then 'income'
            else 'other'
        end as classification
    from coded
)

select
    *,
    {{ stable_key(['classification', "coalesce(account_code, account_name, '')"]) }} as account_key
from classified
