-- A number of the ledger is a fact exactly where it names one, and the fact it names is among the facts of its report,
-- or of the file of the same report that counts.
-- (Others it was read into stand in other_fact_ids as one text; tests/ledger/test_coverage.py takes that apart.)
with every_fact as (
    {{ all_facts(['report_key', 'fact_id']) }}
),

facts as (
    select * from every_fact
    where report_key in (select report_key from landing.scope_reports)
)

select numbers.report_key, numbers.number_no, numbers.disposition, numbers.fact_id
from (select * from {{ ref('numbers') }} where {{ in_scope('report') }}) as numbers
left join {{ ref('int_twins') }} as twins on numbers.report_key = twins.report_key
left join facts
    on coalesce(twins.twin_of, numbers.report_key) = facts.report_key
    and numbers.fact_id = facts.fact_id
where (numbers.disposition = 'fact' and facts.fact_id is null)
    or (numbers.disposition <> 'fact' and numbers.fact_id is not null)
