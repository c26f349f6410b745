-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau and name that reports use for it.
select
    bureau_key as 部门键,
    alias as 所用名称,
    mentions as 出现权重,
    matched_by as 匹配方法,
    confidence as 匹配把握,
    because as 匹配理由
from {{ ref('dim_bureau_alias') }}
