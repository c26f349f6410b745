-- One row per published file. A department and its own unit of the same name (部门预算, 单位预算) are two bureaus.
select
    reports.*,
    matches.name_identity, matches.entity_identity, matches.matched_by, matches.confidence as match_confidence, matches.because as match_because,
    case
        when matches.entity_identity is not null
            then {{ stable_key(['matches.entity_identity', "coalesce(reports.bureau_kind, 'department')"]) }}
    end as bureau_key
from {{ staged('reports') }} as reports
left join {{ source('landing', 'bureau_matches') }} as matches
    on reports.report_key = matches.report_key
    and reports.bureau_identity = matches.bureau_identity
-- depends_on: {{ ref('int_scope_bureaus') }}: models that replace the rows of bureaus ask it which
