-- What changed on the bureau's year before and on the previous build, and which of it fell: the limits are data (seed drift_rules).
-- Of a file compared with itself only what changed is kept: most files give the same in every build.
with compared as (
    select * from {{ ref('int_drift_last_year') }}
    union all
    select * from {{ ref('int_drift') }}
    where comparison <> 'last_year'
),

changed as (
    select
        *,
        now - before as change,
        case when before <> 0 then cast(now - before as double) * 100 / cast(before as double) end as change_pct,
        max(case when part = 'all' and measure = 'numbers' then now end)
            over (partition by comparison, report_key, bureau_key, report_kind, fiscal_year) as numbers_now,
        max(case when table_match is not null and before = 0 then now end)
            over (partition by comparison, report_key, bureau_key, report_kind, fiscal_year, part, measure) as newcomer
    from compared
),

-- A rule that names the part comes before one for every part.
ruled as (
    select
        changed.*,
        rules.goes_wrong, rules.least_change, rules.least_change_pct, rules.rank
    from changed
    left join {{ ref('drift_rules') }} as rules
        on changed.measure = rules.measure
        and changed.comparison = rules.comparison
        and changed.part = coalesce(rules.part, changed.part)
    qualify row_number() over (
        partition by changed.comparison, changed.report_key, changed.bureau_key, changed.report_kind, changed.fiscal_year,
            changed.part, changed.table_match, changed.measure
        order by rules.part nulls last
    ) = 1
),

-- A table is not lost where another, hardly smaller, came: it has a new title.
judged as (
    select
        *,
        coalesce(
            case
                when table_match is not null and now = 0 and newcomer >= before * (1 - least_change_pct / 100.0) then false
                when goes_wrong = 'falls' then before > 0 and (
                    now = 0
                    or (before - now >= least_change and -change_pct >= least_change_pct)
                )
                when goes_wrong = 'rises' then now - before >= least_change and (before = 0 or change_pct >= least_change_pct)
            end,
            false
        ) as is_flagged
    from ruled
),

-- One event is told once: by its table rather than by all tables, by its part rather than by all parts, by the measure that says most.
weighed as (
    select
        *,
        case
            when goes_wrong = 'falls' then cast(-change as double) / cast(before as double)
            when measure = 'unclaimed_pct' then cast(change as double) / 100
            else cast(change as double) / cast(coalesce(numbers_now, 0) + 1 as double)
        end as severity,
        case when measure in ('reports', 'set_aside') then measure else 'content' end as subject,
        max(case when is_flagged and table_match is not null then 1 else 0 end) over (
            partition by comparison, report_key, bureau_key, report_kind, fiscal_year, part
        ) as flagged_tables,
        max(case when is_flagged and part <> 'all' then 1 else 0 end) over (
            partition by comparison, report_key, bureau_key, report_kind, fiscal_year
        ) as flagged_parts
    from judged
),

told as (
    select
        *,
        is_flagged
            and not (subject = 'content' and table_match is null and flagged_tables = 1)
            and not (subject = 'content' and part = 'all' and flagged_parts = 1)
            and row_number() over (
                partition by comparison, report_key, bureau_key, report_kind, fiscal_year, part, table_match, subject, is_flagged
                order by rank, severity desc, measure
            ) = 1 as is_told
    from weighed
),

final as (
    select
        *,
        case when comparison = 'last_year' then 'last_year' else 'previous_build' end as compared_with,
        comparison = 'same_file' as is_same_file,
        case when is_told then row_number() over (
            partition by is_told
            order by severity desc, rank, -abs(change), bureau_key, report_kind, fiscal_year, comparison, report_key, part, table_match, measure
        ) end as flag_no,
        case when is_flagged then
            concat(
                case comparison when 'last_year' then '与上年比' when 'same_file' then '同一文件与上次构建比' else '文件更换后与上次构建比' end,
                case
                    when goes_wrong = 'rises' then '增多'
                    when now = 0 then '全部消失'
                    else '减少'
                end,
                case
                    when now = 0 then ''
                    when least_change_pct > 0
                        then concat('，达到限度 ', cast(least_change as string), '、', cast(least_change_pct as string), '%')
                    when least_change > 1 then concat('，达到限度 ', cast(least_change as string))
                    else ''
                end
            )
        end as reason
    from told
    where comparison <> 'same_file' or change <> 0
)

select {{ contract_columns() }}
from final
