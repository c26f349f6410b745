-- ops.counts of the reports that this build looks at.
select *
from {{ ref('counts') }}
where report_key in (select report_key from {{ ref('stg_scope_reports') }})
