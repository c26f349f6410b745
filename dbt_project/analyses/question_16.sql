-- When did each report become known, and was it replaced? 每份报告何时公布，后来被取代了吗？
select former.bureau_name, former.fiscal_year, former.file_name, former.edition_no, former.known_from, former.known_basis, former.known_to,
       replacing.file_name as replaced_by
from {{ ref('dim_report') }} as former
left join {{ ref('dim_report') }} as replacing on replacing.report_key = former.superseded_by
where former.report_kind like '%final_accounts'
order by former.bureau_name, former.fiscal_year, former.known_from, former.file_name
