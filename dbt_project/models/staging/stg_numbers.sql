select * from {{ source('staged', 'numbers') }}
