-- Which parent lines are not the sum of the lines below them? 哪些上级科目不等于下级之和？
select report.file_name, parent.table_no, parent.code, parent.line_name, parent.column_name, parent.amount_yuan as parent_yuan,
       sum(child.amount_yuan) as children_yuan, parent.amount_yuan - sum(child.amount_yuan) as difference_yuan
from {{ ref('fct_account') }} as parent
join {{ ref('fct_account') }} as child
  on child.report_key = parent.report_key and child.table_ref = parent.table_ref and child.column_name = parent.column_name
 and left(child.code, length(parent.code)) = parent.code and length(child.code) = length(parent.code) + 2
join {{ ref('dim_report') }} as report on report.report_key = parent.report_key
group by report.file_name, parent.table_no, parent.code, parent.line_name, parent.column_name, parent.fact_id, parent.amount_yuan
having abs(parent.amount_yuan - sum(child.amount_yuan)) > 100
order by report.file_name, parent.table_no, parent.code, parent.column_name
