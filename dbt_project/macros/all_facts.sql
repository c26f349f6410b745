{# The facts of every fact table, with the columns that all of them have. #}
{% macro all_facts(columns) -%}
    {%- for name in ['evaluation', 'funding', 'task', 'goal', 'indicator', 'advice', 'account', 'account_table', 'statement'] %}
    select {{ columns | join(', ') }} from {{ ref('fct_' ~ name) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
