select * from {{ source('landing', 'previous_counts') }}
