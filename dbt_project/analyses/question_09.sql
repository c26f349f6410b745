-- How does one indicator develop: target and result? 一项指标的目标值和完成值逐年怎样？
select bureau.bureau_name, history.indicator_name, history.fiscal_year, history.target_value, history.actual_value, history.actual_change
from {{ ref('indicator_history') }} as history
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = history.bureau_key and bureau.is_current
where history.target_value is not null and history.actual_value is not null
qualify count(*) over (partition by history.bureau_key, history.indicator_key) >= 3
order by bureau.bureau_name, history.indicator_name, history.fiscal_year
limit 15
