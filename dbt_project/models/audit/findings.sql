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

-- Two files of one report: a figure that each names once and states otherwise.
said_once as (
    select report_key, said, max(stated) as stated, max(fact_id) as fact_id, max(source_ref) as source_ref
    from {{ ref('int_said') }}
    group by report_key, said
    having count(*) = 1
),

between_files as (
    select
        'files_differ' as rule_id, twins.report_key,
        one.said as place,
        '同一报告的两份文件不一致：' || replace(one.said, '|', ' ') || '，' || other_file.file_name || ' 为 ' || other.stated || '，本文件为 ' || one.stated as message,
        one.stated as printed,
        other.stated as expected,
        other.fact_id as fact_ids,
        one.source_ref || ' ' || other.source_ref as source_refs
    from {{ ref('int_twins') }} as twins
    inner join said_once as one on twins.report_key = one.report_key
    inner join said_once as other on twins.twin_of = other.report_key and one.said = other.said
    inner join {{ ref('int_reports') }} as other_file on twins.twin_of = other_file.report_key
    where one.stated <> other.stated
),

-- What only one of them names, counted: the readers may have failed there, or the bureau left it out.
only_here as (
    select
        'only_in_one_file' as rule_id, twins.report_key, 'all' as place,
        '本文件有 ' || cast(count(*) as varchar) || ' 项在同一报告的另一份文件 ' || min(other_file.file_name) || ' 里没有，没有计入，如：'
            || min(replace(one.said, '|', ' ') || ' = ' || one.stated) as message,
        cast(count(*) as varchar) as printed,
        cast(null as varchar) as expected,
        cast(null as varchar) as fact_ids,
        min(one.source_ref) as source_refs
    from {{ ref('int_twins') }} as twins
    inner join {{ ref('int_said') }} as one on twins.report_key = one.report_key
    inner join {{ ref('int_reports') }} as other_file on twins.twin_of = other_file.report_key
    left join (select distinct report_key, said from {{ ref('int_said') }}) as there
        on twins.twin_of = there.report_key
        and one.said = there.said
    where there.report_key is null
    group by twins.report_key
),

found as (
    select * from corrected
    union all
    select * from covered
    union all
    select * from differing
    union all
    select * from between_files
    union all
    select * from only_here
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
