-- Grain: one row per pair of files of one publication, twins aside, of which ``later_key`` states most of what ``earlier_key`` names.
-- ``is_ordered``: is ``later_key`` known to be the later one? By the dates they bear, else by words of revision in one of them alone. Files that
-- complement each other (tables and prose) are no pair; of evaluations, of which a bureau has many a year, only those of one title are.
with standing as (
    select dates.*
    from {{ ref('int_report_dates') }} as dates
    left join {{ ref('int_twins') }} as twins on dates.report_key = twins.report_key
    where twins.report_key is null
),

covering as (
    select
        alike.publication_key, later.report_key as later_key, earlier.report_key as earlier_key,
        case
            when later.published_on <> earlier.published_on then later.published_on > earlier.published_on
            else later.is_revision and not earlier.is_revision
        end as is_ordered
    from {{ ref('int_alike') }} as alike
    inner join standing as earlier on alike.report_key = earlier.report_key
    inner join standing as later on alike.other_key = later.report_key
    where alike.named_in_both > 0.5 * alike.facts
        and (
            earlier.is_one_a_year
            or earlier.plain_title like '%' || later.plain_title || '%'
            or later.plain_title like '%' || earlier.plain_title || '%'
        )
)

select
    covering.*,
    -- neither can be told to be the later one
    not covering.is_ordered and not coalesce(back.is_ordered, false)
        and (one.published_on is null or other.published_on is null or one.published_on = other.published_on) as is_unordered
from covering
left join covering as back on covering.later_key = back.earlier_key and covering.earlier_key = back.later_key
inner join standing as one on covering.later_key = one.report_key
inner join standing as other on covering.earlier_key = other.report_key
