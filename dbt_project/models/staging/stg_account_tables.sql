select * from {{ source('staged', 'account_tables') }}
