{{ config(alias='runs') }}
select {{ contract_columns() }}
from {{ ref('stg_runs') }}
