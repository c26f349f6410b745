-- Grain: one row per bureau and fiscal year. Figures of tables come before figures of running text, newer reports before older.
with years as (
    select bureau_key, fiscal_year from {{ ref('int_reports') }}
    union
    select bureau_key, fiscal_year from {{ ref('int_headlines') }}
),

headlines as (
    select
        bureau_key, fiscal_year,
        max(case when measure = 'revenue' and stage = 'final' then amount_yuan end) as revenue_yuan,
        max(case when measure = 'expenditure' and stage = 'final' then amount_yuan end) as expenditure_yuan,
        max(case when measure = 'expenditure' and stage = 'budget' then amount_yuan end) as budget_total_published_yuan,
        coalesce(
            max(case when measure = 'basic' and stage = 'final' then amount_yuan end),
            max(case when measure = 'basic' then amount_yuan end)
        ) as basic_expenditure_yuan,
        coalesce(
            max(case when measure = 'project' and stage = 'final' then amount_yuan end),
            max(case when measure = 'project' then amount_yuan end)
        ) as project_expenditure_yuan,
        coalesce(
            max(case when measure = 'three_public' and stage = 'final' then amount_yuan end),
            max(case when measure = 'three_public' then amount_yuan end)
        ) as three_public_yuan
    from {{ ref('int_headlines') }}
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

joined as (
    select
        years.bureau_key, bureaus.bureau_name, years.fiscal_year,
        headlines.revenue_yuan, headlines.expenditure_yuan, headlines.budget_total_published_yuan,
        headlines.basic_expenditure_yuan, headlines.project_expenditure_yuan, headlines.three_public_yuan,
        forms.projects, forms.forms, forms.project_score_average, forms.department_score,
        indicators.indicators, indicators.indicators_attained, indicators.indicators_missed,
        coalesce(reports.reports, 0) as reports
    from years
    inner join {{ ref('dim_bureau') }} as bureaus on years.bureau_key = bureaus.bureau_key
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
