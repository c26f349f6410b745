-- One row per fiscal year that any fact is about, without gaps. China's fiscal year is the calendar year.
with named as (
    select fiscal_year from {{ ref('dim_report') }}
    union
    select fiscal_year from {{ ref('fct_account') }}
    union
    select fiscal_year from {{ ref('fct_statement') }}
    union
    select fiscal_year from {{ ref('fct_evaluation') }}
),

final as (
    select
        fiscal_year,
        make_date(fiscal_year, 1, 1) as starts_on,
        make_date(fiscal_year, 12, 31) as ends_on,
        case
            when fiscal_year between 2006 and 2010 then '十一五'
            when fiscal_year between 2011 and 2015 then '十二五'
            when fiscal_year between 2016 and 2020 then '十三五'
            when fiscal_year between 2021 and 2025 then '十四五'
            when fiscal_year between 2026 and 2030 then '十五五'
        end as plan_period
    from named
    where fiscal_year is not null
)

select {{ contract_columns() }}
from final
