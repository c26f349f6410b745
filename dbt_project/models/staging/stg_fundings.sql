select * from {{ source('staged', 'fundings') }}
