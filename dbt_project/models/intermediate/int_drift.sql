-- Counts side by side with what they are compared with, one row per thing compared, part and measure. Three comparisons:
-- last_year      all files of a bureau's report of one kind and year with those of the year before;
-- same_file      a file with itself in the release published before: only the program can have changed;
-- replaced_file  the files of a bureau, kind and year that are new with those of the release before that are gone.
-- Only of the reports that this build looks at.
with counted as (  -- a report in two formats is counted once, and one published again as its last edition
    select counts.*
    from {{ ref('int_counts') }} as counts
    left join {{ ref('int_twins') }} as twins on counts.report_key = twins.report_key
    left join {{ ref('int_editions') }} as editions on counts.report_key = editions.report_key
    where twins.report_key is null and editions.superseded_by is null
),

sides as (
    select
        'last_year' as comparison, cast(null as string) as report_key, bureau_key, report_kind, fiscal_year,
        bureau_name, part, table_match, measure, 0 as before, counted as now
    from counted
    where bureau_key is not null and fiscal_year is not null
    union all
    select
        'last_year', null, bureau_key, report_kind, fiscal_year + 1,
        bureau_name, part, table_match, measure, counted, 0
    from counted
    where bureau_key is not null and fiscal_year is not null
    union all
    select
        'same_file', held.report_key, held.bureau_key, held.report_kind, held.fiscal_year,
        held.bureau_name, counts.part, counts.table_match, counts.measure, 0, counts.counted
    from {{ ref('int_counts') }} as counts
    inner join {{ ref('stg_previous_counts') }} as held on counts.report_key = held.report_key and held.measure = 'reports'
    union all
    select
        'same_file', report_key, bureau_key, report_kind, fiscal_year,
        bureau_name, part, table_match, measure, counted, 0
    from {{ ref('stg_previous_counts') }}
    where report_key in (select report_key from {{ ref('int_counts') }})
    union all
    select
        'replaced_file', null, bureau_key, report_kind, fiscal_year,
        bureau_name, part, table_match, measure, 0, counted
    from {{ ref('int_counts') }}
    where bureau_key is not null
        and report_key not in (select report_key from {{ ref('stg_previous_counts') }})
    union all
    select
        'replaced_file', null, bureau_key, report_kind, fiscal_year,
        bureau_name, part, table_match, measure, counted, 0
    from {{ ref('stg_previous_counts') }}
    where bureau_key is not null
        and report_key not in (select report_key from {{ ref('int_counts') }})
),

paired as (
    select
        comparison, report_key, bureau_key, report_kind, fiscal_year, part, table_match, measure,
        max(bureau_name) as bureau_name,
        sum(before) as before,
        sum(now) as now
    from sides
    group by comparison, report_key, bureau_key, report_kind, fiscal_year, part, table_match, measure
),

compared as (
    select
        *,
        sum(case when measure = 'reports' then before else 0 end)
            over (partition by comparison, report_key, bureau_key, report_kind, fiscal_year) as reports_before,
        sum(case when measure = 'reports' then now else 0 end)
            over (partition by comparison, report_key, bureau_key, report_kind, fiscal_year) as reports_now
    from paired
),

-- A report that is only here or only there has nothing to be compared with; one that is lost is told in one row.
kept as (
    select * from compared
    where (reports_before > 0 and reports_now > 0)
        or (comparison <> 'last_year' and reports_before > 0 and measure = 'reports')
),

shares as (
    select
        comparison, report_key, bureau_key, report_kind, fiscal_year, part,
        max(bureau_name) as bureau_name,
        sum(case when measure = 'unclaimed' then before else 0 end) * 100.0
            / nullif(sum(case when measure = 'numbers' then before else 0 end), 0) as before,
        sum(case when measure = 'unclaimed' then now else 0 end) * 100.0
            / nullif(sum(case when measure = 'numbers' then now else 0 end), 0) as now
    from kept
    where measure in ('numbers', 'unclaimed')
    group by comparison, report_key, bureau_key, report_kind, fiscal_year, part
)

select
    comparison, report_key, bureau_key, bureau_name, report_kind, fiscal_year, part, table_match, measure,
    cast(before as decimal(28, 8)) as before,
    cast(now as decimal(28, 8)) as now
from kept
union all
select
    comparison, report_key, bureau_key, bureau_name, report_kind, fiscal_year, part, cast(null as string), 'unclaimed_pct',
    cast(before as decimal(28, 8)),
    cast(now as decimal(28, 8))
from shares
where before is not null and now is not null
