{# A printed phrase as wordings are compared: without quotation marks and blanks, brackets of one width. #}
{% macro plain_wording(phrase) -%}
    {%- set text = namespace(sql=phrase) -%}
    {%- for printed, compared in [('“', ''), ('”', ''), ('"', ''), ('「', ''), ('」', ''), (' ', ''), ('　', ''), ('(', '（'), (')', '）')] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '" ~ printed ~ "', '" ~ compared ~ "')" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}
