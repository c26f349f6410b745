-- Grain: one row per understood report: the day it became known, as printed or else as is usual for its kind (seed publication_days),
-- and whether its title or file name says that it revises another (seed edition_words). Never the day of a run: the same files give the same rows.
with revisions as (
    select distinct reports.report_key
    from {{ ref('int_reports') }} as reports
    inner join {{ ref('edition_words') }} as words
        on {{ plain_wording("coalesce(reports.title, '') || ' ' || reports.file_name") }} like '%' || words.wording || '%'
)

select
    reports.report_key, reports.publication_key, reports.published_on,
    {{ plain_wording('reports.title') }} as plain_title,
    coalesce(days.is_one_a_year, false) as is_one_a_year,
    coalesce(
        reports.published_on,
        make_date(reports.fiscal_year + days.years_after, days.month, days.day)
    ) as known_from,
    case
        when reports.published_on is not null then 'printed'
        when reports.fiscal_year is not null and days.report_kind is not null then 'usual'
    end as known_basis,
    revisions.report_key is not null as is_revision
from {{ ref('int_reports') }} as reports
left join {{ ref('publication_days') }} as days on reports.report_kind like days.report_kind
left join revisions on reports.report_key = revisions.report_key
