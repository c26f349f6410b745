-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, fiscal year, measure, stage and fact that states it.
select
    bureau_key as 部门键,
    fiscal_year as 年度,
    measure as 口径,
    stage as 预决算阶段,
    fact_id as 事实编号,
    source as 数据来源,
    value as 数值,
    unit as 计量单位,
    report_key as 报告键,
    report_fiscal_year as 报告年度,
    known_from as 知悉自,
    known_to as 知悉至,
    choice_rank as 采用次序,
    is_chosen as 是否采用,
    agrees as 表文一致,
    other_fact_id as 对照事实编号
from {{ ref('bureau_measure') }}
