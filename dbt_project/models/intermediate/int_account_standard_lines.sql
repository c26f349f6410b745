-- Cells of lines without a code that are lines of the standard tables (收入总计, 年末结转和结余, 公务接待费 …), by their name or, in a table
-- without lines of its own, by their column. The wordings are data (seed account_line_names). Grain: one row per fact.
with cells as (
    select * from {{ ref('int_account_cells') }} where code is null
),

-- the line above under which others stand again: 年初财政拨款结转和结余 above its three funds
above as (
    select fact_id, max(heading) over (partition by report_key, block_key, heading_no) as printed_above
    from (
        select
            cells.fact_id, cells.report_key, cells.block_key, headings.heading,
            count(headings.heading) over (
                partition by cells.report_key, cells.block_key order by cells.cell_no rows between unbounded preceding and current row
            ) as heading_no
        from cells
        left join (
            select distinct cells.plain_name as heading
            from cells
            inner join (select distinct printed_under from {{ ref('account_line_names') }} where printed_under is not null) as under
                on cells.plain_name like under.printed_under
        ) as headings on cells.plain_name = headings.heading
    ) as numbered
),

by_name as (
    select cells.*, names.line_code, names.measure, names.fund_scope, names.priority
    from cells
    inner join {{ ref('account_line_names') }} as names
        on names.place = 'line'
        and cells.plain_name = names.printed
        and (names.table_match is null or cells.plain_table like names.table_match)
        and (names.side is null or cells.side = names.side)
        and cells.report_year between coalesce(names.valid_from_year, 0) and coalesce(names.valid_to_year, 9999)
    left join above on cells.fact_id = above.fact_id
    where names.printed_under is null or above.printed_above like names.printed_under
),

by_column as (
    select cells.*, names.line_code, names.measure, names.fund_scope, names.priority
    from cells
    inner join {{ ref('account_line_names') }} as names
        on names.place = 'column'
        and cells.plain_columns like names.printed
        and (names.table_match is null or cells.plain_table like names.table_match)
        and (names.side is null or cells.side = names.side)
    where cells.plain_name is null or cells.plain_name = '合计'
)

select fact_id, report_key, line_code, measure, fund_scope
from (
    select * from by_name
    union all
    select * from by_column
) as fitting
qualify row_number() over (partition by fact_id order by priority, line_code) = 1
