-- Retired lines of code lists that went on as one other line: renumbered, or merged into it. A line that was split has no one successor.
-- series_account_key: the line under whose key a renumbered line's figures go on, over as many renumberings as there are (at most three).
with pairs as (
    select
        {{ code_key("case when code_list = 'function' then 'function' else 'economic' end", 'code', 'meaning_no') }} as account_key,
        {{ code_key("case when code_list = 'function' then 'function' else 'economic' end", 'successor_code', 'successor_meaning_no') }} as successor_account_key,
        relation
    from {{ ref('account_successions') }}
    where relation in ('renumbered', 'merged')
),

renumbered as (
    select * from pairs where relation = 'renumbered'
)

select
    pairs.account_key, pairs.successor_account_key, pairs.relation,
    case when pairs.relation = 'renumbered'
        then coalesce(after_next.successor_account_key, next.successor_account_key, pairs.successor_account_key) end as series_account_key
from pairs
left join renumbered as next on pairs.relation = 'renumbered' and pairs.successor_account_key = next.account_key
left join renumbered as after_next on next.successor_account_key = after_next.account_key
