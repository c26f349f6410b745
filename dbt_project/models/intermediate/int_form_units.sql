-- Budget units that forms are about, other than the publisher, under the publisher of the report; how many forms say so.
with units as (
    select
        evaluations.report_key,
        evaluations.unit_entity,
        reports.bureau_key as parent_bureau_key,
        reports.fiscal_year,
        reports.entity_identity as parent_entity
    from {{ counted('evaluations') }} as evaluations
    inner join {{ ref('int_reports') }} as reports on evaluations.report_key = reports.report_key
    where evaluations.unit_entity is not null
        and evaluations.unit_entity <> reports.entity_identity
)

select
    report_key, unit_entity,
    {{ stable_key(['unit_entity', "'unit'"]) }} as unit_bureau_key,
    parent_bureau_key, fiscal_year,
    count(*) as forms
from units
-- a unit of this bureau lies in the bureau's own region; 各市医疗保障局, the bureau of the province above and the like are none
where substr(unit_entity, 1, 1) <> '|'
    and substr(parent_entity, 1, 1) <> '|'
    and substr(unit_entity, 1, case when substr(parent_entity, 3, 4) = '0000' then 2 when substr(parent_entity, 5, 2) = '00' then 4 else 6 end)
        = substr(parent_entity, 1, case when substr(parent_entity, 3, 4) = '0000' then 2 when substr(parent_entity, 5, 2) = '00' then 4 else 6 end)
group by report_key, unit_entity, parent_bureau_key, fiscal_year
