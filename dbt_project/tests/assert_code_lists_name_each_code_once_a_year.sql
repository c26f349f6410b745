-- In no year does a code of a list bear two names, and what the lists and mappings refer to is in the lists.
with names as (
    select code_list, code, meaning_no, account_name, from_year, to_year from {{ ref('int_account_codes') }}
)

select one.code_list, one.code, one.account_name || ' / ' || other.account_name as wrong
from names as one
inner join names as other
    on one.code_list = other.code_list
    and one.code = other.code
    and (one.meaning_no < other.meaning_no or (one.meaning_no = other.meaning_no and one.account_name < other.account_name))
    and one.from_year <= other.to_year
    and other.from_year <= one.to_year
union all
select successions.code_list, successions.successor_code, 'successor is not in the list'
from {{ ref('account_successions') }} as successions
left join names on successions.code_list = names.code_list and successions.successor_code = names.code and successions.successor_meaning_no = names.meaning_no
where names.code is null
union all
select successions.code_list, successions.code, 'retired code is not in the list'
from {{ ref('account_successions') }} as successions
left join names on successions.code_list = names.code_list and successions.code = names.code and successions.meaning_no = names.meaning_no
where names.code is null
union all
select 'function', mapping.code, 'of the COFOG mapping, but not in the list'
from {{ ref('account_cofog') }} as mapping
left join names on names.code_list = 'function' and mapping.code = names.code
where names.code is null
union all
select 'standard_line', printed.line_code, 'is worded, but no standard line'
from {{ ref('account_line_names') }} as printed
left join {{ ref('account_lines') }} as lines on printed.line_code = lines.line_code
where lines.line_code is null
