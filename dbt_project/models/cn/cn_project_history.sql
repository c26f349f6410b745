-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per project and fiscal year.
{{ config(post_hook="{{ cn_as_of('project_history') }}") }}
select
    project_key as 项目键,
    bureau_key as 部门键,
    project_name as 项目名称,
    fiscal_year as 年度,
    initial_budget_yuan as 年初预算,
    adjusted_budget_yuan as 全年预算,
    budget_change_yuan as 预算增减额,
    budget_change_pct as 预算增减比,
    cumulative_budget_yuan as 累计预算,
    executed_yuan as 全年执行,
    executed_change_yuan as 执行增减额,
    executed_change_pct as 执行增减率,
    cumulative_executed_yuan as 累计执行,
    execution_rate_pct as 执行率,
    execution_rate_pct_computed as 计算执行率,
    total_score as 总分,
    score_change as 得分增减,
    full_score_years as 连续满分年数,
    always_100 as 历年满分,
    indicators as 指标数,
    indicators_attained as 达成指标数,
    indicators_missed as 未达成指标数,
    attainment_pct as 指标达成率,
    known_from as 知悉自
from {{ ref('project_history') }}
