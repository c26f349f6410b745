-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per ticked or written advice or opinion.
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
    form_key as 表单键,
    block as 意见栏,
    option as 意见选项,
    is_checked as 是否勾选,
    text as 意见内容
from {{ ref('fct_advice') }}
