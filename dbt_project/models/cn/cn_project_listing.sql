-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per line outside of forms' heads by which a department lists a project: a task, a line of a table of projects, a heading or figure of its text.
select
    fact_id as 事实编号,
    report_key as 报告键,
    bureau_key as 部门键,
    project_key as 项目键,
    fiscal_year as 年度,
    listed_in as 列出之处,
    project_name as 项目名称,
    batch as 下达批次,
    matched_by as 匹配方法,
    confidence as 匹配把握,
    because as 匹配理由
from {{ ref('project_listing') }}
