{# In the published database: ``<mart>_as_of(day)``, what the mart said on a day of knowledge. Only DuckDB has such table macros. #}
{% macro as_of_macro(versions, mart) -%}
    {{ return(adapter.dispatch('as_of_macro', 'jixiao')(versions, mart)) }}
{%- endmacro %}

{% macro default__as_of_macro(versions, mart) -%}
{%- endmacro %}

{% macro duckdb__as_of_macro(versions, mart) -%}
    create or replace macro {{ generate_schema_name('marts', model) }}.{{ mart }}_as_of(day) as table
    select
        {%- for name in model.columns if name != 'known_to' %}
        versions.{{ name }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ versions }} as versions
    where versions.known_from <= cast(day as date) and (versions.known_to is null or versions.known_to > cast(day as date))
{%- endmacro %}
