-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per project, name that reports use for it, and fiscal year.
select
    project_key as 项目键,
    bureau_key as 部门键,
    alias as 所用名称,
    fiscal_year as 年度,
    batch as 下达批次,
    matched_by as 匹配方法,
    confidence as 匹配把握,
    because as 匹配理由
from {{ ref('dim_project_alias') }}
