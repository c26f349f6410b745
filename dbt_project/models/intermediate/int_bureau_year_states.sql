{{ config(materialized="table") }}
{%- set measures = ['revenue', 'revenue_current', 'expenditure', 'expenditure_current'] + carried_out().keys() | list %}
{%- set counts = ['projects', 'projects_full_score', 'forms', 'project_score_average', 'department_score', 'indicators', 'indicators_attained',
    'indicators_missed', 'project_budget_yuan', 'project_executed_yuan', 'findings', 'reports'] %}
-- Grain: one row per bureau, fiscal year and span of days in which the same was known of it; the year before is not looked at yet.
-- Headline figures by stage: <measure>_final, <measure>_budget.
with figures as (
    select * from {{ ref('int_measure_states') }}
),

forms as (
    select
        bureau_key, fiscal_year, form_kind, project_key, unit_bureau_key, total_score, fact_id,
        coalesce(known_from, {{ unknown_day() }}) as known_from, known_to
    from {{ ref('int_forms') }}
    where form_kind <> 'task_list' and fiscal_year is not null
),

indicators as (
    select bureau_key, fiscal_year, attained, coalesce(known_from, {{ unknown_day() }}) as known_from, known_to
    from {{ ref('int_indicators') }}
    where form_kind <> 'project_target' and fiscal_year is not null
),

projects as (
    select
        histories.bureau_key, histories.fiscal_year, histories.project_key, histories.known_from, histories.known_to,
        coalesce(histories.adjusted_budget_yuan, histories.initial_budget_yuan) as budget_yuan, histories.executed_yuan
    from {{ ref('project_history_version') }} as histories
    inner join {{ ref('dim_project') }} as projects on histories.project_key = projects.project_key
    where projects.project_kind = 'project'
        and histories.bureau_key in (select bureau_key from {{ ref('int_reports') }})  -- of the bureaus that this build looks at
),

reports as (
    select
        reports.bureau_key, reports.fiscal_year, reports.report_key,
        coalesce(editions.known_from, {{ unknown_day() }}) as known_from, editions.known_to
    from {{ ref('int_reports') }} as reports
    inner join {{ ref('int_editions') }} as editions on reports.report_key = editions.report_key
    where reports.fiscal_year is not null
),

findings as (
    select reports.bureau_key, reports.fiscal_year, reports.known_from, reports.known_to
    from {{ ref('findings') }} as findings
    inner join reports on findings.report_key = reports.report_key
),

days as (
    {%- for relation in ['figures', 'forms', 'indicators', 'projects', 'reports'] %}
    {{ days_of_change(relation, ['bureau_key', 'fiscal_year']) }}
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

headlines as (
    select
        days.bureau_key, days.fiscal_year, days.day,
        {%- for measure in measures %}
        {%- for stage in ['final', 'budget'] %}
        max(case when figures.measure = '{{ measure }}' and figures.stage = '{{ stage }}' then figures.value end) as {{ measure }}_{{ stage }},
        {%- endfor %}
        {%- endfor %}
        {%- for measure in ['expenditure', 'expenditure_current'] %}
        {%- for column in ['own_value', 'own_report_key', 'later_value', 'later_report_key'] %}
        max(case when figures.measure = '{{ measure }}' and figures.stage = 'final' then figures.{{ column }} end) as {{ measure }}_{{ column }},
        {%- endfor %}
        {%- endfor %}
        count(case when figures.is_restated then 1 end) as restated_measures,
        count(figures.is_restated) as compared_measures
    from days
    inner join figures
        on days.bureau_key = figures.bureau_key
        and days.fiscal_year = figures.fiscal_year
        and {{ stood_on('figures', 'days.day') }}
    group by days.bureau_key, days.fiscal_year, days.day
),

of_forms as (
    select
        days.bureau_key, days.fiscal_year, days.day,
        count(*) as forms,
        count(distinct case when forms.form_kind in ('project_self_evaluation', 'transfer_payment_self_evaluation', 'key_evaluation') then forms.project_key end) as projects,
        count(distinct case when forms.form_kind = 'project_self_evaluation' and forms.total_score >= 100 then coalesce(forms.project_key, forms.fact_id) end) as projects_full_score,
        avg(case when forms.form_kind = 'project_self_evaluation' then forms.total_score end) as project_score_average,
        max(case when forms.form_kind = 'department_self_evaluation' and forms.unit_bureau_key is null then forms.total_score end) as department_score
    from days
    inner join forms
        on days.bureau_key = forms.bureau_key
        and days.fiscal_year = forms.fiscal_year
        and {{ stood_on('forms', 'days.day') }}
    group by days.bureau_key, days.fiscal_year, days.day
),

of_indicators as (
    select
        days.bureau_key, days.fiscal_year, days.day,
        count(*) as indicators,
        count(*) filter (where indicators.attained) as indicators_attained,
        count(*) filter (where not indicators.attained) as indicators_missed
    from days
    inner join indicators
        on days.bureau_key = indicators.bureau_key
        and days.fiscal_year = indicators.fiscal_year
        and {{ stood_on('indicators', 'days.day') }}
    group by days.bureau_key, days.fiscal_year, days.day
),

-- only of projects of which both are known: their sums can be compared
of_projects as (
    select
        days.bureau_key, days.fiscal_year, days.day,
        sum(projects.budget_yuan) as project_budget_yuan,
        sum(projects.executed_yuan) as project_executed_yuan
    from days
    inner join projects
        on days.bureau_key = projects.bureau_key
        and days.fiscal_year = projects.fiscal_year
        and {{ stood_on('projects', 'days.day') }}
    where projects.budget_yuan is not null and projects.executed_yuan is not null
    group by days.bureau_key, days.fiscal_year, days.day
),

of_reports as (
    select days.bureau_key, days.fiscal_year, days.day, count(*) as reports
    from days
    inner join reports
        on days.bureau_key = reports.bureau_key
        and days.fiscal_year = reports.fiscal_year
        and {{ stood_on('reports', 'days.day') }}
    group by days.bureau_key, days.fiscal_year, days.day
),

of_findings as (
    select days.bureau_key, days.fiscal_year, days.day, count(*) as findings
    from days
    inner join findings
        on days.bureau_key = findings.bureau_key
        and days.fiscal_year = findings.fiscal_year
        and {{ stood_on('findings', 'days.day') }}
    group by days.bureau_key, days.fiscal_year, days.day
),

states as (
    select
        days.bureau_key, days.fiscal_year, days.day,
        headlines.bureau_key is not null or of_reports.bureau_key is not null or of_forms.bureau_key is not null as is_stated,
        {%- for measure in measures %}
        headlines.{{ measure }}_final, headlines.{{ measure }}_budget,
        {%- endfor %}
        {%- for measure in ['expenditure', 'expenditure_current'] %}
        headlines.{{ measure }}_own_value, headlines.{{ measure }}_own_report_key,
        headlines.{{ measure }}_later_value, headlines.{{ measure }}_later_report_key,
        {%- endfor %}
        coalesce(headlines.restated_measures, 0) as restated_measures,
        coalesce(headlines.compared_measures, 0) as compared_measures,
        of_forms.forms, of_forms.projects, of_forms.projects_full_score, of_forms.project_score_average, of_forms.department_score,
        of_indicators.indicators, of_indicators.indicators_attained, of_indicators.indicators_missed,
        of_projects.project_budget_yuan, of_projects.project_executed_yuan,
        coalesce(of_findings.findings, 0) as findings,
        coalesce(of_reports.reports, 0) as reports
    from days
    {%- for part in ['headlines', 'of_forms', 'of_indicators', 'of_projects', 'of_reports', 'of_findings'] %}
    left join {{ part }}
        on days.bureau_key = {{ part }}.bureau_key
        and days.fiscal_year = {{ part }}.fiscal_year
        and days.day = {{ part }}.day
    {%- endfor %}
)

{%- set values = {} %}
{%- for measure in measures %}{% do values.update({measure ~ '_final': none, measure ~ '_budget': none}) %}{% endfor %}
{%- for measure in ['expenditure', 'expenditure_current'] %}{% for column in ['own_value', 'own_report_key', 'later_value', 'later_report_key'] %}
{%- do values.update({measure ~ '_' ~ column: none}) %}{% endfor %}{% endfor %}
{%- do values.update({'restated_measures': none, 'compared_measures': none}) %}
{%- for column in counts %}{% do values.update({column: none}) %}{% endfor %}

{{ versions('states', ['bureau_key', 'fiscal_year'], values) }}
