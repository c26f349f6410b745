{{ config(materialized="table") }}
-- Grain: one row per ordered pair of files of one publication that name a figure both: how much of what ``report_key`` says is named in
-- ``other_key`` too, and how much of it is stated alike.
with sizes as (
    select report_key, count(*) as facts
    from {{ ref('int_said') }}
    group by report_key
),

named as (
    select publication_key, report_key, said, count(*) as times
    from {{ ref('int_said') }}
    group by publication_key, report_key, said
),

alike as (
    select one.publication_key, one.report_key, other.report_key as other_key, sum(least(one.times, other.times)) as named_in_both
    from named as one
    inner join named as other
        on one.publication_key = other.publication_key
        and one.said = other.said
        and one.report_key <> other.report_key
    group by one.publication_key, one.report_key, other.report_key
),

equal as (
    select one.report_key, other.report_key as other_key, count(*) as stated_in_both
    from {{ ref('int_said') }} as one
    inner join {{ ref('int_said') }} as other
        on one.publication_key = other.publication_key
        and one.said = other.said
        and one.stated = other.stated
        and one.n = other.n
        and one.report_key <> other.report_key
    group by one.report_key, other.report_key
)

select
    alike.publication_key, alike.report_key, alike.other_key,
    sizes.facts, alike.named_in_both, coalesce(equal.stated_in_both, 0) as stated_in_both
from alike
inner join sizes on alike.report_key = sizes.report_key
left join equal on alike.report_key = equal.report_key and alike.other_key = equal.other_key
