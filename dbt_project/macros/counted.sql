{# Staged facts that count: those of a report's second file, which another file of it states already, do not. #}
{% macro counted(table) -%}
    (
        select facts.*
        from {{ ref('stg_' ~ table) }} as facts
        left join {{ ref('int_twins') }} as twins on facts.report_key = twins.report_key
        where twins.report_key is null
    )
{%- endmacro %}
