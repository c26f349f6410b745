-- Grain: one row per line outside of forms' heads by which a department lists a project.
select {{ contract_columns() }}
from {{ ref('int_listings') }}
