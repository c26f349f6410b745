-- Grain: one row per bureau, fiscal year, measure, stage and fact that states it, in a table or in running text.
-- Files of the same bureau, year and kind are one publication: its tables and its text may be published apart.
with ranked as (
    select
        *,
        row_number() over (
            partition by bureau_key, fiscal_year, measure, stage
            order by report_fiscal_year desc, case when source = 'table' then 1 else 2 end, priority, number_no, fact_id
        ) as rank_of_all,
        row_number() over (
            partition by publication_key, fiscal_year, measure, stage, source
            order by priority, number_no, fact_id
        ) as rank_in_source
    from {{ ref('int_measures') }}
),

compared as (
    select
        ranked.*,
        measures.unit,
        others.value as other_value,
        greatest(
            ranked.half_digit, others.half_digit,
            cast(case when measures.unit = '元' then 50 else 0 end as decimal(24, 4))
        ) as tolerance
    from ranked
    inner join {{ ref('measures') }} as measures on ranked.measure = measures.measure
    left join ranked as others
        on ranked.publication_key = others.publication_key
        and ranked.fiscal_year = others.fiscal_year
        and ranked.measure = others.measure
        and ranked.stage = others.stage
        and ranked.source <> others.source
        and others.rank_in_source = 1
),

final as (
    select
        *,
        rank_of_all = 1 as is_chosen,
        case when other_value is not null then abs(value - other_value) <= tolerance end as agrees
    from compared
)

select {{ contract_columns() }}
from final
