-- Grain: one row per bureau, headline figure, stage and fiscal year, as it is known now: the newest statement, beside what the year itself said.
select {{ contract_columns() }}
from {{ ref('measure_history_version') }}
where known_to is null
