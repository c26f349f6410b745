{# Half a unit of the last printed digit, in the unit of ``value``: 746.24 万元 that is 7462400 元 gives 50. ``number`` is what is printed. #}
{% macro half_a_digit(value, number, source_text) -%}
    cast(
        case when {{ number }} <> 0 then cast({{ value }} / {{ number }} as decimal(24, 4)) else 0 end
        * case length(regexp_extract({{ source_text }}, '[.．]([0-9０-９]+)', 1))
            when 0 then 0.5 when 1 then 0.05 when 2 then 0.005 when 3 then 0.0005 when 4 then 0.00005 else 0
        end
        as decimal(24, 4)
    )
{%- endmacro %}
