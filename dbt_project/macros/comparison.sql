{# Column of bureau_year that peers are compared by → unit. #}
{% macro compared_figures() -%}
    {{ return({
        'revenue_yuan': '元', 'expenditure_yuan': '元', 'expenditure_change_pct': '%', 'budget_total_published_yuan': '元', 'budget_execution_pct': '%',
        'basic_expenditure_yuan': '元', 'project_expenditure_yuan': '元', 'project_share_pct': '%', 'personnel_yuan': '元',
        'three_public_yuan': '元', 'three_public_share_pct': '%', 'three_public_execution_pct': '%', 'operating_yuan': '元', 'procurement_yuan': '元',
        'staff_on_duty': '人', 'expenditure_per_staff_yuan': '元/人', 'three_public_per_staff_yuan': '元/人', 'operating_per_staff_yuan': '元/人',
        'insured_persons': '人', 'fund_income_per_insured_yuan': '元/人', 'fund_spending_per_insured_yuan': '元/人',
        'expenditure_per_insured_yuan': '元/人', 'operating_per_insured_yuan': '元/人',
        'project_execution_pct': '%', 'project_score_average': '分', 'department_score': '分', 'attainment_pct': '%', 'findings': '项',
    }) }}
{%- endmacro %}

{# Group of peers → the columns that its members share. #}
{% macro peer_groups() -%}
    {{ return({
        'sector': ['admin_level', 'sector'],
        'sector_in_province': ['admin_level', 'sector', 'province'],
        'sector_in_prefecture': ['admin_level', 'sector', 'province', 'prefecture'],
        'province': ['admin_level', 'province'],
        'prefecture': ['admin_level', 'province', 'prefecture'],
        'level': ['admin_level'],
        'all': [],
    }) }}
{%- endmacro %}

{# The peers of ``years``, a state of bureau_year, side by side. #}
{% macro compared_peers(years) -%}
with spans as (
    {{ bureau_in_year(years) }}
),

figures as (
    {%- for column, unit in compared_figures().items() %}
    select bureau_key, bureau_name, fiscal_year, '{{ column }}' as measure, '{{ unit }}' as unit, cast({{ column }} as decimal(28, 8)) as value
    from {{ years }}
    where {{ column }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

grouped as (
    {%- for group, columns in peer_groups().items() %}
    select
        figures.*, '{{ group }}' as peer_group,
        concat_ws('｜', spans.bureau_kind{% for column in columns %}, spans.{{ column }}{% endfor %}) as peers_of
    from figures
    inner join spans on figures.bureau_key = spans.bureau_key and figures.fiscal_year = spans.fiscal_year
    {%- for column in columns %}
    {{ 'where' if loop.first else 'and' }} spans.{{ column }} is not null
    {%- endfor %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

placed as (
    select
        *,
        count(*) over (partition by fiscal_year, measure, peer_group, peers_of) as peers,
        rank() over (partition by fiscal_year, measure, peer_group, peers_of order by value desc) as place,
        rank() over (partition by fiscal_year, measure, peer_group, peers_of order by value) - 1 as below,
        row_number() over (partition by fiscal_year, measure, peer_group, peers_of order by value, bureau_key) as upwards
    from grouped
),

-- the middle one, or half the sum of the two in the middle
medians as (
    select
        fiscal_year, measure, peer_group, peers_of,
        cast(sum(value) * case when count(*) = 2 then 0.5 else 1 end as decimal(28, 8)) as median
    from placed
    where upwards * 2 between peers and peers + 2
    group by fiscal_year, measure, peer_group, peers_of
),

final as (
    select
        placed.*,
        case when placed.peers > 1 then placed.place end as peer_rank,
        case when placed.peers > 1 then placed.below * 100.0 / (placed.peers - 1) end as percentile,
        medians.median,
        placed.value - medians.median as difference_to_median
    from placed
    inner join medians
        on placed.fiscal_year = medians.fiscal_year
        and placed.measure = medians.measure
        and placed.peer_group = medians.peer_group
        and placed.peers_of = medians.peers_of
)

select {{ contract_columns({'rank': 'peer_rank'}) }}
from final
{%- endmacro %}

{% macro comparison_as_of_macro(comparison) -%}
    {{ return(adapter.dispatch('comparison_as_of_macro', 'jixiao')(comparison)) }}
{%- endmacro %}

{% macro default__comparison_as_of_macro(comparison) -%}
{%- endmacro %}

{% macro duckdb__comparison_as_of_macro(comparison) -%}
    create or replace macro {{ comparison.schema }}.{{ comparison.identifier }}_as_of(day) as table
    {{ compared_peers('known_years') | replace('with spans as', "with known_years as (select * from " ~ comparison.database ~ "." ~ comparison.schema ~ ".bureau_year_as_of(day)), spans as") }}
{%- endmacro %}
