-- Whose targets were lowered? 哪些指标的目标值降低了？
select bureau.bureau_name, history.indicator_name, history.fiscal_year, history.target_previous, history.target_value, history.actual_value
from {{ ref('indicator_history') }} as history
join {{ ref('dim_indicator') }} as indicator on indicator.indicator_key = history.indicator_key and indicator.direction = 'at_least'
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = history.bureau_key and bureau.is_current
where history.target_value < history.target_previous
order by bureau.bureau_name, history.indicator_name, history.fiscal_year
