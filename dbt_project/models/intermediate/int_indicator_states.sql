{{ config(materialized="table") }}
-- Grain: one row per bureau, comparable indicator, fiscal year and span of days in which the same was known of it. Target, result, direction and
-- band are shown where all rows of the year agree. The year before is not looked at yet.
with indicators as (
    select
        bureau_key, indicator_key, fiscal_year, level3, target_value, actual_value, attained, band, fact_id,
        case
            when operator in ('≥', '>') then 'at_least'
            when operator in ('≤', '<') then 'at_most'
            when operator = '=' then 'equal'
            when target_value is null then 'qualitative'
        end as direction,
        coalesce(known_from, {{ unknown_day() }}) as known_from, known_to
    from {{ ref('int_indicators') }}
    where form_kind <> 'project_target' and fiscal_year is not null
),

days as (
    {{ days_of_change('indicators', ['bureau_key', 'indicator_key', 'fiscal_year']) }}
),

states as (
    select
        days.bureau_key, days.indicator_key, days.fiscal_year, days.day,
        count(indicators.fact_id) > 0 as is_stated,
        min(indicators.level3) as indicator_name,
        case when count(distinct indicators.target_value) = 1 then max(indicators.target_value) end as target_value,
        case when count(distinct indicators.actual_value) = 1 then max(indicators.actual_value) end as actual_value,
        case when count(distinct indicators.direction) = 1 and count(indicators.direction) = count(*) then max(indicators.direction) end as direction,
        case when count(distinct indicators.band) = 1 and count(indicators.band) = count(*) then max(indicators.band) end as band,
        count(*) filter (where indicators.attained) as indicators_attained,
        count(*) filter (where not indicators.attained) as indicators_missed,
        count(indicators.fact_id) as occurrences
    from days
    left join indicators
        on days.bureau_key = indicators.bureau_key
        and days.indicator_key = indicators.indicator_key
        and days.fiscal_year = indicators.fiscal_year
        and {{ stood_on('indicators', 'days.day') }}
    group by days.bureau_key, days.indicator_key, days.fiscal_year, days.day
)

{{ versions('states', ['bureau_key', 'indicator_key', 'fiscal_year'], {
    'indicator_name': none, 'target_value': none, 'actual_value': none, 'direction': none, 'band': none,
    'indicators_attained': none, 'indicators_missed': none, 'occurrences': none,
}) }}
