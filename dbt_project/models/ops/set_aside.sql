-- What reading refused, the corrections that were not applied, and the lines of the file of matches that fit nothing.
with final as (
    select refused.report_key, reports.file_name, refused.scope, refused.reason, refused.source_ref, refused.source_text
    from {{ ref('stg_set_aside') }} as refused
    inner join {{ ref('stg_reports') }} as reports on refused.report_key = reports.report_key
    union all
    select report_key, file_name, 'correction', message, source_ref, printed
    from {{ ref('stg_corrections') }}
    where state = 'refused'
    union all
    select null, null, 'match', concat('第 ', cast(file_line as string), ' 行：', message), null, concat_ws('｜', left_name, right_name)
    from {{ ref('stg_match_overrides') }}
    where state <> 'applied'
)

select {{ contract_columns() }}
from final
