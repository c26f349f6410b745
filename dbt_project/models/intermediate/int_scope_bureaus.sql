{{ config(materialized="table") }}
-- Grain: one row per bureau whose rows this build makes anew.
select {{ stable_key(['entity_identity', "'department'"]) }} as bureau_key
from {{ ref('stg_scope_entities') }}
union
select {{ stable_key(['entity_identity', "'unit'"]) }}
from {{ ref('stg_scope_entities') }}
