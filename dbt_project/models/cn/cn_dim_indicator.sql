-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per comparable indicator.
select
    indicator_key as 指标键,
    level1 as 一级指标,
    level2 as 二级指标,
    indicator_name as 指标名称,
    unit as 计量单位,
    direction as 方向,
    concept_name as 统一用词,
    unit_kind as 单位类别,
    printed_level1 as 原一级指标,
    printed_level2 as 原二级指标
from {{ ref('dim_indicator') }}
