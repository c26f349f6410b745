-- One row per bureau and fiscal year in which reports show it: its attributes as most of what is printed that year has them.
-- A bureau of whose reports no year is known has one row without a year.
with shown as (
    select
        bureau_key, entity_identity, bureau_kind, fiscal_year, name_identity,
        region_code, province, prefecture, county, admin_level, sector,
        sum(mentions) as mentions
    from {{ ref('int_bureaus') }}
    where alias_role <> 'prose'
    group by
        bureau_key, entity_identity, bureau_kind, fiscal_year, name_identity,
        region_code, province, prefecture, county, admin_level, sector
    qualify fiscal_year is not null or max(fiscal_year) over (partition by bureau_key) is null
),

elected as (
    select *
    from shown
    qualify row_number() over (
        partition by bureau_key, fiscal_year
        order by mentions desc, name_identity, region_code, province, prefecture, county, admin_level, sector
    ) = 1
),

-- a parent that a year does not tell is the one told last before, else the one told first after
parents as (
    select
        elected.*, names.bureau_name,
        case when parents.parent_bureau_key <> elected.bureau_key then parents.parent_bureau_key end as told_parent
    from elected
    left join {{ ref('int_bureau_parents') }} as parents
        on elected.bureau_key = parents.bureau_key
        and coalesce(elected.fiscal_year, 0) = coalesce(parents.fiscal_year, 0)
        and elected.bureau_kind = 'unit'
    left join {{ ref('int_bureau_names') }} as names
        on elected.bureau_key = names.bureau_key
        and elected.name_identity = names.name_identity
        and coalesce(elected.region_code, '') = coalesce(names.region_code, '')
)

select
    bureau_key, entity_identity, bureau_kind, fiscal_year, name_identity, bureau_name,
    region_code, province, prefecture, county, admin_level, sector,
    coalesce(
        told_parent,
        substr(max(case when told_parent is not null then concat(cast(fiscal_year as string), told_parent) end) over (
            partition by bureau_key order by fiscal_year rows between unbounded preceding and current row
        ), 5),
        substr(min(case when told_parent is not null then concat(cast(fiscal_year as string), told_parent) end) over (
            partition by bureau_key order by fiscal_year rows between current row and unbounded following
        ), 5)
    ) as parent_bureau_key
from parents
