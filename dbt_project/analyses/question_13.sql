-- Who spends how much on the same line? 同一个科目，各部门各花多少？
select history.fiscal_year, bureau.bureau_name, history.account_name, history.amount_yuan, history.change_yuan,
       round(history.change_pct, 2) as change_pct
from {{ ref('account_history') }} as history
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = history.bureau_key and bureau.is_current
where history.code = '30211' and history.is_newest and history.amount_yuan is not null and history.report_kind like '%final_accounts'
order by history.fiscal_year, history.amount_yuan desc, bureau.bureau_name
