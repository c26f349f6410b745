-- A correction that is said to be applied is told by the fact it corrected, and no other fact tells one.
with facts as (
    {{ all_facts(['fact_id', 'correction']) }}
),

corrected as (
    select distinct fact_id from facts where correction is not null
),

applied as (
    select distinct fact_id from {{ ref('corrections') }} where state = 'applied'
)

select coalesce(corrected.fact_id, applied.fact_id) as fact_id
from corrected
full join applied on corrected.fact_id = applied.fact_id
where corrected.fact_id is null or applied.fact_id is null
