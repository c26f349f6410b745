-- Where does a figure of a bureau's year come from? 部门年度里的一个数从哪里来？
select bureau.bureau_name, figure.fiscal_year, figure.value, report.file_name, cell.table_no, cell.line_name, cell.source_text, cell.amount_unit,
       cell.source_ref
from {{ ref('bureau_measure') }} as figure
join {{ ref('fct_account') }} as cell on cell.fact_id = figure.fact_id
join {{ ref('dim_report') }} as report on report.report_key = figure.report_key
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = figure.bureau_key and bureau.is_current
where figure.measure = 'three_public' and figure.stage = 'final' and figure.is_chosen
order by bureau.bureau_name, figure.fiscal_year
