-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, fiscal year, measure and group of peers.
{{ config(post_hook="{{ cn_as_of('bureau_comparison') }}") }}
select
    bureau_key as 部门键,
    bureau_name as 部门名称,
    fiscal_year as 年度,
    measure as 口径,
    peer_group as 同类范围,
    peers_of as 同类属性,
    value as 数值,
    unit as 计量单位,
    peers as 同类个数,
    rank as 名次,
    percentile as 百分位,
    median as 中位数,
    difference_to_median as 与中位数差
from {{ ref('bureau_comparison') }}
