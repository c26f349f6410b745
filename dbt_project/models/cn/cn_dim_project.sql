-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per project of a bureau, over all its years.
select
    project_key as 项目键,
    bureau_key as 部门键,
    project_name as 项目名称,
    project_kind as 项目类别,
    first_year as 首个年度,
    last_year as 最后年度,
    has_form as 是否有表单,
    is_listed as 是否被列出
from {{ ref('dim_project') }}
