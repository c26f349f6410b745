{{ config(materialized="incremental", meta={"scope": "bureau"}) }}
-- The comparisons of int_drift with the year before, of every bureau.
select * from {{ ref('int_drift') }}
where comparison = 'last_year'
