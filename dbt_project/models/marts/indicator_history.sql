-- Grain: one row per bureau, comparable indicator and fiscal year. Target and result are shown where all rows of the year agree.
with yearly as (
    select
        bureau_key, indicator_key, fiscal_year,
        case when count(distinct target_value) = 1 then max(target_value) end as target_value,
        case when count(distinct actual_value) = 1 then max(actual_value) end as actual_value,
        count(*) filter (where attained) as indicators_attained,
        count(*) filter (where not attained) as indicators_missed,
        count(*) as occurrences
    from {{ ref('int_indicators') }}
    where form_kind <> 'project_target' and fiscal_year is not null
    group by bureau_key, indicator_key, fiscal_year
),

final as (
    select
        yearly.*,
        dims.indicator_name,
        before.target_value as target_previous,
        before.actual_value as actual_previous,
        yearly.actual_value - before.actual_value as actual_change
    from yearly
    inner join {{ ref('dim_indicator') }} as dims on yearly.indicator_key = dims.indicator_key
    left join yearly as before
        on yearly.bureau_key = before.bureau_key
        and yearly.indicator_key = before.indicator_key
        and yearly.fiscal_year = before.fiscal_year + 1
)

select {{ contract_columns() }}
from final
