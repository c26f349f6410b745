-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, comparable indicator and fiscal year.
{{ config(post_hook="{{ cn_as_of('indicator_history') }}") }}
select
    bureau_key as 部门键,
    indicator_key as 指标键,
    indicator_name as 指标名称,
    fiscal_year as 年度,
    direction as 方向,
    target_value as 目标值,
    actual_value as 完成值,
    target_attainment_pct as 指标完成比,
    attained as 是否达成,
    band as 达成档次,
    target_previous as 上年目标值,
    target_change as 指标值增减,
    actual_previous as 上年完成值,
    actual_change as 完成值增减,
    actual_change_pct as 实际值增减比,
    indicators_attained as 达成指标数,
    indicators_missed as 未达成指标数,
    occurrences as 合并行数,
    known_from as 知悉自
from {{ ref('indicator_history') }}
