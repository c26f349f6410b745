select * from {{ source('staged', 'goals') }}
