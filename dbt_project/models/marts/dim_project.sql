-- One row per project of a bureau, over all its years; named as in its latest form, or in the latest line that lists it where it has none.
with named as (
    select project_key, bureau_key, project_name, form_kind, fiscal_year, fact_id, true as is_form
    from {{ ref('int_forms') }}
    where project_key is not null
    union all
    select project_key, bureau_key, project_name, null, fiscal_year, fact_id, false
    from {{ ref('int_listings') }}
),

latest as (
    select *
    from named
    qualify row_number() over (
        partition by project_key
        order by case when is_form then 0 else 1 end, coalesce(fiscal_year, 0) desc, fact_id, project_name
    ) = 1
),

seen as (
    select
        project_key,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year,
        count(*) filter (where is_form) > 0 as has_form,
        count(*) filter (where not is_form) > 0 as is_listed
    from named
    group by project_key
),

final as (
    select
        latest.project_key, latest.bureau_key, latest.project_name,
        case when latest.form_kind = 'transfer_payment_self_evaluation' then 'transfer_payment' else 'project' end as project_kind,
        seen.first_year, seen.last_year, seen.has_form, seen.is_listed
    from latest
    inner join seen on latest.project_key = seen.project_key
)

select {{ contract_columns() }}
from final
