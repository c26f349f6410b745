-- Which figures does a later report state differently? 哪些数后来的报告说法不同？
select bureau.bureau_name, history.fiscal_year, history.measure, history.own_value, history.later_value, history.restated_difference,
       report.file_name, spoken.source_text, spoken.source_ref
from {{ ref('measure_history') }} as history
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = history.bureau_key and bureau.is_current
join {{ ref('dim_report') }} as report on report.report_key = history.later_report_key
left join {{ ref('fct_statement') }} as spoken on spoken.fact_id = history.later_fact_id
where history.is_restated
order by bureau.bureau_name, history.fiscal_year, history.measure
