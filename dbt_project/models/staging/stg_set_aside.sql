select * from {{ source('staged', 'set_aside') }}
