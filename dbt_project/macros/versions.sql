{# A day on which nothing tells when: after every day that can be asked about. #}
{% macro unknown_day() -%}
    make_date(9999, 12, 31)
{%- endmacro %}

{# Was the row ``facts`` the newest word on ``day``? #}
{% macro stood_on(facts, day) -%}
    {{ facts }}.known_from <= {{ day }} and ({{ facts }}.known_to is null or {{ facts }}.known_to > {{ day }})
{%- endmacro %}

{# The days on which what ``relation`` states of a ``key`` may have changed. ``shift``: columns → how much later in the key it matters too. #}
{% macro days_of_change(relation, key, year_shift=0) -%}
    {%- for bound in ['known_from', 'known_to'] %}
    select
        {%- for column in key %} {{ column }}{{ ' + ' ~ year_shift ~ ' as ' ~ column if year_shift and column == 'fiscal_year' }},{% endfor %}
        {{ bound }} as day
    from {{ relation }}
    where {{ bound }} is not null
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# States on days (``key``, ``day``, ``is_stated`` and the values) as versions: a row from the day on which something about it changed until the day
   on which it changed again (``known_to`` null: it stands). Days without change, and spans in which nothing is stated, give no row.
   ``values``: column → type, or null where the state's own type stays. ``changing``: those of them that may change, where not all may. #}
{% macro versions(states, key, values, changing=none) -%}
    select
        {{ key | join(', ') }}, known_from, known_to
        {%- for name in values %},
        {{ name }}
        {%- endfor %}
    from (
        select *, lead(known_from) over (partition by {{ key | join(', ') }} order by known_from) as known_to
        from (
            select *, lag(fingerprint) over (partition by {{ key | join(', ') }} order by known_from) as fingerprint_before
            from (
                select
                    *,
                    md5(concat_ws('|', cast(is_stated as string)
                        {%- for name in changing or values %}, coalesce(cast({{ name }} as string), ''){% endfor %})) as fingerprint
                from (
                    select
                        {{ key | join(', ') }}, day as known_from, is_stated
                        {%- for name, type in values.items() %},
                        {% if type %}cast({{ name }} as {{ type }}) as {{ name }}{% else %}{{ name }}{% endif %}
                        {%- endfor %}
                    from {{ states }}
                ) as typed
            ) as marked
        ) as followed
        where fingerprint_before is null or fingerprint_before <> fingerprint
    ) as turned
    where is_stated
{%- endmacro %}

{# The same with the columns of this model's contract, in its order. #}
{% macro contract_versions(states, key, changing=none) -%}
    {%- set values = {} -%}
    {%- for name, type in columns_of_contract().items() if name not in key and name not in ['known_from', 'known_to'] -%}
        {%- do values.update({name: type}) -%}
    {%- endfor -%}
    select {{ contract_columns() }}
    from (
        {{ versions(states, key, values, changing) }}
    ) as versions
{%- endmacro %}

{# Change on ``before`` in percent; null of nothing and of zero. #}
{% macro change_pct(now, before) -%}
    case when {{ before }} <> 0
        then cast({{ now }} - {{ before }} as double) * 100 / cast(abs({{ before }}) as double) end
{%- endmacro %}

{# ``part`` of ``whole`` in percent; null of nothing and of zero. #}
{% macro share_pct(part, whole) -%}
    case when {{ whole }} <> 0 then cast({{ part }} as double) * 100 / cast({{ whole }} as double) end
{%- endmacro %}

{# ``amount`` for each of ``heads``; null where either is unknown or there are none. #}
{% macro per_head(amount, heads) -%}
    case when {{ heads }} > 0 then cast({{ amount }} as double) / cast({{ heads }} as double) end
{%- endmacro %}
