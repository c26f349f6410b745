-- One row per comparable indicator and wording that reports use; how the wording came to mean it.
with final as (
    select
        matches.indicator_key,
        matches.level3 as alias,
        case when matches.level3 = dims.indicator_name then 'exact' else matches.matched_by end as matched_by,
        case when matches.level3 = dims.indicator_name then 1 else matches.confidence end as confidence,
        case when matches.level3 <> dims.indicator_name then matches.because end as because
    from {{ ref('stg_indicator_matches') }} as matches
    inner join {{ ref('dim_indicator') }} as dims on matches.indicator_key = dims.indicator_key
    where exists (
        select 1 from {{ ref('fct_indicator') }} as facts
        where facts.indicator_key = matches.indicator_key and facts.level3 = matches.level3
    )
    qualify row_number() over (
        partition by matches.indicator_key, matches.level3
        order by matches.confidence desc, matches.matched_by, coalesce(matches.unit, ''), coalesce(matches.operator, ''), coalesce(matches.target_shape, '')
    ) = 1
)

select {{ contract_columns() }}
from final
