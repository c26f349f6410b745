-- The computed rate stands beside the reported one; the budget after adjustment is its base, else the initial budget.
with final as (
    select
        facts.*,
        forms.bureau_key,
        forms.project_key,
        case
            when coalesce(nullif(facts.adjusted_budget_yuan, 0), nullif(facts.initial_budget_yuan, 0)) is not null
                then cast(facts.executed_yuan as double) * 100
                    / cast(coalesce(nullif(facts.adjusted_budget_yuan, 0), nullif(facts.initial_budget_yuan, 0)) as double)
        end as execution_rate_pct_computed
    from {{ counted('fundings') }} as facts
    inner join {{ ref('int_forms') }} as forms on facts.form_key = forms.form_key
)

select {{ contract_columns() }}
from final
