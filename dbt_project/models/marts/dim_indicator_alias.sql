-- One row per comparable indicator and wording that reports use.
with final as (
    select distinct
        indicators.indicator_key,
        indicators.level3 as alias,
        case when indicators.level3 = dims.indicator_name then 'exact' else 'normalised' end as matched_by,
        case when indicators.level3 = dims.indicator_name then 1.0 else 0.9 end as confidence
    from {{ ref('fct_indicator') }} as indicators
    inner join {{ ref('dim_indicator') }} as dims on indicators.indicator_key = dims.indicator_key
)

select {{ contract_columns() }}
from final
