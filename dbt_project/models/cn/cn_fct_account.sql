-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per money cell of a final-accounts or budget table.
select
    fact_id as 事实编号,
    report_key as 报告键,
    bureau_key as 部门键,
    fiscal_year as 年度,
    source_ref as 出处,
    source_text as 原文,
    inferred as 推断说明,
    correction as 更正说明,
    table_ref as 表出处,
    table_no as 表号,
    table_title as 表名,
    side as 收支方向,
    line_no as 行次,
    account_key as 科目键,
    code as 科目编码,
    line_name as 行名称,
    column_name as 栏目名称,
    amount_yuan as 金额,
    amount_unit as 金额单位
from {{ ref('fct_account') }}
