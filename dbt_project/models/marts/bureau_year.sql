{#- measure: column. What was carried out, else what was planned. #}
{%- set carried_out = {
    'basic': 'basic_expenditure_yuan',
    'project': 'project_expenditure_yuan',
    'three_public': 'three_public_yuan',
    'abroad': 'abroad_yuan',
    'vehicles': 'vehicles_yuan',
    'vehicle_purchase': 'vehicle_purchase_yuan',
    'vehicle_running': 'vehicle_running_yuan',
    'reception': 'reception_yuan',
    'abroad_groups': 'abroad_groups',
    'abroad_persons': 'abroad_persons',
    'reception_batches': 'reception_batches',
    'reception_persons': 'reception_persons',
    'operating': 'operating_yuan',
    'procurement': 'procurement_yuan',
    'procurement_goods': 'procurement_goods_yuan',
    'procurement_works': 'procurement_works_yuan',
    'procurement_services': 'procurement_services_yuan',
    'procurement_sme': 'procurement_sme_yuan',
    'procurement_sme_pct': 'procurement_sme_pct',
    'procurement_small': 'procurement_small_yuan',
    'vehicles_bought': 'vehicles_bought',
    'vehicles_kept': 'vehicles_kept',
    'vehicles_count': 'vehicles_count',
    'large_equipment_count': 'large_equipment_count',
    'assets_total': 'assets_total_yuan',
    'staff_on_duty': 'staff_on_duty',
    'staff_quota': 'staff_quota',
    'staff_retired': 'staff_retired',
} -%}
-- Grain: one row per bureau and fiscal year. Figures of tables come before figures of running text, newer reports before older;
-- a total that only the year's own revenue or expenditure stands for (本年收入合计) is that.
with years as (
    select bureau_key, fiscal_year from {{ ref('int_reports') }}
    union
    select bureau_key, fiscal_year from {{ ref('bureau_measure') }}
),

headlines as (
    select
        bureau_key, fiscal_year,
        coalesce(
            max(case when measure = 'revenue' and stage = 'final' then value end),
            max(case when measure = 'revenue_current' and stage = 'final' then value end)
        ) as revenue_yuan,
        coalesce(
            max(case when measure = 'expenditure' and stage = 'final' then value end),
            max(case when measure = 'expenditure_current' and stage = 'final' then value end)
        ) as expenditure_yuan,
        {%- for measure, column in carried_out.items() %}
        coalesce(
            max(case when measure = '{{ measure }}' and stage = 'final' then value end),
            max(case when measure = '{{ measure }}' then value end)
        ) as {{ column }},
        {%- endfor %}
        coalesce(
            max(case when measure = 'expenditure' and stage = 'budget' then value end),
            max(case when measure = 'expenditure_current' and stage = 'budget' then value end)
        ) as budget_total_published_yuan
    from {{ ref('bureau_measure') }}
    where is_chosen
    group by bureau_key, fiscal_year
),

forms as (
    select
        bureau_key, fiscal_year,
        count(*) as forms,
        count(distinct case when form_kind in ('project_self_evaluation', 'transfer_payment_self_evaluation', 'key_evaluation') then project_key end) as projects,
        avg(case when form_kind = 'project_self_evaluation' then total_score end) as project_score_average,
        max(case when form_kind = 'department_self_evaluation' and unit_bureau_key is null then total_score end) as department_score
    from {{ ref('int_forms') }}
    where form_kind <> 'task_list'
    group by bureau_key, fiscal_year
),

indicators as (
    select
        bureau_key, fiscal_year,
        count(*) as indicators,
        count(*) filter (where attained) as indicators_attained,
        count(*) filter (where not attained) as indicators_missed
    from {{ ref('int_indicators') }}
    where form_kind <> 'project_target'
    group by bureau_key, fiscal_year
),

reports as (
    select bureau_key, fiscal_year, count(*) as reports
    from {{ ref('int_reports') }}
    group by bureau_key, fiscal_year
),

-- the bureau as it was in the year; before the first span as it was then
named as (
    select years.bureau_key, years.fiscal_year, bureaus.bureau_name
    from years
    inner join {{ ref('dim_bureau') }} as bureaus on years.bureau_key = bureaus.bureau_key
    where years.fiscal_year is not null
    qualify row_number() over (
        partition by years.bureau_key, years.fiscal_year
        order by
            case when bureaus.valid_from_year <= years.fiscal_year then 0 else 1 end,
            case when bureaus.valid_from_year <= years.fiscal_year then -bureaus.valid_from_year else bureaus.valid_from_year end
    ) = 1
),

joined as (
    select
        years.bureau_key, named.bureau_name, years.fiscal_year,
        headlines.revenue_yuan, headlines.expenditure_yuan, headlines.budget_total_published_yuan,
        {%- for column in carried_out.values() %}
        headlines.{{ column }},
        {%- endfor %}
        forms.projects, forms.forms, forms.project_score_average, forms.department_score,
        indicators.indicators, indicators.indicators_attained, indicators.indicators_missed,
        coalesce(reports.reports, 0) as reports
    from years
    inner join named on years.bureau_key = named.bureau_key and years.fiscal_year = named.fiscal_year
    left join headlines on years.bureau_key = headlines.bureau_key and years.fiscal_year = headlines.fiscal_year
    left join forms on years.bureau_key = forms.bureau_key and years.fiscal_year = forms.fiscal_year
    left join indicators on years.bureau_key = indicators.bureau_key and years.fiscal_year = indicators.fiscal_year
    left join reports on years.bureau_key = reports.bureau_key and years.fiscal_year = reports.fiscal_year
    where years.fiscal_year is not null
),

final as (
    select
        joined.*,
        before.expenditure_yuan as expenditure_previous_yuan,
        case when before.expenditure_yuan <> 0
            then cast(joined.expenditure_yuan - before.expenditure_yuan as double) * 100 / cast(before.expenditure_yuan as double) end as expenditure_change_pct,
        case when joined.indicators_attained + joined.indicators_missed > 0
            then joined.indicators_attained * 100.0 / (joined.indicators_attained + joined.indicators_missed) end as attainment_pct
    from joined
    left join joined as before
        on joined.bureau_key = before.bureau_key
        and joined.fiscal_year = before.fiscal_year + 1
)

select {{ contract_columns() }}
from final
