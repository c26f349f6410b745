{# In the published database: ``cn.<view>_截至(day)``, what ``<mart>_as_of(day)`` says, under Chinese names. Only DuckDB has such table macros. #}
{% macro cn_as_of(mart) -%}
    {{ return(adapter.dispatch('cn_as_of', 'jixiao')(mart)) }}
{%- endmacro %}

{% macro default__cn_as_of(mart) -%}
{%- endmacro %}

{% macro duckdb__cn_as_of(mart) -%}
    create or replace macro {{ this.schema }}.{{ this.identifier }}_截至(day) as table
    select * from {{ generate_schema_name('marts', model) }}.{{ mart }}_as_of(day) as named({{ model.columns | join(', ') }})
{%- endmacro %}
