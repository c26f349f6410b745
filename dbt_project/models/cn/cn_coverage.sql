-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per report and part of it (kind of form, tables, text), and one for all of it.
select
    report_key as 报告键,
    file_name as 文件名,
    bureau_key as 部门键,
    report_kind as 报告类别,
    fiscal_year as 年度,
    part as 所在部分,
    numbers as 数字个数,
    facts as 成为数据数,
    context as 非计量数,
    unclaimed as 未读数,
    unclaimed_pct as 未读占比,
    digits_in_file as 文件数字字符,
    digits_read as 读出数字字符
from {{ ref('coverage') }}
