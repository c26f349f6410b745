-- What the title of a money table and the headings over a column say: what is measured, from which funds, planned or carried out,
-- and which code list the lines belong to. The wordings are data (seed account_aspects). Grain: one row per title and headings.
with headings as (
    select distinct plain_table, plain_columns from {{ ref('int_account_cells') }}
),

said as (
    select
        headings.plain_table, headings.plain_columns,
        aspects.aspect, aspects.place, aspects.value,
        row_number() over (
            partition by headings.plain_table, headings.plain_columns, aspects.aspect, case when aspects.aspect = 'measure' then aspects.place end
            order by aspects.priority, aspects.printed
        ) as place_in_order
    from headings
    inner join {{ ref('account_aspects') }} as aspects
        on case when aspects.place = 'column' then headings.plain_columns else headings.plain_table end like aspects.printed
),

gathered as (
    select
        plain_table, plain_columns,
        max(case when aspect = 'measure' and place = 'column' then value end) as column_measure,
        max(case when aspect = 'measure' and place = 'table' then value end) as table_measure,
        max(case when aspect = 'fund_scope' then value end) as fund_scope,
        max(case when aspect = 'stage' then value end) as stage,
        max(case when aspect = 'code_list' then value end) as code_list
    from said
    where place_in_order = 1
    group by plain_table, plain_columns
)

-- a table of basic expenditure whose column says only 金额 or 合计 gives basic expenditure
select
    plain_table, plain_columns,
    case when column_measure = '合计' then coalesce(table_measure, column_measure) else column_measure end as measure,
    fund_scope, stage, code_list
from gathered
