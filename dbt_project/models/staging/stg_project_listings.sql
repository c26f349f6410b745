-- One row per line outside of forms' heads that names a project, in the reports that this build looks at.
select *
from {{ source('landing', 'project_listings') }}
where report_key in (select report_key from {{ source('landing', 'scope_reports') }})
