{{ config(materialized="table") }}
-- Grain: one row per bureau, fiscal year, measure, stage and span of days in which the same was known of it: the figure that counted, what the
-- reports of the year itself said, and what reports of later years say about it.
with facts as (
    select *
    from {{ ref('int_measures') }}
    qualify row_number() over (partition by bureau_key, fiscal_year, measure, stage, report_key order by choice_rank) = 1
),

days as (
    {{ days_of_change('facts', ['bureau_key', 'fiscal_year', 'measure', 'stage']) }}
),

standing as (
    select
        days.bureau_key, days.fiscal_year, days.measure, days.stage, days.day,
        facts.value, facts.half_digit, facts.source, facts.fact_id, facts.report_key, facts.report_fiscal_year,
        case
            when facts.report_fiscal_year = facts.fiscal_year then 'own'
            when facts.report_fiscal_year > facts.fiscal_year then 'later'
        end as said_by,
        facts.choice_rank
    from days
    left join facts
        on days.bureau_key = facts.bureau_key
        and days.fiscal_year = facts.fiscal_year
        and days.measure = facts.measure
        and days.stage = facts.stage
        and {{ stood_on('facts', 'days.day') }}
),

placed as (
    select
        *,
        row_number() over (partition by bureau_key, fiscal_year, measure, stage, day order by choice_rank) as place,
        row_number() over (partition by bureau_key, fiscal_year, measure, stage, day, said_by order by choice_rank) as place_among
    from standing
),

states as (
    select
        bureau_key, fiscal_year, measure, stage, day,
        count(fact_id) > 0 as is_stated,
        max(case when place = 1 then value end) as value,
        max(case when place = 1 then source end) as source,
        max(case when place = 1 then fact_id end) as fact_id,
        max(case when place = 1 then report_key end) as report_key,
        max(case when place = 1 then report_fiscal_year end) as report_fiscal_year,
        {%- for who in ['own', 'later'] %}
        max(case when said_by = '{{ who }}' and place_among = 1 then value end) as {{ who }}_value,
        max(case when said_by = '{{ who }}' and place_among = 1 then fact_id end) as {{ who }}_fact_id,
        max(case when said_by = '{{ who }}' and place_among = 1 then report_key end) as {{ who }}_report_key,
        {%- endfor %}
        max(case when said_by is not null and place_among = 1 then half_digit end) as half_digit
    from placed
    group by bureau_key, fiscal_year, measure, stage, day
),

compared as (
    select
        states.*,
        case when states.own_value is not null and states.later_value is not null
            then abs(states.later_value - states.own_value)
                > greatest(states.half_digit, cast(case when measures.unit = '元' then 50 else 0 end as decimal(24, 4)))
        end as is_restated
    from states
    inner join {{ ref('measures') }} as measures on states.measure = measures.measure
)

{{ versions('compared', ['bureau_key', 'fiscal_year', 'measure', 'stage'], {
    'value': none, 'source': none, 'fact_id': none, 'report_key': none, 'report_fiscal_year': none,
    'own_value': none, 'own_fact_id': none, 'own_report_key': none,
    'later_value': none, 'later_fact_id': none, 'later_report_key': none,
    'is_restated': none,
}) }}
