-- What was staged of the understood reports is what the marts hold: nothing is lost in a join.
with counted as (
    {%- for name in ['account', 'statement', 'evaluation', 'indicator', 'funding', 'task', 'goal', 'advice', 'account_table'] %}
    select '{{ name }}' as name, count(*) as staged, (select count(*) from {{ ref('fct_' ~ name) }} where {{ in_scope('report') }}) as published
    from {{ counted(name ~ 's') }} as facts
    where {{ in_scope('report') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from counted where staged <> published
