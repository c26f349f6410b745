-- No fact may outlive its report, and none may come from a report that was set aside.
with facts as (
    {{ all_facts(['report_key']) }}
)

select facts.report_key
from facts
left join {{ ref('dim_report') }} as reports
    on facts.report_key = reports.report_key
    and reports.status <> 'set_aside'
where reports.report_key is null
