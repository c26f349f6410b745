-- Every file ever seen under the raw folder, and what became of it.
with reasons as (
    select report_key, min(reason) as reason
    from {{ ref('stg_set_aside') }}
    where scope = 'file'
    group by report_key
),

final as (
    select
        files.path, files.report_key, files.file_name, files.size_bytes,
        reports.format,
        case
            when files.outcome = 'gone' then 'gone'
            else coalesce(reports.status, files.outcome)
        end as outcome,
        case when files.outcome <> 'gone' then reasons.reason end as reason,
        files.first_seen_at, files.last_seen_at
    from {{ ref('stg_files') }} as files
    left join {{ ref('stg_reports') }} as reports on files.report_key = reports.report_key
    left join reasons on files.report_key = reasons.report_key
)

select {{ contract_columns() }}
from final
