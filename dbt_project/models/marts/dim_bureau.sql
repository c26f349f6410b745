-- Grain: one row per bureau or unit and span of years in which its name, parent, region and level held.
-- A year without a report ends no span; the last span ends with the last year shown, an earlier one with the year before the next begins.
with marked as (
    select
        *,
        concat_ws('|', coalesce(bureau_name, ''), coalesce(region_code, ''), coalesce(county, ''), coalesce(prefecture, ''),
            coalesce(admin_level, ''), coalesce(parent_bureau_key, '')) as attributes
    from {{ ref('int_bureau_years') }}
),

changes as (
    select
        *,
        case when attributes = lag(attributes) over (partition by bureau_key order by fiscal_year) then 0 else 1 end as is_change
    from marked
),

numbered as (
    select *, sum(is_change) over (partition by bureau_key order by fiscal_year rows between unbounded preceding and current row) as span_no
    from changes
),

spans as (
    select
        bureau_key, bureau_kind, bureau_name, parent_bureau_key, region_code, province, prefecture, county, admin_level, span_no,
        max(sector) as sector,
        min(fiscal_year) as valid_from_year,
        max(fiscal_year) as last_shown_year
    from numbered
    group by bureau_key, bureau_kind, bureau_name, parent_bureau_key, region_code, province, prefecture, county, admin_level, span_no
),

codes as (
    select bureau_key, min(budget_code) as budget_code
    from {{ ref('int_bureaus') }}
    where budget_code is not null
    group by bureau_key
),

final as (
    select
        spans.bureau_key, spans.bureau_name, spans.bureau_kind, spans.parent_bureau_key, codes.budget_code,
        spans.region_code, spans.province, spans.prefecture, spans.county, spans.admin_level, spans.sector,
        spans.valid_from_year,
        coalesce(
            lead(spans.valid_from_year) over (partition by spans.bureau_key order by spans.span_no) - 1,
            spans.last_shown_year
        ) as valid_to_year,
        row_number() over (partition by spans.bureau_key order by spans.span_no desc) = 1 as is_current
    from spans
    left join codes on spans.bureau_key = codes.bureau_key
)

select {{ contract_columns() }}
from final
