-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per run that published.
select
    run_id as 运行编号,
    started_at as 开始时间,
    finished_at as 结束时间,
    files_seen as 发现文件数,
    files_read as 读取文件数,
    files_gone as 消失文件数,
    files_set_aside as 整体搁置数,
    outcome as 结果
from {{ ref('runs') }}
