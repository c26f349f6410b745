-- Grain: one row per bureau, account, measure, fiscal year and amount that a report states for it.
-- The same line in the same table (year and bureau in its title aside) is one series; the newest publication comes first.
with stated as (
    select
        accounts.fact_id, accounts.bureau_key, accounts.account_key, lines.code, lines.account_name,
        reports.report_kind, accounts.table_match, accounts.side,
        accounts.column_name as measure,
        accounts.fiscal_year, accounts.amount_yuan,
        accounts.report_key, reports.fiscal_year as report_fiscal_year,
        {{ stable_key(['accounts.bureau_key', 'accounts.account_key', 'reports.report_kind', 'accounts.table_match', 'accounts.side', 'accounts.column_name', 'accounts.occurrence']) }} as series_key
    from (
        select cells.*, publishers.bureau_key
        from {{ ref('int_accounts') }} as cells
        inner join {{ ref('int_reports') }} as publishers on cells.report_key = publishers.report_key
    ) as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
    inner join {{ ref('dim_account') }} as lines on accounts.account_key = lines.account_key
    where accounts.fiscal_year is not null and accounts.amount_yuan is not null
),

-- the same table printed twice in one report states its figures once
once as (
    select *
    from stated
    qualify row_number() over (partition by series_key, fiscal_year, report_key order by fact_id) = 1
),

counted as (
    select series_key, fiscal_year, count(distinct amount_yuan) as stated_amounts
    from once
    group by series_key, fiscal_year
),

ranked as (
    select
        stated.*,
        counted.stated_amounts,
        row_number() over (
            partition by stated.series_key, stated.fiscal_year
            order by stated.report_fiscal_year desc, stated.report_key, stated.fact_id
        ) as newness
    from once as stated
    inner join counted on stated.series_key = counted.series_key and stated.fiscal_year = counted.fiscal_year
),

final as (
    select
        ranked.*,
        ranked.newness = 1 as is_newest,
        ranked.stated_amounts > 1 as is_restated,
        before.amount_yuan as amount_previous_yuan,
        ranked.amount_yuan - before.amount_yuan as change_yuan,
        case when before.amount_yuan <> 0
            then cast(ranked.amount_yuan - before.amount_yuan as double) * 100 / cast(before.amount_yuan as double) end as change_pct
    from ranked
    left join ranked as before
        on ranked.series_key = before.series_key
        and ranked.fiscal_year = before.fiscal_year + 1
        and before.newness = 1
)

select {{ contract_columns() }}
from final
