select * from {{ source('staged', 'indicators') }}
