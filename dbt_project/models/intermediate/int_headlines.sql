-- The headline figures of a bureau's year, from tables and from running text: which lines and phrases they are is data (seeds).
with from_tables as (
    select
        reports.bureau_key,
        accounts.fiscal_year,
        lines.measure,
        case when reports.report_kind like '%budget' then 'budget' else 'final' end as stage,
        accounts.amount_yuan,
        reports.fiscal_year as report_fiscal_year,
        lines.priority,
        accounts.fact_id
    from {{ ref('int_accounts') }} as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
    inner join {{ ref('headline_lines') }} as lines
        on accounts.table_match = lines.table_match
        and coalesce(accounts.account_name, '') = coalesce(lines.account_name, '')
        and coalesce(accounts.side, '') = coalesce(lines.side, '')
        and (lines.column_label is null or accounts.column_name like '%' || lines.column_label)
    where accounts.amount_yuan is not null
),

from_text as (
    select
        reports.bureau_key,
        statements.fiscal_year,
        subjects.measure,
        case when reports.report_kind like '%budget' then 'budget' else 'final' end as stage,
        cast(statements.value_base as decimal(24, 4)) as amount_yuan,
        reports.fiscal_year as report_fiscal_year,
        subjects.priority,
        statements.fact_id
    from {{ ref('stg_statements') }} as statements
    inner join {{ ref('int_reports') }} as reports on statements.report_key = reports.report_key
    inner join {{ ref('headline_subjects') }} as subjects
        on replace(replace(statements.subject, '“', ''), '”', '') = subjects.subject
    where statements.kind = 'amount'
        and statements.form_key is null
        and statements.scope is null
),

candidates as (
    select * from from_tables
    union all
    select * from from_text
)

-- the newest report first, then tables before text, then the first printed
select bureau_key, fiscal_year, measure, stage, amount_yuan
from candidates
qualify row_number() over (
    partition by bureau_key, fiscal_year, measure, stage
    order by report_fiscal_year desc, priority, fact_id
) = 1
