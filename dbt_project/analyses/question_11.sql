-- Of how many indicators can it be told whether they were reached? 有多少指标能判断是否达成？
select bureau.bureau_name, indicator.fiscal_year, count(*) as targets,
       count(*) filter (where indicator.attained) as reached,
       count(*) filter (where not indicator.attained) as missed,
       count(*) filter (where indicator.attained is null) as untold
from {{ ref('fct_indicator') }} as indicator
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = indicator.bureau_key and bureau.is_current
group by bureau.bureau_name, indicator.fiscal_year
order by bureau.bureau_name, indicator.fiscal_year
