-- A correction that is said to be applied is told by the fact it corrected, and no other fact tells one.
with facts as (
    select fact_id, correction from {{ ref('fct_evaluation') }}
    union all
    select fact_id, correction from {{ ref('fct_funding') }}
    union all
    select fact_id, correction from {{ ref('fct_task') }}
    union all
    select fact_id, correction from {{ ref('fct_goal') }}
    union all
    select fact_id, correction from {{ ref('fct_indicator') }}
    union all
    select fact_id, correction from {{ ref('fct_advice') }}
    union all
    select fact_id, correction from {{ ref('fct_account') }}
    union all
    select fact_id, correction from {{ ref('fct_account_table') }}
    union all
    select fact_id, correction from {{ ref('fct_statement') }}
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
