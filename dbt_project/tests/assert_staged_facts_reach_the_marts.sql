-- What was staged of the understood reports is what the marts hold: nothing is lost in a join.
with counted as (
    select 'accounts' as name, count(*) as staged, (select count(*) from {{ ref('fct_account') }}) as published
    from {{ ref('stg_accounts') }}
    union all
    select 'statements', count(*), (select count(*) from {{ ref('fct_statement') }})
    from {{ ref('stg_statements') }}
    union all
    select 'evaluations', count(*), (select count(*) from {{ ref('fct_evaluation') }})
    from {{ ref('stg_evaluations') }}
    union all
    select 'indicators', count(*), (select count(*) from {{ ref('fct_indicator') }})
    from {{ ref('stg_indicators') }}
    union all
    select 'fundings', count(*), (select count(*) from {{ ref('fct_funding') }})
    from {{ ref('stg_fundings') }}
)

select * from counted where staged <> published
