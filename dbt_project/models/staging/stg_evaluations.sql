select * from {{ source('staged', 'evaluations') }}
