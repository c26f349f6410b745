select * from {{ source('landing', 'match_overrides') }}
