select * from {{ source('staged', 'accounts') }}
