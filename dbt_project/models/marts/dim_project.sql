-- One row per project of a bureau, over all its years; named as in its latest form.
with named as (
    select project_key, bureau_key, project_name, form_kind, fiscal_year, fact_id
    from {{ ref('int_forms') }}
    where project_key is not null
),

latest as (
    select *
    from named
    qualify row_number() over (partition by project_key order by fiscal_year desc, fact_id) = 1
),

years as (
    select project_key, min(fiscal_year) as first_year, max(fiscal_year) as last_year
    from named
    group by project_key
),

final as (
    select
        latest.project_key, latest.bureau_key, latest.project_name,
        case when latest.form_kind = 'transfer_payment_self_evaluation' then 'transfer_payment' else 'project' end as project_kind,
        years.first_year, years.last_year
    from latest
    inner join years on latest.project_key = years.project_key
)

select {{ contract_columns() }}
from final
