{{ config(materialized="table") }}
-- Grain: one row per understood report that is no twin: from which day on it was known, and the day on which a later edition of the same
-- publication took its place (null: it stands; 9999-12-31: it was replaced on a day that nothing tells).
with standing as (
    select dates.*
    from {{ ref('int_report_dates') }} as dates
    left join {{ ref('int_twins') }} as twins on dates.report_key = twins.report_key
    where twins.report_key is null
),

ordered as (
    select later_key, earlier_key
    from {{ ref('int_edition_pairs') }}
    where is_ordered
),

-- A usual day gives way to the printed ones of the editions before and after it.
bounds as (
    select
        standing.report_key,
        max(before.published_on) as not_before,
        min(after.published_on) as not_after,
        count(distinct earlier.earlier_key) as earlier_editions
    from standing
    left join ordered as earlier on standing.report_key = earlier.later_key
    left join standing as before on earlier.earlier_key = before.report_key
    left join ordered as later on standing.report_key = later.earlier_key
    left join standing as after on later.later_key = after.report_key
    group by standing.report_key
),

dated as (
    select
        standing.report_key, standing.publication_key, standing.known_basis,
        bounds.earlier_editions + 1 as edition_no,
        case
            when standing.published_on is not null then standing.published_on
            when standing.known_from is not null then least(greatest(standing.known_from, bounds.not_before), bounds.not_after)
        end as known_from
    from standing
    inner join bounds on standing.report_key = bounds.report_key
),

replaced as (
    select
        ordered.earlier_key as report_key, ordered.later_key as superseded_by,
        coalesce(later.known_from, make_date(9999, 12, 31)) as known_to
    from ordered
    inner join dated as later on ordered.later_key = later.report_key
    qualify row_number() over (partition by ordered.earlier_key order by later.known_from, later.edition_no, later.report_key) = 1
)

select
    dated.report_key, dated.publication_key, cast(dated.edition_no as integer) as edition_no,
    dated.known_from, dated.known_basis, replaced.known_to, replaced.superseded_by
from dated
left join replaced on dated.report_key = replaced.report_key
