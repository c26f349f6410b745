-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per form and source of funds.
select
    fact_id as 事实编号,
    report_key as 报告键,
    bureau_key as 部门键,
    fiscal_year as 年度,
    source_ref as 出处,
    source_text as 原文,
    inferred as 推断说明,
    correction as 更正说明,
    form_key as 表单键,
    project_key as 项目键,
    funding_source as 资金来源,
    initial_budget_yuan as 年初预算,
    adjusted_budget_yuan as 全年预算,
    executed_yuan as 全年执行,
    execution_rate_pct as 执行率,
    execution_rate_pct_computed as 计算执行率,
    weight as 分值,
    score as 得分,
    reviewed_score as 复评得分,
    reason as 原因,
    amount_unit as 金额单位
from {{ ref('fct_funding') }}
