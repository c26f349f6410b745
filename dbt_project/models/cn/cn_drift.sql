-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, kind and year of report (report_key: a file compared with itself), part, money table, measure and compared_with.
select
    compared_with as 比较对象,
    is_same_file as 是否同一文件,
    bureau_key as 部门键,
    bureau_name as 部门名称,
    report_kind as 报告类别,
    fiscal_year as 年度,
    report_key as 报告键,
    part as 所在部分,
    table_match as 表名匹配串,
    measure as 口径,
    before as 原来的数,
    now as 现在的数,
    change as 增减数,
    change_pct as 增减率,
    is_flagged as 是否标出,
    flag_no as 标出名次,
    reason as 原因
from {{ ref('drift') }}
