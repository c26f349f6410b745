-- What reading refused, and the corrections that were not applied.
with final as (
    select refused.report_key, reports.file_name, refused.scope, refused.reason, refused.source_ref, refused.source_text
    from {{ ref('stg_set_aside') }} as refused
    inner join {{ ref('stg_reports') }} as reports on refused.report_key = reports.report_key
    union all
    select report_key, file_name, 'correction', message, source_ref, printed
    from {{ ref('stg_corrections') }}
    where state = 'refused'
)

select {{ contract_columns() }}
from final
