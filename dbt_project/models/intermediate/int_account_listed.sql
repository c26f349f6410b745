-- One row per line of the code lists and of the standard tables, named as in the latest year of its list; from seeds alone.
with coded as (
    select
        account_key, classification, code, code_list, level,
        cast(null as string) as line_code,
        max_by(account_name, from_year) as account_name,
        nullif(min(from_year), 0) as valid_from_year,
        nullif(max(to_year), 9999) as valid_to_year,
        cast(null as string) as parent_account_key
    from {{ ref('int_account_codes') }}
    group by account_key, classification, code, code_list, level
),

standard as (
    select
        {{ line_key('line_code') }} as account_key,
        classification,
        cast(null as string) as code, cast(null as string) as code_list, cast(null as integer) as level,
        line_code, account_name,
        cast(null as integer) as valid_from_year, cast(null as integer) as valid_to_year,
        case when parent_line_code is not null then {{ line_key('parent_line_code') }} end as parent_account_key
    from {{ ref('account_lines') }}
),

lines as (
    select * from coded
    union all
    select * from standard
)

select
    lines.*,
    successors.successor_account_key,
    coalesce(successors.series_account_key, lines.account_key) as series_account_key
from lines
left join {{ ref('int_account_successors') }} as successors on lines.account_key = successors.account_key
