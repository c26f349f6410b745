-- Lines of the functional classification that statements can name, each with the names of the lines above it: those that a report's tables
-- print with their code (report_key), and those of the code list in a span of years (report_key empty). Grain: one row per report, or none,
-- line, names and years.
with printed as (
    select distinct
        report_key, account_key, account_code as code,
        {{ bare_name('account_name') }} as name,
        0 as from_year, 9999 as to_year
    from {{ ref('int_accounts') }}
    where classification = 'function' and matched_by = 'printed_code' and account_name is not null
),

named as (
    select report_key, account_key, code, name, from_year, to_year from printed
    union all
    select cast(null as string), account_key, code, bare_name, from_year, to_year
    from {{ ref('int_account_codes') }}
    where code_list = 'function'
)

select distinct
    lines.report_key, lines.account_key, lines.name, length(lines.code) as digits,
    groups.name as group_name, classes.name as class_name,
    greatest(lines.from_year, coalesce(groups.from_year, 0), coalesce(classes.from_year, 0)) as from_year,
    least(lines.to_year, coalesce(groups.to_year, 9999), coalesce(classes.to_year, 9999)) as to_year
from named as lines
left join named as groups
    on coalesce(lines.report_key, '') = coalesce(groups.report_key, '')
    and length(lines.code) = 7
    and length(groups.code) = 5
    and substr(lines.code, 1, 5) = groups.code
left join named as classes
    on coalesce(lines.report_key, '') = coalesce(classes.report_key, '')
    and length(lines.code) > 3
    and length(classes.code) = 3
    and substr(lines.code, 1, 3) = classes.code
