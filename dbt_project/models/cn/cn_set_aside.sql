-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per thing that was refused.
select
    report_key as 报告键,
    file_name as 文件名,
    scope as 范围,
    reason as 原因,
    source_ref as 出处,
    source_text as 原文
from {{ ref('set_aside') }}
