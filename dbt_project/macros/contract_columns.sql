{# The columns of this model's contract, cast to their types, in order: one place says what a mart holds. #}
{% macro contract_columns(overrides={}) -%}
    {%- for name, column in model.columns.items() %}
    cast({{ overrides.get(name, name) }} as {{ column.data_type }}) as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
