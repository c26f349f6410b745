-- One row per published file, those set aside too.
with files as (
    select report_key, min(first_seen_at) as fetched_at
    from {{ ref('stg_files') }}
    group by report_key
),

final as (
    select
        reports.report_key,
        case when reports.status <> 'set_aside' and reports.bureau_key is not null
            then {{ stable_key(['reports.bureau_key', 'reports.fiscal_year', 'reports.report_kind']) }} end as publication_key,
        reports.file_name, reports.format, reports.title, reports.report_kind,
        case when reports.status <> 'set_aside' then reports.bureau_key end as publisher_bureau_key,
        reports.bureau_name, reports.fiscal_year, reports.money_unit, reports.pages, reports.ocr_pages, reports.published_on,
        files.fetched_at,
        cast(null as string) as source_url,
        reports.reader_version, reports.status, twins.twin_of
    from {{ ref('stg_reports') }} as reports
    left join {{ ref('int_twins') }} as twins on reports.report_key = twins.report_key
    left join files on reports.report_key = files.report_key
)

select {{ contract_columns() }}
from final
