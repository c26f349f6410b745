select * from {{ source('landing', 'match_candidates') }}
