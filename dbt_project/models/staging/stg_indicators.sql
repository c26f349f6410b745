-- One row per indicator row of a form, with the comparable indicator that its wording means.
select indicators.*, matches.indicator_concept, matches.indicator_key
from {{ staged('indicators') }} as indicators
inner join {{ ref('stg_indicator_matches') }} as matches
    on indicators.level3 = matches.level3
    and coalesce(indicators.unit, '') = coalesce(matches.unit, '')
    and coalesce(indicators.operator, '') = coalesce(matches.operator, '')
    and coalesce(case when indicators.target_value is null then indicators.target_text end, '') = coalesce(matches.target_shape, '')
