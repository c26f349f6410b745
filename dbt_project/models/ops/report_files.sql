-- Every file ever seen under the raw folder, and what became of it; an archive's members are files of their own below its path.
with reasons as (
    select report_key, min(reason) as reason
    from {{ ref('stg_set_aside') }}
    where scope = 'file'
    group by report_key
),

final as (
    select
        files.path, files.report_key, files.file_name, files.size_bytes,
        case when files.members is not null then 'zip' else reports.format end as format,
        files.members,
        case
            when files.outcome in ('gone', 'archive') then files.outcome
            else coalesce(reports.status, files.outcome)
        end as outcome,
        case when files.outcome = 'present' then reasons.reason end as reason,
        files.first_seen_at, files.last_seen_at
    from {{ ref('stg_files') }} as files
    left join {{ ref('stg_reports') }} as reports on files.report_key = reports.report_key
    left join reasons on files.report_key = reasons.report_key
)

select {{ contract_columns() }}
from final
