{# Key of a line of a code list. A code that was given to another line later (meaning 2, 3 …) has a key of its own for each. #}
{% macro code_key(classification, code, meaning_no) -%}
    {{ stable_key([classification, "case when " ~ meaning_no ~ " > 1 then concat_ws('#', " ~ code ~ ", cast(" ~ meaning_no ~ " as string)) else " ~ code ~ " end"]) }}
{%- endmacro %}

{# Key of a line of the standard tables. #}
{% macro line_key(line_code) -%}
    {{ stable_key(["'line'", line_code]) }}
{%- endmacro %}

{# function, economic or income by a code's first digit; null where it is no code of the classification (a unit's code, say). #}
{% macro classification_of(code) -%}
    case
        when length({{ code }}) not in (3, 5, 7, 9) then null
        when substr({{ code }}, 1, 1) = '2' then 'function'
        when substr({{ code }}, 1, 1) in ('3', '5') then 'economic'
        when substr({{ code }}, 1, 1) = '1' then 'income'
    end
{%- endmacro %}

{# The code list that a code stands in, by its first digit. #}
{% macro code_list_of(code) -%}
    case substr({{ code }}, 1, 1)
        when '2' then 'function' when '3' then 'departmental_economic' when '5' then 'government_economic'
    end
{%- endmacro %}
