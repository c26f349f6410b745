-- Grain: one row per project and fiscal year, as it is known now.
select {{ contract_columns() }}
from {{ ref('project_history_version') }}
where known_to is null
