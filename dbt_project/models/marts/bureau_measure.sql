-- Grain: one row per bureau, fiscal year, measure, stage and fact that states it, in a table, in running text or in a form.
-- Files of the same bureau, year and kind are one publication: its tables and its text may be published apart.
with ranked as (
    select
        *,
        row_number() over (
            partition by bureau_key, fiscal_year, measure, stage, case when known_to is null then 1 else 2 end
            order by choice_rank
        ) as rank_of_standing,
        row_number() over (
            partition by publication_key, fiscal_year, measure, stage, source, report_key
            order by choice_rank
        ) as rank_in_file
    from {{ ref('int_measures') }}
),

compared as (
    select
        ranked.*,
        measures.unit,
        others.value as other_value,
        others.fact_id as other_fact_id,
        greatest(
            ranked.half_digit, others.half_digit,
            cast(case when measures.unit = '元' then 50 else 0 end as decimal(24, 4))
        ) as tolerance
    from ranked
    inner join {{ ref('measures') }} as measures on ranked.measure = measures.measure
    -- an edition is compared with files that stood beside it, not with those that took its place
    left join ranked as others
        on ranked.publication_key = others.publication_key
        and ranked.fiscal_year = others.fiscal_year
        and ranked.measure = others.measure
        and ranked.stage = others.stage
        and ranked.source <> others.source
        and others.rank_in_file = 1
        and (
            ranked.report_key = others.report_key
            or (
                (others.known_to is null or ranked.known_from < others.known_to)
                and (ranked.known_to is null or others.known_from < ranked.known_to)
            )
        )
    qualify row_number() over (
        partition by ranked.fact_id, ranked.measure
        order by case when others.known_to is null then 1 else 2 end, others.choice_rank
    ) = 1
),

final as (
    select
        *,
        known_to is null and rank_of_standing = 1 as is_chosen,
        case when other_value is not null then abs(value - other_value) <= tolerance end as agrees
    from compared
)

select {{ contract_columns() }}
from final
