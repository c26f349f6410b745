{# A printed phrase as wordings are compared: without quotation marks and blanks, brackets of one width. #}
{% macro plain_wording(phrase) -%}
    {%- set text = namespace(sql=phrase) -%}
    {%- for printed, compared in [('“', ''), ('”', ''), ('"', ''), ('「', ''), ('」', ''), (' ', ''), ('　', ''), ('(', '（'), (')', '）')] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '" ~ printed ~ "', '" ~ compared ~ "')" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}

{# A printed heading as wordings are compared, without the unit that it may declare in brackets at its end: 基本支出（万元）. #}
{% macro plain_heading(heading, unit) -%}
    {%- set text = namespace(sql=plain_wording(heading)) -%}
    {%- for word in ['', '单位：', '单位:', '金额单位：', '金额单位:'] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", concat('（" ~ word ~ "', coalesce(" ~ unit ~ ", ''), '）'), '')" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}
