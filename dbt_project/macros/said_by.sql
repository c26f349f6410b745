{# What each staged fact says, whatever the file looks like: ``said`` names the figure, ``stated`` gives it. Columns in the order printed. #}
{% macro said_by() -%}
    {%- set of_forms = {
        'evaluations': [[], ['total_score', 'grade', 'conclusion']],
        'fundings': [['funding_source'],
            ['initial_budget_yuan', 'adjusted_budget_yuan', 'executed_yuan', 'execution_rate_pct', 'weight', 'score']],
        'tasks': [['task_name'], ['budget_yuan', 'executed_yuan', 'budget_total_yuan', 'weight', 'score']],
        'goals': [[], ['goal_text', 'result_text', 'score']],
        'indicators': [['level3'], [
            'operator', 'coalesce(cast(target_value as string), target_text)', 'unit',
            'coalesce(cast(actual_value as string), actual_text)', 'weight', 'score',
        ]],
        'advices': [['block', 'option'], ['is_checked', 'text']],
    } -%}
    {%- for table, (names, values) in of_forms.items() %}
    select
        facts.report_key, facts.fact_id, facts.source_ref,
        concat_ws('|', '{{ table }}', coalesce(kind_of_form, ''), coalesce(project_of_form, ''), coalesce(unit_of_form, '')
            {%- for name in names %}, coalesce(facts.{{ name }}, ''){% endfor %}) as said,
        concat_ws('|', '' {%- for value in values %}, coalesce(cast({{ value }} as string), ''){% endfor %}) as stated
    from {{ ref('stg_' ~ table) }} as facts
    inner join (
        select form_key as of_form, form_kind as kind_of_form, project_match as project_of_form, unit_identity as unit_of_form
        from {{ ref('stg_evaluations') }}
    ) as forms on facts.form_key = forms.of_form
    union all
    {%- endfor %}
    select
        report_key, fact_id, source_ref,
        concat_ws('|', 'accounts', coalesce(table_no, table_match, ''), coalesce(side, ''), coalesce(code, ''), coalesce(line_name, ''), coalesce(column_name, '')),
        cast(amount_yuan as string)
    from {{ ref('stg_accounts') }}
    union all
    select
        report_key, fact_id, source_ref,
        concat_ws('|', 'statements', kind, coalesce(subject, ''), coalesce(scope, ''), coalesce(cast(fiscal_year as string), ''), coalesce(period, ''), coalesce(unit, '')),
        cast(value as string)
    from {{ ref('stg_statements') }}
{%- endmacro %}
