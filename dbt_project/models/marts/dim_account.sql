-- Grain: one row per line of the budget classification, printed or not, and per other line that tables print. Named as in the code list of
-- the latest year, else as in the latest report.
with listed as (
    select * from {{ ref('int_account_listed') }}
),

printed as (
    select
        account_key, classification, code, account_name,
        min(fiscal_year) over (partition by account_key) as first_printed_year,
        max(fiscal_year) over (partition by account_key) as last_printed_year
    from {{ ref('report_account') }}
    qualify row_number() over (partition by account_key order by fiscal_year desc, report_key, account_name) = 1
),

-- a code that no list has stands below the line that its first digits name, named by a list, a report or nobody
unlisted as (
    select distinct substr(printed.code, 1, digits.digits) as code, printed.classification
    from printed
    cross join (select 3 as digits union all select 5 union all select 7) as digits
    where digits.digits <= length(printed.code)
        and not exists (select 1 from listed where listed.code = substr(printed.code, 1, digits.digits))
),

lines as (
    select
        account_key, classification, code, code_list, level, line_code, account_name, valid_from_year, valid_to_year,
        case when line_code is not null then 'standard_line' else 'code_list' end as basis
    from listed
    union all
    select
        {{ code_key('unlisted.classification', 'unlisted.code', '1') }}, unlisted.classification, unlisted.code, {{ code_list_of('unlisted.code') }},
        cast((length(unlisted.code) - 1) / 2 as integer), null,
        '（未印出名称）', null, null, 'code'
    from unlisted
),

every_line as (
    select
        lines.account_key, lines.classification, lines.code, lines.code_list, lines.level, lines.line_code,
        case when lines.basis = 'code' then coalesce(printed.account_name, lines.account_name) else lines.account_name end as account_name,
        lines.valid_from_year, lines.valid_to_year,
        case when lines.basis = 'code' and printed.account_key is not null then 'printed' else lines.basis end as basis
    from lines
    left join printed on lines.account_key = printed.account_key
    union all
    select
        printed.account_key, printed.classification, printed.code, {{ code_list_of('printed.code') }},
        case when length(printed.code) in (3, 5, 7) then cast((length(printed.code) - 1) / 2 as integer) end,
        null, printed.account_name, null, null, 'printed'
    from printed
    left join lines on printed.account_key = lines.account_key
    where lines.account_key is null
),

-- the code's parent in the same list; of two meanings of a code, the one of the child's years
parents as (
    select every_line.account_key, above.account_key as parent_account_key
    from every_line
    inner join every_line as above
        on every_line.classification = above.classification
        and length(every_line.code) > 3
        and above.code = substr(every_line.code, 1, length(every_line.code) - 2)
    qualify row_number() over (
        partition by every_line.account_key
        order by
            case when coalesce(every_line.valid_to_year, 9999) between coalesce(above.valid_from_year, 0) and coalesce(above.valid_to_year, 9999) then 0 else 1 end,
            above.account_key
    ) = 1
),

-- COFOG by the longest code that the mapping has
cofog as (
    select every_line.account_key, mapping.cofog_code, mapping.confidence as cofog_confidence
    from every_line
    inner join {{ ref('account_cofog') }} as mapping
        on every_line.code_list = 'function'
        and every_line.code like mapping.code || '%'
    qualify row_number() over (partition by every_line.account_key order by length(mapping.code) desc) = 1
),

final as (
    select
        every_line.*,
        coalesce(parents.parent_account_key, listed.parent_account_key) as parent_account_key,
        listed.successor_account_key,
        coalesce(listed.series_account_key, every_line.account_key) as series_account_key,
        cofog.cofog_code, cofog.cofog_confidence,
        printed.first_printed_year, printed.last_printed_year
    from every_line
    left join parents on every_line.account_key = parents.account_key
    left join listed on every_line.account_key = listed.account_key
    left join cofog on every_line.account_key = cofog.account_key
    left join printed on every_line.account_key = printed.account_key
)

select {{ contract_columns() }}
from final
