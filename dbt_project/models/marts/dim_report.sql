-- One row per published file, those set aside too. A twin is known from the day of its own date; it has no edition of its own.
with final as (
    select
        reports.report_key,
        case when reports.status <> 'set_aside' and reports.bureau_key is not null
            then {{ stable_key(['reports.bureau_key', 'reports.fiscal_year', 'reports.report_kind']) }} end as publication_key,
        reports.file_name, reports.format, reports.title, reports.report_kind,
        case when reports.status <> 'set_aside' then reports.bureau_key end as publisher_bureau_key,
        reports.bureau_name, reports.fiscal_year, reports.money_unit, reports.pages, reports.ocr_pages, reports.published_on,
        -- a list of sources may say so one day; the time of a run never does
        cast(null as timestamp) as fetched_at,
        cast(null as string) as source_url,
        reports.reader_version, reports.status, twins.twin_of,
        coalesce(editions.known_from, dates.known_from) as known_from,
        editions.known_to,
        coalesce(editions.known_basis, dates.known_basis) as known_basis,
        editions.edition_no, editions.superseded_by
    from {{ ref('stg_reports') }} as reports
    left join {{ ref('int_twins') }} as twins on reports.report_key = twins.report_key
    left join {{ ref('int_report_dates') }} as dates on reports.report_key = dates.report_key
    left join {{ ref('int_editions') }} as editions on reports.report_key = editions.report_key
)

select {{ contract_columns() }}
from final
