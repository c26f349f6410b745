{{ config(materialized="table") }}
-- Grain: one row per project, fiscal year and span of days in which the same was known of it. Money is the total line of the project's form;
-- a project with several forms in a year takes the first. Other years are not looked at yet.
with forms as (
    select form_key, form_kind, project_key, bureau_key, fiscal_year, total_score, coalesce(known_from, {{ unknown_day() }}) as known_from, known_to
    from {{ ref('int_forms') }}
    where project_key is not null and form_kind <> 'task_list' and fiscal_year is not null
),

-- the first row of a form's funding is its total in every layout; by printed order within the form
fundings as (
    select fundings.*, forms.form_kind
    from {{ ref('fct_funding') }} as fundings
    inner join (
        select form_key, max(coalesce(adjusted_budget_yuan, initial_budget_yuan, executed_yuan)) as largest
        from {{ ref('fct_funding') }}
        group by form_key
    ) as heads
        on fundings.form_key = heads.form_key
        and coalesce(fundings.adjusted_budget_yuan, fundings.initial_budget_yuan, fundings.executed_yuan) = heads.largest
    inner join forms on fundings.form_key = forms.form_key
),

indicators as (
    select project_key, fiscal_year, attained, coalesce(known_from, {{ unknown_day() }}) as known_from, known_to
    from {{ ref('int_indicators') }}
    where project_key is not null and form_kind <> 'project_target'
),

days as (
    {{ days_of_change('forms', ['project_key', 'fiscal_year']) }}
),

of_forms as (
    select
        days.project_key, days.fiscal_year, days.day,
        min(forms.bureau_key) as bureau_key,
        max(case when forms.form_kind <> 'project_target' then forms.total_score end) as total_score
    from days
    inner join forms
        on days.project_key = forms.project_key
        and days.fiscal_year = forms.fiscal_year
        and {{ stood_on('forms', 'days.day') }}
    group by days.project_key, days.fiscal_year, days.day
),

-- an evaluation states what was spent; a target form, published with the budget, only what was planned
of_fundings as (
    select
        days.project_key, days.fiscal_year, days.day,
        fundings.initial_budget_yuan, fundings.adjusted_budget_yuan, fundings.executed_yuan,
        fundings.execution_rate_pct, fundings.execution_rate_pct_computed
    from days
    inner join fundings
        on days.project_key = fundings.project_key
        and days.fiscal_year = fundings.fiscal_year
        and coalesce(fundings.known_from, {{ unknown_day() }}) <= days.day
        and (fundings.known_to is null or fundings.known_to > days.day)
    qualify row_number() over (
        partition by days.project_key, days.fiscal_year, days.day
        order by
            case when fundings.form_kind = 'project_target' then 1 else 0 end,
            length(fundings.source_ref), fundings.source_ref, fundings.fact_id
    ) = 1
),

of_indicators as (
    select
        days.project_key, days.fiscal_year, days.day,
        count(*) as indicators,
        count(*) filter (where indicators.attained) as indicators_attained,
        count(*) filter (where not indicators.attained) as indicators_missed
    from days
    inner join indicators
        on days.project_key = indicators.project_key
        and days.fiscal_year = indicators.fiscal_year
        and {{ stood_on('indicators', 'days.day') }}
    group by days.project_key, days.fiscal_year, days.day
),

states as (
    select
        days.project_key, days.fiscal_year, days.day,
        of_forms.bureau_key is not null as is_stated,
        of_forms.bureau_key, of_forms.total_score,
        of_fundings.initial_budget_yuan, of_fundings.adjusted_budget_yuan, of_fundings.executed_yuan,
        of_fundings.execution_rate_pct, of_fundings.execution_rate_pct_computed,
        of_indicators.indicators, of_indicators.indicators_attained, of_indicators.indicators_missed
    from days
    {%- for part in ['of_forms', 'of_fundings', 'of_indicators'] %}
    left join {{ part }}
        on days.project_key = {{ part }}.project_key
        and days.fiscal_year = {{ part }}.fiscal_year
        and days.day = {{ part }}.day
    {%- endfor %}
)

{{ versions('states', ['project_key', 'fiscal_year'], {
    'bureau_key': none, 'total_score': none,
    'initial_budget_yuan': none, 'adjusted_budget_yuan': none, 'executed_yuan': none, 'execution_rate_pct': none, 'execution_rate_pct_computed': none,
    'indicators': none, 'indicators_attained': none, 'indicators_missed': none,
}) }}
