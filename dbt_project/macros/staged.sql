{# A staged table's rows of the reports that this build looks at: all of them in a build from nothing. #}
{% macro staged(table) -%}
    (
        select *
        from {{ source('staged', table) }}
        where report_key in (select report_key from {{ source('landing', 'scope_reports') }})
    )
{%- endmacro %}
