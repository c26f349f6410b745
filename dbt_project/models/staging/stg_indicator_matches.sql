-- One row per wording of an indicator, unit, sign and text of a target without figure, with what it means.
select *, {{ stable_key(['indicator_concept']) }} as indicator_key
from {{ source('landing', 'indicator_matches') }}
