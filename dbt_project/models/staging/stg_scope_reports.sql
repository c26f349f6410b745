select * from {{ source('landing', 'scope_reports') }}
