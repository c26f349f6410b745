-- What does a bureau spend per member of its staff? 在职人员人均支出是多少？
select bureau_name, fiscal_year, basic_expenditure_yuan, staff_on_duty,
       round(basic_expenditure_yuan / staff_on_duty, 0) as per_person_yuan
from {{ ref('bureau_year') }}
where basic_expenditure_yuan is not null and staff_on_duty > 0
order by per_person_yuan desc, bureau_name, fiscal_year
