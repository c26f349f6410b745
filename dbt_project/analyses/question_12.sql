-- On which functions does a bureau spend? 部门的钱花在哪些功能科目上？
select bureau.bureau_name, cell.fiscal_year, cell.code, cell.line_name, max(cell.amount_yuan) as amount_yuan
from {{ ref('fct_account') }} as cell
join {{ ref('dim_account') }} as account on account.account_key = cell.account_key
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = cell.bureau_key and bureau.is_current
where account.classification = 'function' and account.level = 1 and cell.table_no = '03' and cell.column_name like '%合计'
group by bureau.bureau_name, cell.fiscal_year, cell.code, cell.line_name
order by bureau.bureau_name, cell.fiscal_year, cell.code
limit 16
