-- One row per project, name that reports use for it, and fiscal year; of several ways a name was matched the surest.
with named as (
    select
        project_key, bureau_key, project_name as alias, fiscal_year, batch,
        project_matched_by as matched_by, project_confidence as confidence, project_because as because
    from {{ ref('int_forms') }}
    where project_key is not null
    union all
    select project_key, bureau_key, project_name, fiscal_year, batch, matched_by, confidence, because
    from {{ ref('int_listings') }}
),

final as (
    select *
    from named
    qualify row_number() over (
        partition by project_key, alias, fiscal_year
        order by confidence desc, matched_by, coalesce(because, ''), coalesce(batch, '')
    ) = 1
)

select {{ contract_columns() }}
from final
