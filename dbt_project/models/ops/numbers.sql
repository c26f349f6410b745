-- Every number printed. A report's second file carries its numbers into the facts of the file that counts; where that one states no such
-- fact, the number is told apart and audit.findings says what differs.
with equals as (
    select twins.report_key, one.fact_id, other.fact_id as counted_fact_id
    from {{ ref('int_twins') }} as twins
    inner join {{ ref('int_said') }} as one on twins.report_key = one.report_key
    inner join {{ ref('int_said') }} as other
        on twins.twin_of = other.report_key
        and one.said = other.said
        and one.stated = other.stated
        and one.n = other.n
),

final as (
    select
        numbers.report_key, numbers.number_no, numbers.source_ref, numbers.printed, numbers.surroundings, numbers.part,
        case
            when twins.report_key is null or numbers.disposition <> 'fact' or equals.counted_fact_id is not null then numbers.disposition
            else 'context'
        end as disposition,
        case
            when twins.report_key is null or numbers.disposition <> 'fact' or equals.counted_fact_id is not null then numbers.reason
            else '同一报告的另一份文件已计，此处不重复'
        end as reason,
        numbers.column_read,
        case when twins.report_key is null then numbers.fact_id else equals.counted_fact_id end as fact_id,
        case when twins.report_key is null then numbers.other_fact_ids end as other_fact_ids
    from {{ ref('stg_numbers') }} as numbers
    left join {{ ref('int_twins') }} as twins on numbers.report_key = twins.report_key
    left join equals on numbers.report_key = equals.report_key and numbers.fact_id = equals.fact_id
)

select {{ contract_columns() }}
from final
