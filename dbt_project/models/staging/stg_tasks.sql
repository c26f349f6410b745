select * from {{ source('staged', 'tasks') }}
