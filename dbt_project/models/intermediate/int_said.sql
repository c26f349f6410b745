{{ config(materialized="incremental", meta={"scope": "report"}) }}
-- What the facts of publications with more than one file say; ``n`` tells figures apart that are named and stated alike.
with shared as (
    select publication_key
    from {{ ref('int_reports') }}
    group by publication_key
    having count(*) > 1
),

files as (
    select reports.report_key, reports.publication_key
    from {{ ref('int_reports') }} as reports
    inner join shared on reports.publication_key = shared.publication_key
),

said as (
    {{ said_by() }}
)

select
    files.publication_key,
    said.*,
    row_number() over (partition by said.report_key, said.said, said.stated order by said.fact_id) as n
from said
inner join files on said.report_key = files.report_key
