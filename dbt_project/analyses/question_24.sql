-- What did the parts of a merged bureau spend before, and what does the whole now? 合并前各部门花多少，合并后花多少？
select change.to_name, change.changed_year, sum(former.expenditure_yuan) as before_yuan, max(latter.expenditure_yuan) as expenditure_yuan,
       max(latter.expenditure_yuan) - sum(former.expenditure_yuan) as difference_yuan, count(*) as bureaus
from {{ ref('dim_bureau_succession') }} as change
join {{ ref('bureau_year') }} as former on former.bureau_key = change.from_bureau_key and former.fiscal_year = change.changed_year - 1
join {{ ref('bureau_year') }} as latter on latter.bureau_key = change.to_bureau_key and latter.fiscal_year = change.changed_year
where change.succession_kind = 'merged'
group by change.to_name, change.changed_year
order by change.to_name
