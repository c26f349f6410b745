-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per line of the file of matches.
select
    file_line as 文件行号,
    match_kind as 匹配种类,
    bureau_named as 所写部门,
    left_name as 名称一,
    right_name as 名称二,
    verdict as 判定,
    reason as 原因,
    decided_by as 判定人,
    decided_on as 判定日期,
    state as 更正状态,
    message as 说明
from {{ ref('match_overrides') }}
