-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau: its newest report.
select
    bureau_key as 部门键,
    bureau_name as 部门名称,
    reports as 报告份数,
    first_year as 首个年度,
    last_year as 最后年度,
    newest_published_on as 最新公布日期
from {{ ref('freshness') }}
