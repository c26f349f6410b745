-- One row per name that a line of a code list bore in a span of years, with the key of the line.
select
    code_list, code, meaning_no, account_name,
    {{ bare_name('account_name') }} as bare_name,
    case when code_list = 'function' then 'function' else 'economic' end as classification,
    cast((length(code) - 1) / 2 as integer) as level,
    coalesce(valid_from_year, 0) as from_year,
    coalesce(valid_to_year, 9999) as to_year,
    {{ code_key("case when code_list = 'function' then 'function' else 'economic' end", 'code', 'meaning_no') }} as account_key
from {{ ref('account_codes') }}
