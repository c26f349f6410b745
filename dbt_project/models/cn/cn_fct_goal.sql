-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per goal row of a form.
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
    goal_text as 设定目标,
    result_text as 完成情况,
    score as 得分
from {{ ref('fct_goal') }}
