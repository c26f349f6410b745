select * from {{ source('staged', 'statements') }}
