-- One row per task row of a department form or task list, with the project that it lists, where it is one.
with final as (
    select facts.*, forms.bureau_key, listings.project_key
    from {{ counted('tasks') }} as facts
    inner join {{ ref('int_forms') }} as forms on facts.form_key = forms.form_key
    left join {{ ref('int_listings') }} as listings on facts.fact_id = listings.fact_id and listings.listed_in = 'task'
)

select {{ contract_columns() }}
from final
