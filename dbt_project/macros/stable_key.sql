{# A key that depends on its parts alone: the same in every build and on every engine. #}
{% macro stable_key(parts) -%}
    substr(md5(concat_ws('|'
        {%- for part in parts %}, coalesce(cast({{ part }} as string), ''){% endfor -%}
    )), 1, 16)
{%- endmacro %}
