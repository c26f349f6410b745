-- Grain: one row per division or group of COFOG.
with final as (
    select
        cofog_code, cofog_name_en, cofog_name_zh,
        case when cofog_code like '%.%' then 2 else 1 end as level,
        case when cofog_code like '%.%' then split_part(cofog_code, '.', 1) end as parent_cofog_code
    from {{ ref('cofog') }}
)

select {{ contract_columns() }}
from final
