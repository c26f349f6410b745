-- Grain: one row per bureau, account, measure, fiscal year and amount that a report states for it, as it is known now.
select {{ contract_columns() }}
from {{ ref('account_history_version') }}
where known_to is null
