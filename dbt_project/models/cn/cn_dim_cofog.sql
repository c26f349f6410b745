-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per division or group of COFOG, the UN's functions of government.
select
    cofog_code as 职能代码,
    cofog_name_en as 职能英文名,
    cofog_name_zh as 职能中文名,
    level as 科目级次,
    parent_cofog_code as 上级职能代码
from {{ ref('dim_cofog') }}
