-- One row per bureau or unit. Its name is the one its own reports elect, else the one printed most.
with named as (
    select
        bureau_key, bureau_kind, bureau_name, budget_code, region_code, province, prefecture, county, admin_level, sector,
        sum(mentions) as mentions
    from {{ ref('int_bureaus') }}
    group by bureau_key, bureau_kind, bureau_name, budget_code, region_code, province, prefecture, county, admin_level, sector
),

elected as (
    select *
    from named
    qualify row_number() over (partition by bureau_key order by mentions desc, length(bureau_name), bureau_name, budget_code) = 1
),

codes as (
    select bureau_key, min(budget_code) as budget_code
    from {{ ref('int_bureaus') }}
    where budget_code is not null
    group by bureau_key
),

years as (
    select bureau_key, min(fiscal_year) as valid_from_year, max(fiscal_year) as valid_to_year
    from {{ ref('int_bureaus') }}
    group by bureau_key
),

final as (
    select
        elected.bureau_key, elected.bureau_name, elected.bureau_kind,
        case when parents.parent_bureau_key <> elected.bureau_key then parents.parent_bureau_key end as parent_bureau_key,
        codes.budget_code,
        elected.region_code, elected.province, elected.prefecture, elected.county, elected.admin_level, elected.sector,
        years.valid_from_year, years.valid_to_year,
        true as is_current
    from elected
    inner join years on elected.bureau_key = years.bureau_key
    left join codes on elected.bureau_key = codes.bureau_key
    left join {{ ref('int_bureau_parents') }} as parents
        on elected.bureau_key = parents.bureau_key
        and elected.bureau_kind = 'unit'
)

select {{ contract_columns() }}
from final
