-- The parent of a unit in a year: the department of the same name, else the department in whose reports most of its forms stand.
with by_form as (
    select unit_bureau_key as bureau_key, fiscal_year, parent_bureau_key, sum(forms) as forms
    from {{ ref('int_form_units') }}
    group by unit_bureau_key, fiscal_year, parent_bureau_key
    qualify row_number() over (partition by unit_bureau_key, fiscal_year order by sum(forms) desc, parent_bureau_key) = 1
),

departments as (
    select distinct entity_identity, bureau_key
    from {{ ref('int_bureaus') }}
    where bureau_kind = 'department'
),

by_name as (
    select distinct units.bureau_key, units.fiscal_year, departments.bureau_key as parent_bureau_key
    from {{ ref('int_bureaus') }} as units
    inner join departments on units.entity_identity = departments.entity_identity
    where units.bureau_kind = 'unit'
)

select bureau_key, fiscal_year, parent_bureau_key
from by_name
union all
select by_form.bureau_key, by_form.fiscal_year, by_form.parent_bureau_key
from by_form
where by_form.bureau_key not in (select bureau_key from by_name)
    and by_form.bureau_key <> by_form.parent_bureau_key
