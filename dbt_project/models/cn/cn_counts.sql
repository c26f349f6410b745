-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per report, part of it, money table (empty: all of the part) and measure.
select
    report_key as 报告键,
    file_name as 文件名,
    bureau_key as 部门键,
    bureau_name as 部门名称,
    report_kind as 报告类别,
    fiscal_year as 年度,
    part as 所在部分,
    table_match as 表名匹配串,
    measure as 口径,
    counted as 个数
from {{ ref('counts') }}
