-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per file ever seen under the raw folder, by path and content.
select
    path as 文件路径,
    report_key as 报告键,
    file_name as 文件名,
    size_bytes as 文件字节数,
    format as 文件格式,
    members as 压缩包成员数,
    outcome as 结果,
    reason as 原因,
    first_seen_at as 首次看到时间,
    last_seen_at as 最近看到时间
from {{ ref('report_files') }}
