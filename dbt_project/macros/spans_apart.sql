{# The spans of years of one thing (``key``) do not overlap, and exactly one of them is the current one. #}
{% test spans_apart(model, key, starts, ends, current) %}
with spans as (
    select
        {{ key }} as about,
        coalesce({{ starts }}, 0) as starts,
        lag(coalesce({{ ends }}, 9999)) over (partition by {{ key }} order by coalesce({{ starts }}, 0), coalesce({{ ends }}, 9999)) as ended
    from {{ model }}
)

select about, 'overlaps the span before' as wrong, starts from spans where ended >= starts
union all
select {{ key }}, 'not one current span', count(*) from {{ model }} group by {{ key }} having count(*) filter (where {{ current }}) <> 1
{% endtest %}
