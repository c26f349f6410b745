select * from {{ source('landing', 'corrections') }}
