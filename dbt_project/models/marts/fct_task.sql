with final as (
    select facts.*, forms.bureau_key
    from {{ counted('tasks') }} as facts
    inner join {{ ref('int_forms') }} as forms on facts.form_key = forms.form_key
)

select {{ contract_columns() }}
from final
