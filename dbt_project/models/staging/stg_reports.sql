-- One row per published file. A department and its own unit of the same name (部门预算, 单位预算) are two bureaus.
select
    *,
    case
        when bureau_identity is not null
            then {{ stable_key(['bureau_identity', "coalesce(bureau_kind, 'department')"]) }}
    end as bureau_key
from {{ source('staged', 'reports') }}
