-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per fiscal year.
select
    fiscal_year as 年度,
    starts_on as 起始日期,
    ends_on as 截止日期,
    plan_period as 规划期
from {{ ref('dim_fiscal_year') }}
