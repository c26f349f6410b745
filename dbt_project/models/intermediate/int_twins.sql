{{ config(materialized="incremental", meta={"scope": "report"}) }}
-- Files that say what another file of the same publication says: one report in two formats, or saved twice. ``twin_of`` is the file whose
-- facts count. A file is a twin where nearly all that it names (9 figures of 10) is named there too; in the same format, or where one of them
-- calls itself a revision, every figure must be equal, since another version of a report is no copy of it.
with sizes as (
    select report_key, count(*) as facts
    from {{ ref('int_said') }}
    group by report_key
),

ranked as (
    select
        reports.publication_key, reports.report_key, reports.format, dates.published_on, dates.is_revision, sizes.facts,
        row_number() over (
            partition by reports.publication_key
            order by case when formats.is_recognised then 1 else 0 end, sizes.facts desc, coalesce(formats.preference, 99), reports.report_key
        ) as place
    from {{ ref('int_reports') }} as reports
    inner join {{ ref('int_report_dates') }} as dates on reports.report_key = dates.report_key
    inner join sizes on reports.report_key = sizes.report_key
    left join {{ ref('report_formats') }} as formats on reports.format = formats.format
),

-- ``report_key`` is held by ``other_key``: nothing it says is missing there.
held as (
    select one.report_key, other.report_key as other_key, one.place, other.place as other_place
    from {{ ref('int_alike') }} as alike
    inner join ranked as one on alike.report_key = one.report_key
    inner join ranked as other on alike.other_key = other.report_key
    where alike.named_in_both >= 0.9 * alike.facts
        and (alike.stated_in_both = alike.facts or (one.format <> other.format and one.is_revision = other.is_revision))
        and (one.published_on is null or other.published_on is null or one.published_on = other.published_on)
),

-- Of two that hold each other the better file counts.
weaker as (
    select held.report_key, held.other_key, held.other_place
    from held
    left join held as back on held.report_key = back.other_key and held.other_key = back.report_key
    where back.report_key is null or held.other_place < held.place
),

counting as (
    select weaker.*
    from weaker
    left join (select distinct report_key from weaker) as also on weaker.other_key = also.report_key
    where also.report_key is null
)

select report_key, other_key as twin_of
from counting
qualify row_number() over (partition by report_key order by other_place) = 1
