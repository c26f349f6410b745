-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, headline figure, stage and fiscal year.
{{ config(post_hook="{{ cn_as_of('measure_history') }}") }}
select
    bureau_key as 部门键,
    measure as 口径,
    stage as 预决算阶段,
    fiscal_year as 年度,
    value as 数值,
    unit as 计量单位,
    source as 数据来源,
    fact_id as 事实编号,
    report_key as 报告键,
    report_fiscal_year as 报告年度,
    own_value as 当年报告数,
    own_fact_id as 当年事实编号,
    own_report_key as 当年报告键,
    later_value as 后续报告数,
    later_fact_id as 后续事实编号,
    later_report_key as 后续报告键,
    is_restated as 是否重述,
    restated_difference as 重述差数,
    value_previous as 上年数,
    value_change as 比上年增减数,
    change_pct as 增减率,
    known_from as 知悉自
from {{ ref('measure_history') }}
