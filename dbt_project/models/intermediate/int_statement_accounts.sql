-- Statements that print levels - 卫生健康支出（类）行政事业单位医疗（款）, 行政单位医疗 - with the one line of the classification that is named so:
-- among the lines that the report's tables print, else in the code list of its year. Where two lines fit, or none, the statement has no row here.
with levelled as (
    select
        fact_id, report_key,
        {{ plain_wording('subject') }} as item,
        {{ plain_wording('scope') }} as levels
    from {{ counted('statements') }} as statements
    where kind in ('amount', 'change', 'rate')
        and subject is not null
        and (scope like '%（类%' or scope like '%（款%' or scope like '%(类%' or scope like '%(款%')
),

divided as (
    select
        fact_id, report_key, item,
        item in ('支出', '支出决算', '支出预算') as is_the_level,
        case when levels like '%（类）%' then split_part(levels, '（类）', 1) end as class_name,
        case when levels like '%（款）' then replace(split_part(levels, '（类）', case when levels like '%（类）%' then 2 else 1 end), '（款）', '') end as group_name
    from levelled
    where levels like '%（款）' or levels like '%（类）'
),

-- 公共安全（类）支出: what is spent under the last level printed is that level's line
aimed as (
    select
        fact_id, report_key,
        case when is_the_level then coalesce(group_name, class_name) else item end as name,
        case when group_name is null then 5 else 7 end - case when is_the_level then 2 else 0 end as digits,
        case when not is_the_level then group_name end as group_name,
        case when not is_the_level or group_name is not null then class_name end as class_name
    from divided
),

named as (
    select
        fact_id, report_key, digits,
        {{ bare_name('name') }} as name,
        {{ bare_name('group_name') }} as group_name,
        {{ bare_name('class_name') }} as class_name
    from aimed
),

fitting as (
    select distinct named.fact_id, lines.account_key, lines.report_key is not null as is_printed
    from named
    inner join {{ ref('int_reports') }} as reports on named.report_key = reports.report_key
    inner join {{ ref('int_account_lines') }} as lines
        on named.name = lines.name
        and named.digits = lines.digits
        and (lines.report_key is null or named.report_key = lines.report_key)
        and reports.fiscal_year between lines.from_year and lines.to_year
        and (named.group_name is null or named.group_name = lines.group_name)
        and (named.class_name is null or named.class_name = lines.class_name)
),

counted as (
    select
        fact_id,
        count(distinct case when is_printed then account_key end) as printed_lines,
        count(distinct account_key) as lines,
        min(case when is_printed then account_key end) as printed_account_key,
        min(account_key) as account_key
    from fitting
    group by fact_id
)

select fact_id, case when printed_lines = 1 then printed_account_key else account_key end as account_key
from counted
where printed_lines = 1 or (printed_lines = 0 and lines = 1)
