-- What did one know on a day? 在某一天，已知的数是多少？
select latest.bureau_name, latest.fiscal_year, known.expenditure_yuan as first_stated_yuan, latest.expenditure_yuan as stated_later_yuan,
       latest.expenditure_yuan - known.expenditure_yuan as difference_yuan
from {{ ref('bureau_year') }} as latest
join bureau_year_as_of(date '2022-12-31') as known on known.bureau_key = latest.bureau_key and known.fiscal_year = latest.fiscal_year
where known.expenditure_yuan is not null
order by latest.bureau_name, latest.fiscal_year
