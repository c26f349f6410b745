-- One row per project, name that reports use for it, and fiscal year.
with final as (
    select
        forms.project_key,
        forms.bureau_key,
        forms.project_name as alias,
        forms.fiscal_year,
        case when min(forms.project_name) = min(projects.project_name) then 'exact' else 'normalised' end as matched_by,
        case when min(forms.project_name) = min(projects.project_name) then 1.0 else 0.9 end as confidence
    from {{ ref('int_forms') }} as forms
    inner join {{ ref('dim_project') }} as projects on forms.project_key = projects.project_key
    group by forms.project_key, forms.bureau_key, forms.project_name, forms.fiscal_year
)

select {{ contract_columns() }}
from final
