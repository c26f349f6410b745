-- Grain: one row per project, fiscal year and span of days in which the same was known of it and of its years before.
{{ config(post_hook="{{ as_of_macro(this, 'project_history') }}") }}
with states as (
    select * from {{ ref('int_project_states') }}
),

-- On each day on which anything about a project changed, all its years as they were known.
days as (
    {{ days_of_change('states', ['project_key']) }}
),

known as (
    select days.day, states.*, total_score >= 100 as is_full_score
    from days
    inner join states
        on days.project_key = states.project_key
        and {{ stood_on('states', 'days.day') }}
),

followed as (
    select
        *,
        lag(fiscal_year) over (partition by project_key, day order by fiscal_year) = fiscal_year - 1 as follows_a_year,
        lag(is_full_score) over (partition by project_key, day order by fiscal_year) as was_full_score,
        lag(total_score) over (partition by project_key, day order by fiscal_year) as score_before,
        lag(executed_yuan) over (partition by project_key, day order by fiscal_year) as executed_before,
        lag(coalesce(adjusted_budget_yuan, initial_budget_yuan)) over (partition by project_key, day order by fiscal_year) as budget_before,
        sum(executed_yuan) over (partition by project_key, day order by fiscal_year) as cumulative_executed_yuan,
        sum(coalesce(adjusted_budget_yuan, initial_budget_yuan)) over (partition by project_key, day order by fiscal_year) as cumulative_budget_yuan,
        sum(case when not is_full_score then 1 else 0 end) over (partition by project_key, day order by fiscal_year) as years_below
    from known
),

-- the first year of the row of full scores that a year stands in
streaks as (
    select
        *,
        max(case when is_full_score and not coalesce(follows_a_year and was_full_score, false) then fiscal_year end)
            over (partition by project_key, day order by fiscal_year) as full_score_since
    from followed
),

standing as (
    select
        project_key, fiscal_year, day, true as is_stated, bureau_key,
        initial_budget_yuan, adjusted_budget_yuan, executed_yuan, execution_rate_pct, execution_rate_pct_computed,
        total_score, indicators, indicators_attained, indicators_missed, cumulative_executed_yuan, cumulative_budget_yuan,
        case when follows_a_year then total_score - score_before end as score_change,
        case when follows_a_year then executed_yuan - executed_before end as executed_change_yuan,
        case when follows_a_year then {{ change_pct('executed_yuan', 'executed_before') }} end as executed_change_pct,
        case when follows_a_year then coalesce(adjusted_budget_yuan, initial_budget_yuan) - budget_before end as budget_change_yuan,
        case when follows_a_year then {{ change_pct('coalesce(adjusted_budget_yuan, initial_budget_yuan)', 'budget_before') }} end as budget_change_pct,
        case when indicators_attained + indicators_missed > 0
            then indicators_attained * 100.0 / (indicators_attained + indicators_missed) end as attainment_pct,
        case when is_full_score then fiscal_year - full_score_since + 1 when not is_full_score then 0 end as full_score_years,
        case when total_score is not null then years_below = 0 end as always_100
    from streaks
),

-- a year that was not known any more on a day ends there
ended as (
    select days.project_key, years.fiscal_year, days.day
    from days
    inner join (select distinct project_key, fiscal_year from states) as years on days.project_key = years.project_key
    left join standing
        on days.project_key = standing.project_key
        and years.fiscal_year = standing.fiscal_year
        and days.day = standing.day
    where standing.project_key is null
),

final as (
    select
        years.project_key, years.fiscal_year, years.day, coalesce(standing.is_stated, false) as is_stated, projects.bureau_key, projects.project_name,
        standing.initial_budget_yuan, standing.adjusted_budget_yuan, standing.executed_yuan,
        standing.execution_rate_pct, standing.execution_rate_pct_computed,
        standing.total_score, standing.score_change, standing.executed_change_yuan, standing.executed_change_pct,
        standing.budget_change_yuan, standing.budget_change_pct,
        standing.cumulative_executed_yuan, standing.cumulative_budget_yuan,
        standing.indicators, standing.indicators_attained, standing.indicators_missed, standing.attainment_pct,
        standing.full_score_years, standing.always_100
    from (
        select project_key, fiscal_year, day from standing
        union all
        select project_key, fiscal_year, day from ended
    ) as years
    inner join {{ ref('dim_project') }} as projects on years.project_key = projects.project_key
    left join standing
        on years.project_key = standing.project_key
        and years.fiscal_year = standing.fiscal_year
        and years.day = standing.day
)

{{ contract_versions('final', ['project_key', 'fiscal_year']) }}
