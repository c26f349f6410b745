-- Grain: one row per bureau, comparable indicator, fiscal year and span of days in which the same was known of it and of the year before.
{{ config(post_hook="{{ as_of_macro(this, 'indicator_history') }}") }}
with states as (
    select * from {{ ref('int_indicator_states') }}
),

days as (
    select keyed.*
    from (
        {{ days_of_change('states', ['bureau_key', 'indicator_key', 'fiscal_year']) }}
        union
        {{ days_of_change('states', ['bureau_key', 'indicator_key', 'fiscal_year'], 1) }}
    ) as keyed
    inner join (select distinct bureau_key, indicator_key, fiscal_year from states) as known
        on keyed.bureau_key = known.bureau_key
        and keyed.indicator_key = known.indicator_key
        and keyed.fiscal_year = known.fiscal_year
),

final as (
    select
        days.bureau_key, days.indicator_key, days.fiscal_year, days.day,
        now.occurrences is not null as is_stated,
        now.indicator_name, now.target_value, now.actual_value, now.direction, now.band,
        -- 100 and more: reached; the other way round where less is better. None of zero: 0 件 of at most 0 件 has no ratio.
        case
            when now.target_value <= 0 or now.actual_value < 0 then null
            when now.direction in ('at_least', 'equal') then {{ share_pct('now.actual_value', 'now.target_value') }}
            when now.direction = 'at_most' then {{ share_pct('now.target_value', 'now.actual_value') }}
        end as target_attainment_pct,
        case
            when now.indicators_missed > 0 then false
            when now.indicators_attained = now.occurrences then true
        end as attained,
        before.target_value as target_previous,
        now.target_value - before.target_value as target_change,
        before.actual_value as actual_previous,
        now.actual_value - before.actual_value as actual_change,
        {{ change_pct('now.actual_value', 'before.actual_value') }} as actual_change_pct,
        now.indicators_attained, now.indicators_missed, now.occurrences
    from days
    left join states as now
        on days.bureau_key = now.bureau_key
        and days.indicator_key = now.indicator_key
        and days.fiscal_year = now.fiscal_year
        and {{ stood_on('now', 'days.day') }}
    left join states as before
        on days.bureau_key = before.bureau_key
        and days.indicator_key = before.indicator_key
        and days.fiscal_year = before.fiscal_year + 1
        and {{ stood_on('before', 'days.day') }}
)

{{ contract_versions('final', ['bureau_key', 'indicator_key', 'fiscal_year']) }}
