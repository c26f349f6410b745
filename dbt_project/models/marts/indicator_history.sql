-- Grain: one row per bureau, comparable indicator and fiscal year, as it is known now.
select {{ contract_columns() }}
from {{ ref('indicator_history_version') }}
where known_to is null
