{# Which rows a build makes anew. In a build from nothing that is every row; else the rows of the reports and bureaus that changes concern
   (flows/landing.py says which). A model's scope is in its config's meta: ``report`` or ``bureau``. #}
{% macro in_scope(scope) -%}
    {%- if scope == 'report' -%}
    (report_key is null or report_key in (select report_key from landing.scope_reports where is_replaced))
    {%- elif scope == 'bureau' -%}
    (bureau_key is null or bureau_key in (select bureau_key from intermediate.int_scope_bureaus))
    {%- else -%}
    {{ exceptions.raise_compiler_error("no scope is called " ~ scope) }}
    {%- endif -%}
{%- endmacro %}

{# Incremental models replace the rows in scope: those of reports that are gone go, too. #}
{% macro get_incremental_replace_scope_sql(arguments) -%}
    {%- set scope = in_scope(config.get('meta')['scope']) -%}
    {%- set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') -%}
    delete from {{ arguments['target_relation'] }} where {{ scope }};
    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }} where {{ scope }}
{%- endmacro %}
