with final as (
    select refused.*, reports.file_name
    from {{ ref('stg_set_aside') }} as refused
    inner join {{ ref('stg_reports') }} as reports on refused.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
