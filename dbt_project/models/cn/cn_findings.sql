-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per thing that a rule found.
select
    finding_id as 发现编号,
    rule_id as 规则编号,
    severity as 严重程度,
    report_key as 报告键,
    bureau_key as 部门键,
    fiscal_year as 年度,
    message as 说明,
    printed as 印出内容,
    expected as 应为内容,
    difference as 差额,
    fact_ids as 相关事实编号,
    source_refs as 相关出处
from {{ ref('findings') }}
