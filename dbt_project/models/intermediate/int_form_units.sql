-- Budget units that forms are about, other than the publisher, under the publisher of the report.
select distinct
    evaluations.report_key,
    evaluations.unit_entity,
    {{ stable_key(['evaluations.unit_entity', "'unit'"]) }} as unit_bureau_key,
    reports.bureau_key as parent_bureau_key
from {{ counted('evaluations') }} as evaluations
inner join {{ ref('int_reports') }} as reports on evaluations.report_key = reports.report_key
where evaluations.unit_entity is not null
    and evaluations.unit_entity <> reports.entity_identity
    -- a unit of this bureau lies in the bureau's own region; 各市医疗保障局 and the like are none
    and substr(evaluations.unit_entity, 1, 1) <> '|'
