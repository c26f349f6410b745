-- Every row of bureau_measure is a money cell, a statement or an indicator, and a bureau's year shows exactly one of those that stand.
with facts as (
    select fact_id, 'table' as source from {{ ref('fct_account') }}
    union all
    select fact_id, 'text' from {{ ref('fct_statement') }}
    union all
    select fact_id, 'form' from {{ ref('fct_indicator') }}
),

lost as (
    select 'no such fact' as wrong, stated.fact_id as about
    from {{ ref('bureau_measure') }} as stated
    left join facts on stated.fact_id = facts.fact_id and stated.source = facts.source
    where facts.fact_id is null
),

unchosen as (
    select 'not one chosen', concat_ws(' ', bureau_key, fiscal_year, measure, stage)
    from {{ ref('bureau_measure') }}
    group by bureau_key, fiscal_year, measure, stage
    having count(*) filter (where is_chosen) <> case when count(*) filter (where known_to is null) > 0 then 1 else 0 end
)

select * from lost
union all
select * from unchosen
