select * from {{ source('staged', 'advices') }}
