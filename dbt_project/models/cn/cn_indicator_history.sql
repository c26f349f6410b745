-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, comparable indicator and fiscal year.
select
    bureau_key as 部门键,
    indicator_key as 指标键,
    indicator_name as 指标名称,
    fiscal_year as 年度,
    target_value as 目标值,
    actual_value as 完成值,
    target_previous as 上年目标值,
    actual_previous as 上年完成值,
    actual_change as 完成值增减,
    indicators_attained as 达成指标数,
    indicators_missed as 未达成指标数,
    occurrences as 合并行数
from {{ ref('indicator_history') }}
