-- Grain: one row per line of the file of matches, with what became of it.
select {{ contract_columns() }}
from {{ ref('stg_match_overrides') }}
