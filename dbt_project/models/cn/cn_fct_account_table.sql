-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per final-accounts or budget table, empty ones too.
select
    fact_id as 事实编号,
    report_key as 报告键,
    bureau_key as 部门键,
    fiscal_year as 年度,
    source_ref as 出处,
    source_text as 原文,
    inferred as 推断说明,
    correction as 更正说明,
    known_from as 知悉自,
    known_to as 知悉至,
    table_ref as 表出处,
    table_no as 表号,
    table_title as 表名,
    amount_unit as 金额单位,
    lines as 行数,
    numbers as 数字个数,
    is_empty as 是否空表,
    note as 附注
from {{ ref('fct_account_table') }}
