-- What does each bureau spend, and how does it change? 各部门每年支出多少，比上年增减多少？
select bureau_name, fiscal_year, expenditure_yuan, basic_expenditure_yuan, project_expenditure_yuan,
       round(expenditure_change_pct, 2) as expenditure_change_pct
from {{ ref('bureau_year') }}
where expenditure_yuan is not null
order by bureau_name, fiscal_year
