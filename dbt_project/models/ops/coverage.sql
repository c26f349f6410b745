with counted as (
    select report_key, part, disposition from {{ ref('stg_numbers') }}
    union all
    select report_key, 'all' as part, disposition from {{ ref('stg_numbers') }}
),

summed as (
    select
        report_key, part,
        count(*) as numbers,
        count(*) filter (where disposition = 'fact') as facts,
        count(*) filter (where disposition = 'context') as context,
        count(*) filter (where disposition = 'unclaimed') as unclaimed
    from counted
    group by report_key, part
),

final as (
    select
        summed.*,
        summed.unclaimed * 100.0 / summed.numbers as unclaimed_pct,
        reports.file_name, reports.bureau_key, reports.report_kind, reports.fiscal_year,
        case when summed.part = 'all' then reports.digits_in_file end as digits_in_file,
        case when summed.part = 'all' then reports.digits_read end as digits_read
    from summed
    inner join {{ ref('int_reports') }} as reports on summed.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
