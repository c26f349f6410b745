select * from {{ source('staged', 'bureau_names') }}
