-- One row per comparable indicator: indicators whose names match, named and levelled as printed most often.
with counted as (
    select
        indicator_key, level3, level1, level2, unit,
        case
            when operator in ('≥', '>') then 'at_least'
            when operator in ('≤', '<') then 'at_most'
            when operator = '=' then 'equal'
            when target_value is null then 'qualitative'
        end as direction,
        count(*) as occurrences
    from {{ ref('fct_indicator') }}
    group by 1, 2, 3, 4, 5, 6
),

final as (
    select indicator_key, level1, level2, level3 as indicator_name, unit, direction
    from counted
    qualify row_number() over (
        partition by indicator_key
        order by occurrences desc, level3, level1, level2, unit, direction
    ) = 1
)

select {{ contract_columns() }}
from final
