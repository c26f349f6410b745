select * from {{ source('landing', 'bureau_successions') }}
