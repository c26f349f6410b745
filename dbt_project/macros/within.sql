{# Computed figures stay within their bounds: ``ranges`` gives [least, most] for a column, null for no bound. #}
{% test within(model, ranges) %}
{%- for column, (least, most) in ranges.items() %}
select '{{ column }}' as column_name, cast({{ column }} as string) as out_of_range
from {{ model }}
where {% if least is not none %}{{ column }} < {{ least }}{% endif %}{% if least is not none and most is not none %} or {% endif %}{% if most is not none %}{{ column }} > {{ most }}{% endif %}
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{% endtest %}
