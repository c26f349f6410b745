-- The headline figures of a bureau's year, from tables, from running text and from forms: which lines, phrases and indicators they are is data (seeds).
-- Grain: one row per measure, stage and fact that states it.
with first_printed as (
    select fact_id, min(number_no) as number_no
    from {{ ref('stg_numbers') }}
    where fact_id is not null
    group by fact_id
),

from_tables as (
    select
        reports.bureau_key, reports.publication_key, accounts.fiscal_year,
        lines.measure,
        coalesce(lines.stage, case when reports.report_kind like '%budget' then 'budget' else 'final' end) as stage,
        'table' as source,
        cast(accounts.amount_yuan as decimal(28, 8)) as value,
        {{ half_a_digit('accounts.amount_yuan', "try_cast(replace(accounts.source_text, ',', '') as decimal(24, 8))", 'accounts.source_text') }} as half_digit,
        accounts.report_key, reports.fiscal_year as report_fiscal_year,
        lines.priority, accounts.fact_id, accounts.known_from, accounts.known_to
    from {{ ref('int_accounts') }} as accounts
    inner join {{ ref('int_reports') }} as reports on accounts.report_key = reports.report_key
    inner join {{ ref('headline_lines') }} as lines
        on accounts.table_match like lines.table_match
        and coalesce(accounts.account_name, '') like coalesce(lines.account_name, '')
        and (lines.side is null or accounts.side = lines.side)
        and (lines.column_label is null or {{ plain_heading('accounts.column_name', 'accounts.amount_unit') }} like '%' || lines.column_label)
    where accounts.amount_yuan is not null
),

spoken as (
    select
        *,
        {{ plain_wording('subject') }} as plain_subject,
        replace(replace({{ plain_wording("coalesce(scope, '')") }}, '/其中', ''), '其中', '') as plain_scope,
        {{ plain_wording("coalesce(section, '')") }} as plain_section,
        {{ plain_wording("coalesce(sentence, '')") }} as plain_sentence
    from {{ counted('statements') }} as statements
    where form_key is null and kind in ('amount', 'count', 'rate')
),

from_text as (
    select
        reports.bureau_key, reports.publication_key, spoken.fiscal_year,
        wordings.measure,
        coalesce(wordings.stage, stages.stage, case when reports.report_kind like '%budget' then 'budget' else 'final' end) as stage,
        'text' as source,
        cast(spoken.value_base as decimal(28, 8)) as value,
        {{ half_a_digit('spoken.value_base', 'spoken.value', 'spoken.source_text') }} as half_digit,
        spoken.report_key, reports.fiscal_year as report_fiscal_year,
        wordings.priority, spoken.fact_id, spoken.known_from, spoken.known_to
    from spoken
    inner join {{ ref('int_reports') }} as reports on spoken.report_key = reports.report_key
    inner join {{ ref('int_headline_wordings') }} as wordings
        on spoken.plain_subject = wordings.subject
        and spoken.plain_scope like wordings.scope
        and (wordings.section is null or spoken.plain_section like wordings.section)
        and (wordings.heading is null or split_part(spoken.plain_section, '/', -1) like wordings.heading)
        and (wordings.sentence is null or spoken.plain_sentence like wordings.sentence)
    inner join {{ ref('measures') }} as measures
        on wordings.measure = measures.measure
        and spoken.kind = measures.kind
        and '|' || measures.printed_units || '|' like '%|' || spoken.base_unit || '|%'
    left join {{ ref('headline_stages') }} as stages on spoken.plain_section like stages.section
    where spoken.period is null or measures.is_at_a_moment
),

-- what a form's indicator measures: its result
from_forms as (
    select
        indicators.bureau_key, reports.publication_key, indicators.fiscal_year,
        named.measure,
        'final' as stage,
        'form' as source,
        cast(indicators.actual_value * named.factor as decimal(28, 8)) as value,
        {{ half_a_digit('indicators.actual_value * named.factor', 'indicators.actual_value', 'indicators.actual_text') }} as half_digit,
        indicators.report_key, reports.fiscal_year as report_fiscal_year,
        named.priority, indicators.fact_id, indicators.known_from, indicators.known_to
    from {{ ref('int_indicators') }} as indicators
    inner join {{ ref('int_reports') }} as reports on indicators.report_key = reports.report_key
    inner join {{ ref('headline_indicators') }} as named
        on {{ plain_wording('indicators.level3') }} = named.indicator
        and indicators.unit = named.unit
    where indicators.actual_value is not null and indicators.form_kind <> 'project_target'
),

stated as (
    select * from from_tables
    union all
    select * from from_text
    union all
    select * from from_forms
)

-- a fact that two wordings fit states its measure once, and at one stage
select
    stated.bureau_key, stated.publication_key, stated.fiscal_year, stated.measure, stated.stage, stated.source, stated.value, stated.half_digit,
    stated.report_key, stated.report_fiscal_year, stated.priority, stated.fact_id,
    coalesce(stated.known_from, {{ unknown_day() }}) as known_from, stated.known_to,
    first_printed.number_no,
    -- which of the facts that state a figure comes first: newer reports before older, tables before text before forms
    row_number() over (
        partition by stated.bureau_key, stated.fiscal_year, stated.measure, stated.stage
        order by
            stated.report_fiscal_year desc, case stated.source when 'table' then 1 when 'text' then 2 else 3 end,
            stated.priority, first_printed.number_no, stated.fact_id
    ) as choice_rank
from (
    select *
    from stated
    where fiscal_year is not null and value is not null
    qualify row_number() over (
        partition by fact_id, measure
        order by priority, stage
    ) = 1
) as stated
left join first_printed on stated.fact_id = first_printed.fact_id
