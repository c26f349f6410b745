-- Money cells with the line of the classification they belong to, and what they state of it.
select
    accounts.*,
    matches.account_key, matches.classification, matches.account_code, matches.line_code, matches.matched_by, matches.confidence,
    matches.measure, matches.fund_scope, matches.stage
from {{ counted('accounts') }} as accounts
inner join {{ ref('int_account_matches') }} as matches on accounts.fact_id = matches.fact_id
