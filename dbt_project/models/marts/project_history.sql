-- Grain: one row per project and fiscal year. Money is the total line of the project's form; a project with several forms in a year takes the first.
with first_funding as (
    -- the first row of a form's funding is its total in every layout; by printed order within the form
    select fundings.*
    from {{ ref('fct_funding') }} as fundings
    inner join (
        select form_key, max(coalesce(adjusted_budget_yuan, initial_budget_yuan, executed_yuan)) as largest
        from {{ ref('fct_funding') }}
        group by form_key
    ) as heads
        on fundings.form_key = heads.form_key
        and coalesce(fundings.adjusted_budget_yuan, fundings.initial_budget_yuan, fundings.executed_yuan) = heads.largest
    inner join {{ ref('int_forms') }} as forms on fundings.form_key = forms.form_key
    where fundings.project_key is not null
    -- an evaluation states what was spent; a target form, published with the budget, only what was planned
    qualify row_number() over (
        partition by fundings.project_key, fundings.fiscal_year
        order by
            case when forms.form_kind = 'project_target' then 1 else 0 end,
            length(fundings.source_ref), fundings.source_ref, fundings.fact_id
    ) = 1
),

scores as (
    select project_key, bureau_key, fiscal_year, max(total_score) as total_score
    from {{ ref('int_forms') }}
    where project_key is not null and form_kind not in ('project_target', 'task_list')
    group by project_key, bureau_key, fiscal_year
),

indicators as (
    select
        project_key, fiscal_year,
        count(*) as indicators,
        count(*) filter (where attained) as indicators_attained,
        count(*) filter (where not attained) as indicators_missed
    from {{ ref('int_indicators') }}
    where project_key is not null and form_kind <> 'project_target'
    group by project_key, fiscal_year
),

joined as (
    select
        scores.project_key, scores.bureau_key, projects.project_name, scores.fiscal_year, scores.total_score,
        first_funding.initial_budget_yuan, first_funding.adjusted_budget_yuan, first_funding.executed_yuan,
        first_funding.execution_rate_pct, first_funding.execution_rate_pct_computed,
        indicators.indicators, indicators.indicators_attained, indicators.indicators_missed
    from scores
    inner join {{ ref('dim_project') }} as projects on scores.project_key = projects.project_key
    left join first_funding on scores.project_key = first_funding.project_key and scores.fiscal_year = first_funding.fiscal_year
    left join indicators on scores.project_key = indicators.project_key and scores.fiscal_year = indicators.fiscal_year
    where scores.fiscal_year is not null
),

final as (
    select
        joined.*,
        joined.total_score - before.total_score as score_change,
        case when before.executed_yuan <> 0
            then cast(joined.executed_yuan - before.executed_yuan as double) * 100 / cast(before.executed_yuan as double) end as executed_change_pct,
        sum(joined.executed_yuan) over (partition by joined.project_key order by joined.fiscal_year) as cumulative_executed_yuan
    from joined
    left join joined as before
        on joined.project_key = before.project_key
        and joined.fiscal_year = before.fiscal_year + 1
)

select {{ contract_columns() }}
from final
