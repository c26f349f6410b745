{{ config(materialized="incremental", meta={"scope": "report"}) }}
-- The line of the classification or of the standard tables that a money cell belongs to, how surely, and what the cell states of it:
-- measure, source of funds, planned or carried out. Depends on the cell's own report and on code lists alone. Grain: one row per fact.
with cells as (
    select * from {{ ref('int_account_cells') }}
),

-- A code that was given to another line in other years: the line whose name is printed, else the line of the report's year.
coded as (
    select cells.fact_id, codes.meaning_no, codes.account_key
    from cells
    inner join {{ ref('int_account_codes') }} as codes on cells.code = codes.code
    qualify row_number() over (
        partition by cells.fact_id
        order by
            case when cells.bare_name = codes.bare_name then 0 else 1 end,
            case when cells.report_year between codes.from_year and codes.to_year then 0 else 1 end,
            codes.meaning_no, codes.from_year
    ) = 1
),

resolved as (
    select
        cells.*,
        coalesce(cells.code, names.code) as account_code,
        standard.line_code,
        standard.measure as measure_of_line,
        standard.fund_scope as fund_of_line,
        coalesce(coded.account_key, names.account_key) as listed_key,
        case
            when cells.code is not null then {{ classification_of('cells.code') }}
            when standard.fact_id is not null then lines.classification
            when names.fact_id is not null then {{ classification_of('names.code') }}
            when cells.side = 'income' then 'income'
            else 'other'
        end as classification,
        case
            when cells.code is not null then 'printed_code'
            when standard.fact_id is not null then 'standard_line'
            else coalesce(names.matched_by, 'printed_name')
        end as matched_by,
        case
            when cells.code is not null then 1
            when standard.fact_id is not null then 0.95
            else coalesce(names.confidence, 0.5)
        end as confidence
    from cells
    left join coded on cells.fact_id = coded.fact_id
    left join {{ ref('int_account_standard_lines') }} as standard on cells.fact_id = standard.fact_id
    left join {{ ref('account_lines') }} as lines on standard.line_code = lines.line_code
    left join {{ ref('int_account_names') }} as names on cells.fact_id = names.fact_id
),

keyed as (
    select
        resolved.*,
        case
            when resolved.listed_key is not null then resolved.listed_key
            when resolved.line_code is not null then {{ line_key('resolved.line_code') }}
            else {{ stable_key(['resolved.classification', "coalesce(resolved.account_code, resolved.account_name, '')"]) }}
        end as account_key,
        -- a column of changes gives no level of any line
        case when headings.measure = '增减' then headings.measure else coalesce(resolved.measure_of_line, headings.measure) end as measure,
        coalesce(resolved.fund_of_line, headings.fund_scope) as fund_scope,
        coalesce(headings.stage, case when resolved.report_kind like '%budget' then 'budget' else 'final' end) as stage
    from resolved
    inner join {{ ref('int_account_headings') }} as headings
        on resolved.plain_table = headings.plain_table and resolved.plain_columns = headings.plain_columns
)

select
    fact_id, report_key, account_key, classification, account_code, line_code, matched_by,
    cast(confidence as decimal(20, 6)) as confidence,
    measure, fund_scope, stage
from keyed
