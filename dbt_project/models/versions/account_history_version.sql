-- Grain: one row per bureau, account, measure, fiscal year, amount that a report states for it (fact_id: the first cell that states it), and span
-- of days in which the same was known beside it. A series is what a bureau says of an account: the same measure from the same funds, planned or
-- carried out, on the same side, wherever it is printed - table numbers, titles and headings may change over the years, a code may be renumbered.
-- The newest publication comes first.
{{ config(post_hook="{{ as_of_macro(this, 'account_history') }}") }}
with stated as (
    select
        accounts.fact_id, reports.bureau_key, accounts.account_key,
        coalesce(lines.series_account_key, accounts.account_key) as series_account_key,
        accounts.account_code as code,
        coalesce(lines.account_name, accounts.account_name, '（无行名）') as account_name,
        accounts.measure, accounts.fund_scope, accounts.stage, accounts.side,
        accounts.column_name, accounts.table_no, accounts.table_match, accounts.cell_no,
        accounts.fiscal_year, accounts.amount_yuan,
        accounts.report_key, reports.report_kind, coalesce(accounts.known_from, {{ unknown_day() }}) as known_from, accounts.known_to,
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

days as (
    select keyed.*
    from (
        {{ days_of_change('once', ['series_key', 'fiscal_year']) }}
        union
        {{ days_of_change('once', ['series_key', 'fiscal_year'], 1) }}
    ) as keyed
    inner join (select distinct series_key, fiscal_year from once) as known
        on keyed.series_key = known.series_key
        and keyed.fiscal_year = known.fiscal_year
),

-- all that had been stated by a day; what a later edition had replaced by then is not stated any more
known as (
    select days.day, once.*, once.known_to is null or once.known_to > days.day as is_stated
    from once
    inner join days
        on once.series_key = days.series_key
        and once.fiscal_year = days.fiscal_year
        and once.known_from <= days.day
),

placed as (
    select
        *,
        row_number() over (
            partition by series_key, fiscal_year, day, is_stated
            order by report_fiscal_year desc, known_from desc, report_key, case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
        ) as newness,
        row_number() over (
            partition by series_key, fiscal_year, day, is_stated
            order by report_fiscal_year, known_from, report_key, case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
        ) as oldness,
        row_number() over (
            partition by series_key, fiscal_year, day, is_stated, report_key
            order by case when table_no is null then 1 else 0 end, table_no, table_match, cell_no, fact_id
        ) as place_in_report
    from known
),

-- two tables of one report that differ contradict each other; another report that differs restates the figure
together as (
    select
        series_key, fiscal_year, day,
        count(distinct amount_yuan) as stated_amounts,
        count(distinct case when place_in_report = 1 then amount_yuan end) > 1 as is_restated,
        max(case when oldness = 1 then amount_yuan end) as first_stated_yuan,
        max(case when oldness = 1 then report_key end) as first_report_key
    from placed
    where is_stated
    group by series_key, fiscal_year, day
),

-- what was known of the year before on that day
previous as (
    select days.series_key, days.fiscal_year, days.day, once.amount_yuan
    from days
    inner join once
        on days.series_key = once.series_key
        and days.fiscal_year = once.fiscal_year + 1
        and {{ stood_on('once', 'days.day') }}
    qualify row_number() over (
        partition by days.series_key, days.fiscal_year, days.day
        order by once.report_fiscal_year desc, once.known_from desc, once.report_key, case when once.table_no is null then 1 else 0 end, once.table_no, once.table_match, once.cell_no, once.fact_id
    ) = 1
),

final as (
    select
        placed.*,
        placed.newness = 1 as is_newest,
        together.stated_amounts, together.is_restated,
        together.first_stated_yuan, together.first_report_key,
        placed.amount_yuan - together.first_stated_yuan as restated_difference_yuan,
        previous.amount_yuan as amount_previous_yuan,
        placed.amount_yuan - previous.amount_yuan as change_yuan,
        {{ change_pct('placed.amount_yuan', 'previous.amount_yuan') }} as change_pct
    from placed
    left join together
        on placed.series_key = together.series_key
        and placed.fiscal_year = together.fiscal_year
        and placed.day = together.day
    left join previous
        on placed.series_key = previous.series_key
        and placed.fiscal_year = previous.fiscal_year
        and placed.day = previous.day
)

{{ contract_versions('final', ['fact_id'], ['stated_amounts', 'is_restated', 'first_stated_yuan', 'first_report_key', 'is_newest', 'amount_previous_yuan']) }}
