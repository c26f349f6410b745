-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau or budget unit, and span of years in which its attributes held.
select
    bureau_key as 部门键,
    bureau_name as 部门名称,
    bureau_kind as 部门类型,
    parent_bureau_key as 上级部门键,
    budget_code as 预算编码,
    region_code as 区划代码,
    province as 省级名称,
    prefecture as 地级名称,
    county as 县级名称,
    admin_level as 行政级别,
    sector as 部门类别,
    valid_from_year as 起始年度,
    valid_to_year as 截止年度,
    is_current as 是否最新
from {{ ref('dim_bureau') }}
