-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per line of the file of corrections.
select
    file_line as 文件行号,
    report_named as 所写报告,
    report_key as 报告键,
    file_name as 文件名,
    table_name as 更正的表,
    source_ref as 出处,
    field_name as 更正的栏,
    printed as 印出内容,
    right_value as 正确值,
    reason as 原因,
    corrected_by as 更正人,
    corrected_on as 更正日期,
    state as 更正状态,
    message as 说明,
    fact_id as 事实编号
from {{ ref('corrections') }}
