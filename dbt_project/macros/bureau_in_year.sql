{# The bureaus of ``years`` (bureau_key, fiscal_year) as they were in the year: the span that had begun last by then, else the first one. #}
{% macro bureau_in_year(years) -%}
    select
        years.bureau_key, years.fiscal_year,
        bureaus.bureau_name, bureaus.bureau_kind, bureaus.admin_level, bureaus.sector, bureaus.province, bureaus.prefecture
    from (select distinct bureau_key, fiscal_year from {{ years }}) as years
    inner join {{ ref('dim_bureau') }} as bureaus on years.bureau_key = bureaus.bureau_key
    qualify row_number() over (
        partition by years.bureau_key, years.fiscal_year
        order by
            case when bureaus.valid_from_year <= years.fiscal_year then 0 else 1 end,
            case when bureaus.valid_from_year <= years.fiscal_year then -bureaus.valid_from_year else bureaus.valid_from_year end
    ) = 1
{%- endmacro %}
