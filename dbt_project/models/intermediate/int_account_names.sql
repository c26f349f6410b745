-- Cells of lines without a code that are lines of a code list by their name: classes by name, lines below them where the lines printed
-- above in the same block tell which (行政运行 stands under every class). Looks only into the cell's own report and at the code lists.
-- Grain: one row per fact.
with cells as (
    select cells.*, headings.code_list as list_of_heading
    from {{ ref('int_account_cells') }} as cells
    inner join {{ ref('int_account_headings') }} as headings
        on cells.plain_table = headings.plain_table and cells.plain_columns = headings.plain_columns
    where coalesce(headings.code_list, '') <> 'none'
),

-- every line of a list that bears or bore the name; names of the report's year come first
fitting as (
    select
        cells.fact_id, cells.report_key, cells.block_key, cells.cell_no, cells.list_of_heading,
        codes.code_list, codes.code, codes.level, codes.account_key,
        max(case when cells.report_year between codes.from_year and codes.to_year then 1 else 0 end) as is_of_year
    from cells
    inner join {{ ref('int_account_codes') }} as codes on cells.bare_name = codes.bare_name
    left join {{ ref('int_account_standard_lines') }} as standard on cells.fact_id = standard.fact_id
    where cells.code is null and standard.fact_id is null
    group by cells.fact_id, cells.report_key, cells.block_key, cells.cell_no, cells.list_of_heading, codes.code_list, codes.code, codes.level, codes.account_key
),

-- the list of a block: by the codes printed in it, else by the table's title, else by the names that stand in one list only
lists as (
    select report_key, block_key, coalesce(max(by_code), max(by_heading), max(by_name)) as code_list
    from (
        select report_key, block_key, list_of_heading as by_heading, cast(null as string) as by_code, cast(null as string) as by_name
        from cells
        union all
        select report_key, block_key, null, min({{ code_list_of('code') }}), null
        from cells
        where code is not null
        group by report_key, block_key
        having count(distinct {{ code_list_of('code') }}) = 1
        union all
        select report_key, block_key, null, null, min(code_list)
        from (
            select report_key, block_key, fact_id, min(code_list) as code_list
            from fitting
            group by report_key, block_key, fact_id
            having count(distinct code_list) = 1
        ) as plain
        group by report_key, block_key
        having count(distinct code_list) = 1
    ) as told
    group by report_key, block_key
),

-- of the names of a year and those of other years, the year's; a block of unknown list keeps only what cannot be mistaken
candidates as (
    select fitting.*
    from fitting
    inner join lists on fitting.report_key = lists.report_key and fitting.block_key = lists.block_key and fitting.code_list = lists.code_list
    qualify fitting.is_of_year = max(fitting.is_of_year) over (partition by fitting.fact_id)
),

-- classes: a name that the class above bears already (其他支出 under 其他支出) is no class
class_names as (
    select
        fact_id, report_key, block_key, cell_no, code, account_key,
        lag(code) over (partition by report_key, block_key order by cell_no, code) as code_before
    from (
        select *, count(*) over (partition by fact_id) as fits
        from candidates
        where level = 1
    ) as first_level
    where fits = 1
),

classes as (
    select * from class_names where code_before is null or code_before <> code
),

marked as (
    select
        cells.fact_id, cells.report_key, cells.block_key, cells.cell_no,
        coalesce(substr(cells.code, 1, 3), classes.code) as class_here,
        case when length(cells.code) >= 5 then substr(cells.code, 1, 5) end as group_printed
    from cells
    inner join (select distinct report_key, block_key from candidates) as blocks
        on cells.report_key = blocks.report_key and cells.block_key = blocks.block_key
    left join classes on cells.fact_id = classes.fact_id
),

in_class as (
    select
        *,
        max(class_here) over (partition by report_key, block_key, class_no) as class_code
    from (
        select
            *,
            count(class_here) over (partition by report_key, block_key order by cell_no rows between unbounded preceding and current row) as class_no
        from marked
    ) as numbered
),

-- 款 below the class printed above, in the same way
group_names as (
    select
        candidates.fact_id, candidates.code, candidates.account_key, in_class.report_key, in_class.block_key, in_class.class_no, in_class.cell_no,
        lag(candidates.code) over (partition by in_class.report_key, in_class.block_key, in_class.class_no order by in_class.cell_no) as code_before
    from candidates
    inner join in_class on candidates.fact_id = in_class.fact_id
    left join classes on candidates.fact_id = classes.fact_id
    where candidates.level = 2
        and classes.fact_id is null
        and substr(candidates.code, 1, 3) = in_class.class_code
),

groups as (
    select * from group_names where code_before is null or code_before <> code
),

in_group as (
    select
        *,
        max(group_here) over (partition by report_key, block_key, class_no, group_no) as group_code
    from (
        select
            in_class.*,
            coalesce(in_class.group_printed, groups.code) as group_here,
            count(coalesce(in_class.group_printed, groups.code)) over (
                partition by in_class.report_key, in_class.block_key, in_class.class_no
                order by in_class.cell_no rows between unbounded preceding and current row
            ) as group_no
        from in_class
        left join groups on in_class.fact_id = groups.fact_id
    ) as numbered
),

below as (
    select
        candidates.fact_id, candidates.code, candidates.account_key, in_group.class_code, in_group.group_code,
        count(*) over (partition by candidates.fact_id) as fits
    from candidates
    inner join in_group on candidates.fact_id = in_group.fact_id
    left join classes on candidates.fact_id = classes.fact_id
    left join groups on candidates.fact_id = groups.fact_id
    where candidates.level = 3
        and classes.fact_id is null
        and groups.fact_id is null
        and candidates.code like coalesce(in_group.group_code, in_group.class_code) || '%'
),

-- where nothing above tells, a name that one line alone bears
alone as (
    select candidates.fact_id, min(candidates.code) as code, min(candidates.account_key) as account_key
    from candidates
    inner join in_class on candidates.fact_id = in_class.fact_id
    where in_class.class_code is null
    group by candidates.fact_id
    having count(*) = 1
),

found as (
    select fact_id, code, account_key, 'class_name' as matched_by, 0.95 as confidence, 1 as priority from classes
    union all
    select fact_id, code, account_key, 'lines_above', 0.9, 2 from groups
    union all
    select fact_id, code, account_key, 'lines_above', case when group_code is not null then 0.9 else 0.8 end, 3 from below where fits = 1
    union all
    select fact_id, code, account_key, 'only_line_of_name', 0.7, 4 from alone
)

select fact_id, code, account_key, matched_by, cast(confidence as decimal(4, 2)) as confidence
from found
qualify row_number() over (partition by fact_id order by priority, code) = 1
