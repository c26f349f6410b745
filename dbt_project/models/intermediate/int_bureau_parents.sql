-- The parent of a unit: the department whose report holds its form, or the department of the same name.
with by_form as (
    select unit_bureau_key as bureau_key, min(parent_bureau_key) as parent_bureau_key
    from {{ ref('int_form_units') }}
    group by unit_bureau_key
),

by_name as (
    select
        {{ stable_key(['entity_identity', "'unit'"]) }} as bureau_key,
        min({{ stable_key(['entity_identity', "'department'"]) }}) as parent_bureau_key
    from {{ ref('int_reports') }}
    where coalesce(bureau_kind, 'department') = 'department'
    group by entity_identity
)

select
    coalesce(by_name.bureau_key, by_form.bureau_key) as bureau_key,
    coalesce(by_name.parent_bureau_key, by_form.parent_bureau_key) as parent_bureau_key
from by_form
full outer join by_name on by_form.bureau_key = by_name.bureau_key
