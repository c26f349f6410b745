-- Grain: one row per pair of names that were compared closely, rejected ones too.
select {{ contract_columns() }}
from {{ ref('stg_match_candidates') }}
