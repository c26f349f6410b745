{# Staged facts that count, with the days from and to which what they state was the newest word of its publication: those of a report's
   second file, which another file of it states already, do not count; those of a replaced edition have their day of it in ``known_to``. #}
{% macro counted(table) -%}
    (
        select facts.*, editions.known_from, editions.known_to
        from {{ ref('stg_' ~ table) }} as facts
        left join {{ ref('int_twins') }} as twins on facts.report_key = twins.report_key
        left join {{ ref('int_editions') }} as editions on facts.report_key = editions.report_key
        where twins.report_key is null
    )
{%- endmacro %}
