-- Lines of the functional classification as a report prints them with their code, each with the names printed anywhere for the lines above it.
-- 支出 at the end of a name is left away: tables print 公共安全支出 where text says 公共安全（类）.
with printed as (
    select distinct
        report_key, account_key, account_code as code,
        {{ plain_wording('account_name') }} as name
    from {{ ref('int_accounts') }}
    where classification = 'function' and account_code is not null and account_name is not null
),

named as (
    select
        report_key, account_key, code,
        case when name like '_%支出' then substr(name, 1, length(name) - 2) else name end as name
    from printed
)

select distinct
    lines.report_key, lines.account_key, lines.name, length(lines.code) as digits,
    groups.name as group_name, classes.name as class_name
from named as lines
left join (select distinct code, name from named where length(code) = 5) as groups
    on length(lines.code) = 7 and substr(lines.code, 1, 5) = groups.code
left join (select distinct code, name from named where length(code) = 3) as classes
    on length(lines.code) > 3 and substr(lines.code, 1, 3) = classes.code
