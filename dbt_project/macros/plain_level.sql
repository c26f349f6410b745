{# A printed word of an indicator's level as the scheme lists it: without blanks, brackets with content, marks and the word 指标. #}
{% macro plain_level(word) -%}
    replace(regexp_replace(regexp_replace({{ plain_wording(word) }}, '（[^（）]*）', '', 'g'), '^([0-9一二三四五六七八九十]+[、.．])', ''), '指标', '')
{%- endmacro %}
