-- What was staged of the understood reports is what the marts hold: nothing is lost in a join.
with counted as (
    select 'accounts' as name, count(*) as staged, (select count(*) from {{ ref('fct_account') }}) as published
    from {{ counted('accounts') }} as accounts
    union all
    select 'statements', count(*), (select count(*) from {{ ref('fct_statement') }})
    from {{ counted('statements') }} as statements
    union all
    select 'evaluations', count(*), (select count(*) from {{ ref('fct_evaluation') }})
    from {{ counted('evaluations') }} as evaluations
    union all
    select 'indicators', count(*), (select count(*) from {{ ref('fct_indicator') }})
    from {{ counted('indicators') }} as indicators
    union all
    select 'fundings', count(*), (select count(*) from {{ ref('fct_funding') }})
    from {{ counted('fundings') }} as fundings
)

select * from counted where staged <> published
