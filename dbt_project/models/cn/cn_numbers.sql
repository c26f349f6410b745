-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per number printed in a report.
select
    report_key as 报告键,
    number_no as 数字序号,
    source_ref as 出处,
    printed as 印出内容,
    surroundings as 前后文字,
    part as 所在部分,
    disposition as 数字去向,
    reason as 原因,
    column_read as 读入栏目,
    fact_id as 事实编号,
    other_fact_ids as 其他事实编号
from {{ ref('numbers') }}
