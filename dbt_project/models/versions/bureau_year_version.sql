-- Grain: one row per bureau, fiscal year and span of days in which the same was known of it and of the year before. Figures of tables come before
-- figures of running text, newer reports before older; a total that only the year's own revenue or expenditure stands for (本年收入合计) is that.
{{ config(post_hook="{{ as_of_macro(this, 'bureau_year') }}") }}
with states as (
    select * from {{ ref('int_bureau_year_states') }}
),

days as (
    select keyed.*
    from (
        {{ days_of_change('states', ['bureau_key', 'fiscal_year']) }}
        union
        {{ days_of_change('states', ['bureau_key', 'fiscal_year'], 1) }}
    ) as keyed
    inner join (select distinct bureau_key, fiscal_year from states) as known
        on keyed.bureau_key = known.bureau_key
        and keyed.fiscal_year = known.fiscal_year
),

bureaus as (
    {{ bureau_in_year('states') }}
),

-- each day's state with columns as the mart has them
{%- for name, shift in [('now', 0), ('before', 1)] %}
{{ name }} as (
    select
        days.bureau_key, days.fiscal_year, days.day, states.bureau_key is not null as is_stated,
        coalesce(states.revenue_final, states.revenue_current_final) as revenue_yuan,
        coalesce(states.expenditure_final, states.expenditure_current_final) as expenditure_yuan,
        states.revenue_current_final as revenue_current_yuan,
        states.expenditure_current_final as expenditure_current_yuan,
        coalesce(states.revenue_budget, states.revenue_current_budget) as revenue_budget_yuan,
        coalesce(states.expenditure_budget, states.expenditure_current_budget) as budget_total_published_yuan,
        {%- for measure, column in carried_out().items() %}
        coalesce(states.{{ measure }}_final, states.{{ measure }}_budget) as {{ column }},
        states.{{ measure }}_final, states.{{ measure }}_budget,
        {%- endfor %}
        -- what a later report says beside the same of the year's own: of the total, else of the year's expenditure
        {%- for column, name in {'own_value': 'expenditure_own_yuan', 'later_value': 'expenditure_later_yuan', 'own_report_key': 'own_report_key', 'later_report_key': 'later_report_key'}.items() %}
        case
            when states.expenditure_later_value is not null and states.expenditure_own_value is not null then states.expenditure_{{ column }}
            when states.expenditure_current_later_value is not null then states.expenditure_current_{{ column }}
            when states.expenditure_final is not null then states.expenditure_{{ column }}
            else states.expenditure_current_{{ column }}
        end as {{ name }},
        {%- endfor %}
        states.restated_measures,
        case when states.compared_measures > 0 then states.restated_measures > 0 end as is_restated,
        states.projects, states.projects_full_score, states.forms, states.project_score_average, states.department_score,
        states.indicators, states.indicators_attained, states.indicators_missed,
        case when states.indicators_attained + states.indicators_missed > 0
            then states.indicators_attained * 100.0 / (states.indicators_attained + states.indicators_missed) end as attainment_pct,
        states.project_budget_yuan, states.project_executed_yuan,
        states.findings, states.reports
    from days
    left join states
        on days.bureau_key = states.bureau_key
        and days.fiscal_year = states.fiscal_year + {{ shift }}
        and {{ stood_on('states', 'days.day') }}
),
{%- endfor %}

final as (
    select
        now.*,
        bureaus.bureau_name,
        now.expenditure_later_yuan - now.expenditure_own_yuan as restated_difference_yuan,

        -- planned and carried out
        {{ share_pct('now.expenditure_yuan', 'now.budget_total_published_yuan') }} as budget_execution_pct,
        now.three_public_budget as three_public_budget_yuan,
        {{ share_pct('now.three_public_final', 'now.three_public_budget') }} as three_public_execution_pct,
        {{ share_pct('now.project_executed_yuan', 'now.project_budget_yuan') }} as project_execution_pct,

        -- the year before
        before.expenditure_yuan as expenditure_previous_yuan,
        now.expenditure_yuan - before.expenditure_yuan as expenditure_change_yuan,
        {{ change_pct('now.expenditure_yuan', 'before.expenditure_yuan') }} as expenditure_change_pct,
        now.revenue_yuan - before.revenue_yuan as revenue_change_yuan,
        {{ change_pct('now.revenue_yuan', 'before.revenue_yuan') }} as revenue_change_pct,
        now.budget_total_published_yuan - before.budget_total_published_yuan as budget_total_change_yuan,
        {{ change_pct('now.budget_total_published_yuan', 'before.budget_total_published_yuan') }} as budget_total_change_pct,
        {%- for measure in followed_figures() %}
        {%- set name = unitless(carried_out()[measure]) %}
        case when now.{{ measure }}_final is not null then now.{{ measure }}_final - before.{{ measure }}_final
            else now.{{ measure }}_budget - before.{{ measure }}_budget end as {{ name }}_change_yuan,
        case when now.{{ measure }}_final is not null then {{ change_pct('now.' ~ measure ~ '_final', 'before.' ~ measure ~ '_final') }}
            else {{ change_pct('now.' ~ measure ~ '_budget', 'before.' ~ measure ~ '_budget') }} end as {{ name }}_change_pct,
        {%- endfor %}
        {%- for measure in followed_counts() %}
        now.{{ measure }} - before.{{ measure }} as {{ measure }}_change,
        {%- endfor %}
        now.projects - before.projects as projects_change,
        now.indicators - before.indicators as indicators_change,
        now.attainment_pct - before.attainment_pct as attainment_change,
        now.project_score_average - before.project_score_average as project_score_average_change,
        now.department_score - before.department_score as department_score_change,
        now.findings - before.findings as findings_change,

        -- shares
        {{ share_pct('now.basic_final', 'coalesce(now.expenditure_current_yuan, now.expenditure_yuan)') }} as basic_share_pct,
        {{ share_pct('now.project_final', 'coalesce(now.expenditure_current_yuan, now.expenditure_yuan)') }} as project_share_pct,
        {{ share_pct('now.personnel_final', 'now.basic_final') }} as personnel_share_pct,
        {{ share_pct('now.three_public_final', 'coalesce(now.expenditure_current_yuan, now.expenditure_yuan)') }} as three_public_share_pct,
        {{ share_pct('now.procurement_final', 'coalesce(now.expenditure_current_yuan, now.expenditure_yuan)') }} as procurement_share_pct,

        -- for each person on duty
        {{ per_head('coalesce(now.expenditure_current_yuan, now.expenditure_yuan)', 'now.staff_on_duty') }} as expenditure_per_staff_yuan,
        {{ per_head('now.basic_final', 'now.staff_on_duty') }} as basic_per_staff_yuan,
        {{ per_head('now.personnel_final', 'now.staff_on_duty') }} as personnel_per_staff_yuan,
        {{ per_head('now.operating_final', 'now.staff_on_duty') }} as operating_per_staff_yuan,
        {{ per_head('now.three_public_final', 'now.staff_on_duty') }} as three_public_per_staff_yuan,

        -- for each insured person
        {{ per_head('now.fund_income_final', 'now.insured_persons') }} as fund_income_per_insured_yuan,
        {{ per_head('now.fund_spending_final', 'now.insured_persons') }} as fund_spending_per_insured_yuan,
        {{ per_head('coalesce(now.expenditure_current_yuan, now.expenditure_yuan)', 'now.insured_persons') }} as expenditure_per_insured_yuan,
        {{ per_head('now.operating_final', 'now.insured_persons') }} as operating_per_insured_yuan
    from now
    inner join before
        on now.bureau_key = before.bureau_key
        and now.fiscal_year = before.fiscal_year
        and now.day = before.day
    inner join bureaus
        on now.bureau_key = bureaus.bureau_key
        and now.fiscal_year = bureaus.fiscal_year
)

{{ contract_versions('final', ['bureau_key', 'fiscal_year']) }}
