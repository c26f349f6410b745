-- One row per comparable indicator: wordings that mean one thing, of one kind of unit and one direction; named and levelled as most often.
with counted as (
    select
        indicator_key, level3, level1, level2, unified_level1, unified_level2, unit,
        count(*) as occurrences,
        sum(count(*)) over (partition by indicator_key, level3) as of_name,
        sum(count(*)) over (partition by indicator_key, unit) as of_unit,
        sum(count(*)) over (partition by indicator_key, unified_level1, unified_level2) as of_level,
        sum(count(*)) over (partition by indicator_key, level1, level2) as of_printed
    from {{ ref('fct_indicator') }}
    group by 1, 2, 3, 4, 5, 6, 7
),

-- each by its own count: the name that is printed most often need not stand beside the unit that is
named as (
    select indicator_key, level3 as indicator_name
    from counted
    qualify row_number() over (partition by indicator_key order by of_name desc, level3, unit, level1, level2) = 1
),

units as (
    select indicator_key, unit
    from counted
    where unit is not null
    qualify row_number() over (partition by indicator_key order by of_unit desc, unit, level3, level1, level2) = 1
),

levels as (
    select indicator_key, unified_level1, unified_level2
    from counted
    where unified_level1 is not null
    qualify row_number() over (
        partition by indicator_key
        order by of_level desc, unified_level1, coalesce(unified_level2, ''), level3, unit, level1, level2
    ) = 1
),

printed as (
    select indicator_key, level1, level2
    from counted
    qualify row_number() over (partition by indicator_key order by of_printed desc, level1, level2, level3, unit) = 1
),

-- a target with = says neither at least nor at most: the direction is then the one that is good for such a figure
signs as (
    select indicator_key, count(*) filter (where operator = '=') = count(*) as is_equal
    from {{ ref('fct_indicator') }}
    group by indicator_key
),

meanings as (
    select indicator_key, min(concept_name) as concept_name, min(unit_kind) as unit_kind, min(direction) as direction
    from {{ ref('stg_indicator_matches') }}
    group by indicator_key
),

final as (
    select
        named.indicator_key,
        levels.unified_level1 as level1,
        levels.unified_level2 as level2,
        named.indicator_name,
        units.unit,
        case when signs.is_equal then 'equal' else meanings.direction end as direction,
        meanings.concept_name,
        meanings.unit_kind,
        printed.level1 as printed_level1,
        printed.level2 as printed_level2
    from named
    inner join signs on named.indicator_key = signs.indicator_key
    inner join meanings on named.indicator_key = meanings.indicator_key
    inner join printed on named.indicator_key = printed.indicator_key
    left join units on named.indicator_key = units.indicator_key
    left join levels on named.indicator_key = levels.indicator_key
)

select {{ contract_columns() }}
from final
