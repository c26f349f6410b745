-- Grain: one row per bureau and fiscal year, as it is known now.
select {{ contract_columns() }}
from {{ ref('bureau_year_version') }}
where known_to is null
