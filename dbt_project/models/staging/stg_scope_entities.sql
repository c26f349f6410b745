select * from {{ source('landing', 'scope_entities') }}
