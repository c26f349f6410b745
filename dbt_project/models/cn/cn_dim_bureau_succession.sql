-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per change of one bureau into another, and kind of bureau.
select
    from_bureau_key as 原部门键,
    from_name as 原名称,
    to_bureau_key as 现部门键,
    to_name as 现名称,
    bureau_kind as 部门类型,
    succession_kind as 变更方式,
    changed_year as 变更年度,
    told_by as 变更依据,
    confidence as 匹配把握,
    report_key as 报告键,
    source_ref as 出处,
    source_text as 原文
from {{ ref('dim_bureau_succession') }}
