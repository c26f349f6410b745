-- What contradicts what: corrections and what became of them, text that was lost or left unread.
with corrected as (
    select
        case when corrections.state = 'applied' then 'correction_applied' else 'correction_refused' end as rule_id,
        corrections.report_key,
        coalesce(corrections.table_name, '') || ' ' || coalesce(corrections.source_ref, '') || ' ' || coalesce(corrections.field_name, '')
            || case when corrections.state = 'applied' then '' else ' ' || cast(corrections.file_line as varchar) end as place,
        case when corrections.state = 'applied'
            then corrections.field_name || ' 印为 ' || coalesce(corrections.printed, '空') || '，更正为 ' || coalesce(corrections.right_value, '空')
                || '（' || corrections.reason || '；' || corrections.corrected_by || '，' || cast(corrections.corrected_on as varchar) || '）'
            else '更正文件第 ' || cast(corrections.file_line as varchar) || ' 行：' || corrections.message end as message,
        corrections.printed,
        corrections.right_value as expected,
        corrections.fact_id as fact_ids,
        corrections.source_ref as source_refs
    from {{ ref('corrections') }} as corrections
    where corrections.state <> 'report_absent'
),

covered as (
    select
        'text_lost' as rule_id, report_key, 'all' as place,
        '文件原始字符中有 ' || cast(digits_in_file as varchar) || ' 个数字字符，读出的有 ' || cast(digits_read as varchar) || ' 个' as message,
        cast(digits_in_file as varchar) as printed,
        cast(digits_read as varchar) as expected,
        cast(null as varchar) as fact_ids,
        cast(null as varchar) as source_refs
    from {{ ref('coverage') }}
    where part = 'all' and digits_in_file <> digits_read
    union all
    select
        'much_unread' as rule_id, report_key, 'all' as place,
        '印出 ' || cast(numbers as varchar) || ' 个数字，有 ' || cast(unclaimed as varchar) || ' 个没有读出' as message,
        cast(unclaimed as varchar) as printed,
        cast(null as varchar) as expected,
        cast(null as varchar) as fact_ids,
        cast(null as varchar) as source_refs
    from {{ ref('coverage') }}
    where part = 'all' and unclaimed_pct > 2
),

-- A figure of running text beside the one of the table it differs from.
differing as (
    select
        'prose_differs' as rule_id, prose.report_key,
        prose.fact_id || ' ' || prose.measure || ' ' || prose.stage as place,
        '行文与表格不一致：' || prose.measure || '，行文为 ' || cast(cast(prose.value as double) as varchar) || coalesce(prose.unit, '') ||
            '，表格为 ' || cast(cast(tabled.value as double) as varchar) || coalesce(tabled.unit, '') as message,
        cast(prose.value as varchar) as printed,
        cast(tabled.value as varchar) as expected,
        prose.fact_id || ' ' || tabled.fact_id as fact_ids,
        told.source_ref || ' ' || cells.source_ref as source_refs
    from {{ ref('bureau_measure') }} as prose
    inner join {{ ref('bureau_measure') }} as tabled
        on prose.bureau_key = tabled.bureau_key
        and prose.fiscal_year = tabled.fiscal_year
        and prose.measure = tabled.measure
        and prose.stage = tabled.stage
        and prose.report_fiscal_year = tabled.report_fiscal_year
        and tabled.source = 'table'
        and not tabled.agrees
    inner join {{ ref('stg_statements') }} as told on prose.fact_id = told.fact_id
    inner join {{ ref('stg_accounts') }} as cells on tabled.fact_id = cells.fact_id
    where prose.source = 'text' and not prose.agrees and prose.value <> tabled.value
    qualify row_number() over (partition by prose.fact_id, prose.measure, prose.stage order by tabled.fact_id) = 1
),

found as (
    select * from corrected
    union all
    select * from covered
    union all
    select * from differing
),

final as (
    select
        found.*,
        {{ stable_key(['found.rule_id', 'found.report_key', 'found.place']) }} as finding_id,
        rules.severity,
        reports.bureau_key,
        reports.fiscal_year,
        case when found.rule_id not like 'correction%'
            then cast(cast(try_cast(found.printed as decimal(28, 8)) - try_cast(found.expected as decimal(28, 8)) as double) as varchar) end as difference
    from found
    inner join {{ ref('rules') }} as rules on found.rule_id = rules.rule_id
    left join {{ ref('int_reports') }} as reports on found.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
