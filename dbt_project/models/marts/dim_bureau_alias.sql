-- One row per bureau and name that reports use for it. Names meet by region and name without region.
with final as (
    select
        aliases.bureau_key,
        aliases.alias,
        sum(case when aliases.mentions >= 1000 then 0 else aliases.mentions end) as mentions,
        case when aliases.alias = bureaus.bureau_name then 'exact' else 'region_and_core' end as matched_by,
        case when aliases.alias = bureaus.bureau_name then 1.0 else 0.95 end as confidence
    from {{ ref('int_bureaus') }} as aliases
    inner join {{ ref('dim_bureau') }} as bureaus on aliases.bureau_key = bureaus.bureau_key
    group by aliases.bureau_key, aliases.alias, bureaus.bureau_name
)

select {{ contract_columns() }}
from final
