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
        on prose.other_fact_id = tabled.fact_id
        and prose.measure = tabled.measure
        and tabled.source = 'table'
    inner join {{ ref('stg_statements') }} as told on prose.fact_id = told.fact_id
    inner join {{ ref('stg_accounts') }} as cells on tabled.fact_id = cells.fact_id
    where prose.source = 'text' and not prose.agrees and prose.value <> tabled.value
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

-- A later edition of a publication and the one whose place it took: figures that each names once and states otherwise.
between_editions as (
    select
        'edition_corrected' as rule_id, replaced.report_key,
        one.said as place,
        '后一版本更正：' || replace(one.said, '|', ' ') || '，由 ' || one.stated || ' 改为 ' || other.stated || '（' || later.file_name || '）' as message,
        one.stated as printed,
        other.stated as expected,
        one.fact_id || ' ' || other.fact_id as fact_ids,
        one.source_ref || ' ' || other.source_ref as source_refs
    from {{ ref('int_editions') }} as replaced
    inner join said_once as one on replaced.report_key = one.report_key
    inner join said_once as other on replaced.superseded_by = other.report_key and one.said = other.said
    inner join {{ ref('int_reports') }} as later on replaced.superseded_by = later.report_key
    where one.stated <> other.stated
),

-- What the later edition does not name any more.
only_in_earlier as (
    select
        'only_in_earlier_edition' as rule_id, replaced.report_key, 'all' as place,
        '后一版本 ' || min(later.file_name) || ' 不再有本报告的 ' || cast(count(*) as varchar) || ' 项，如：'
            || min(replace(one.said, '|', ' ') || ' = ' || one.stated) as message,
        cast(count(*) as varchar) as printed,
        cast(null as varchar) as expected,
        cast(null as varchar) as fact_ids,
        min(one.source_ref) as source_refs
    from {{ ref('int_editions') }} as replaced
    inner join {{ ref('int_said') }} as one on replaced.report_key = one.report_key
    inner join {{ ref('int_reports') }} as later on replaced.superseded_by = later.report_key
    left join (select distinct report_key, said from {{ ref('int_said') }}) as there
        on replaced.superseded_by = there.report_key
        and one.said = there.said
    where there.report_key is null
    group by replaced.report_key
),

-- Two files of one publication that state the same things, and nothing says which is the later: both count.
unordered as (
    select
        'edition_order_unknown' as rule_id, pairs.later_key as report_key, other_file.report_key as place,
        '与同一次公布的 ' || other_file.file_name || ' 所列项目大多相同而数不全同，看不出先后，两份都计入' as message,
        cast(null as varchar) as printed,
        cast(null as varchar) as expected,
        cast(null as varchar) as fact_ids,
        cast(null as varchar) as source_refs
    from {{ ref('int_edition_pairs') }} as pairs
    inner join {{ ref('int_reports') }} as other_file on pairs.earlier_key = other_file.report_key
    left join {{ ref('int_edition_pairs') }} as back
        on pairs.later_key = back.earlier_key
        and pairs.earlier_key = back.later_key
    where pairs.is_unordered and (back.later_key is null or pairs.later_key < pairs.earlier_key)
),

-- A headline figure of a year that a report of a later year states otherwise.
restated as (
    select
        'figure_restated' as rule_id, history.later_report_key as report_key,
        history.bureau_key || ' ' || cast(history.fiscal_year as varchar) || ' ' || history.measure || ' ' || history.stage as place,
        '重述：' || cast(history.fiscal_year as varchar) || ' 年 ' || history.measure || '，当年报告为 ' || cast(cast(history.own_value as double) as varchar)
            || history.unit || '，本报告为 ' || cast(cast(history.later_value as double) as varchar) || history.unit as message,
        cast(history.later_value as varchar) as printed,
        cast(history.own_value as varchar) as expected,
        history.later_fact_id || ' ' || history.own_fact_id as fact_ids,
        cast(null as varchar) as source_refs
    from {{ ref('measure_history') }} as history
    where history.is_restated
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
    union all
    select * from between_editions
    union all
    select * from only_in_earlier
    union all
    select * from unordered
    union all
    select * from restated
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
