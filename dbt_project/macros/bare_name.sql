{# The name of a line of the classification as names are compared: tables print 公共安全支出 where text says 公共安全（类）. #}
{% macro bare_name(name) -%}
    {%- set plain = plain_wording(name) -%}
    case when {{ plain }} like '_%支出' then substr({{ plain }}, 1, length({{ plain }}) - 2) else {{ plain }} end
{%- endmacro %}
