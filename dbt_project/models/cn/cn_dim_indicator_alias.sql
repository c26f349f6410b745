-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per comparable indicator and wording that reports use.
select
    indicator_key as 指标键,
    alias as 所用名称,
    matched_by as 匹配方法,
    confidence as 匹配把握,
    because as 匹配理由
from {{ ref('dim_indicator_alias') }}
