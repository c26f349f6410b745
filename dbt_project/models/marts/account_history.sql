-- Grain: one row per bureau, account, measure, fiscal year and amount that a report states for it (fact_id: the first cell that states it).
-- A series is what a bureau says of an account: the same measure from the same funds, planned or carried out, on the same side, wherever
-- it is printed - table numbers, titles and headings may change over the years, a code may be renumbered. The newest publication comes first.
with stated as (
    select
        accounts.fact_id, reports.bureau_key, accounts.account_key,
        coalesce(lines.series_account_key, accounts.account_key) as series_account_key,
        accounts.account_code as code,
        coalesce(lines.account_name, accounts.account_name, '（无行名）') as account_name,
        accounts.measure, accounts.fund_scope, accounts.stage, accounts.side,
        accounts.column_name, accounts.table_no, accounts.table_match, accounts.cell_no,
        accounts.fiscal_year, accounts.amount_yuan,
        accounts.report_key, reports.report_kind,
        reports.fiscal_year as report_fiscal_year,
        -- a line known by its name alone may mean something else in another table
        case when accounts.matched_by = 'printed_name' then concat_ws('|', accounts.table_match, accounts.column_name) end as only_in,
        -- lines equal in all of that (a table of several units): told apart by their order
        row_number() over (
            partition by accounts.report_key, accounts.table_ref, accounts.account_key, accounts.account_name, accounts.side,
                accounts.measure, accounts.fund_scope, accounts.stage, accounts.fiscal_year, accounts.column_name
            order by accounts.cell_no
        ) as occurrence
    from {{ ref('int_accounts') }} as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
    left join {{ ref('int_account_listed') }} as lines on accounts.account_key = lines.account_key
    where accounts.fiscal_year is not null and accounts.amount_yuan is not null
),

identified as (
    select
        *,
        {{ stable_key(['bureau_key', 'series_account_key', 'measure', 'fund_scope', 'stage', 'side', 'only_in', 'occurrence']) }} as series_key
    from stated
),

-- what several tables of one report state alike is one statement of it
once as (
    select *
    from identified
    qualify row_number() over (
        partition by series_key, fiscal_year, report_key, amount_yuan
        order by case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
    ) = 1
),

ranked as (
    select
        *,
        row_number() over (
            partition by series_key, fiscal_year
            order by report_fiscal_year desc, report_key, case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
        ) as newness,
        row_number() over (
            partition by series_key, fiscal_year, report_key
            order by case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
        ) as place_in_report
    from once
),

-- two tables of one report that differ contradict each other; another report that differs restates the figure
counted as (
    select
        series_key, fiscal_year,
        count(distinct amount_yuan) as stated_amounts,
        count(distinct case when place_in_report = 1 then amount_yuan end) > 1 as is_restated
    from ranked
    group by series_key, fiscal_year
),

final as (
    select
        ranked.*,
        counted.stated_amounts, counted.is_restated,
        ranked.newness = 1 as is_newest,
        before.amount_yuan as amount_previous_yuan,
        ranked.amount_yuan - before.amount_yuan as change_yuan,
        case when before.amount_yuan <> 0
            then cast(ranked.amount_yuan - before.amount_yuan as double) * 100 / cast(before.amount_yuan as double) end as change_pct
    from ranked
    inner join counted on ranked.series_key = counted.series_key and ranked.fiscal_year = counted.fiscal_year
    left join ranked as before
        on ranked.series_key = before.series_key
        and ranked.fiscal_year = before.fiscal_year + 1
        and before.newness = 1
)

select {{ contract_columns() }}
from final
