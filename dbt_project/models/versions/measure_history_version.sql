-- Grain: one row per bureau, headline figure, stage, fiscal year and span of days in which the same was known of it and of the year before.
{{ config(post_hook="{{ as_of_macro(this, 'measure_history') }}") }}
with states as (
    select * from {{ ref('int_measure_states') }}
),

days as (
    select keyed.*
    from (
        {{ days_of_change('states', ['bureau_key', 'fiscal_year', 'measure', 'stage']) }}
        union
        {{ days_of_change('states', ['bureau_key', 'fiscal_year', 'measure', 'stage'], 1) }}
    ) as keyed
    inner join (select distinct bureau_key, fiscal_year, measure, stage from states) as known
        on keyed.bureau_key = known.bureau_key
        and keyed.fiscal_year = known.fiscal_year
        and keyed.measure = known.measure
        and keyed.stage = known.stage
),

final as (
    select
        days.bureau_key, days.fiscal_year, days.measure, days.stage, days.day,
        now.value is not null as is_stated,
        now.value, measures.unit, now.source, now.fact_id, now.report_key, now.report_fiscal_year,
        now.own_value, now.own_fact_id, now.own_report_key,
        now.later_value, now.later_fact_id, now.later_report_key,
        now.is_restated,
        case when now.is_restated then now.later_value - now.own_value end as restated_difference,
        before.value as value_previous,
        now.value - before.value as value_change,
        {{ change_pct('now.value', 'before.value') }} as change_pct
    from days
    inner join {{ ref('measures') }} as measures on days.measure = measures.measure
    left join states as now
        on days.bureau_key = now.bureau_key
        and days.fiscal_year = now.fiscal_year
        and days.measure = now.measure
        and days.stage = now.stage
        and {{ stood_on('now', 'days.day') }}
    left join states as before
        on days.bureau_key = before.bureau_key
        and days.fiscal_year = before.fiscal_year + 1
        and days.measure = before.measure
        and days.stage = before.stage
        and {{ stood_on('before', 'days.day') }}
)

{{ contract_versions('final', ['bureau_key', 'fiscal_year', 'measure', 'stage']) }}
