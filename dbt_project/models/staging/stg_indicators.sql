-- One row per indicator row of a form, with the comparable indicator that its wording means.
select indicators.*, matches.indicator_concept
from {{ staged('indicators') }} as indicators
inner join {{ source('landing', 'indicator_matches') }} as matches on indicators.indicator_match = matches.indicator_match
