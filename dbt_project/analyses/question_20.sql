-- Who has not published for which year? 哪个部门缺哪一年的决算？
select bureau.bureau_name, calendar.fiscal_year
from {{ ref('dim_bureau') }} as bureau
join {{ ref('dim_fiscal_year') }} as calendar
  on calendar.fiscal_year between bureau.valid_from_year and (select max(fiscal_year) from {{ ref('dim_report') }} where report_kind like '%final_accounts')
left join {{ ref('dim_report') }} as report
  on report.publisher_bureau_key = bureau.bureau_key and report.fiscal_year = calendar.fiscal_year and report.report_kind like '%final_accounts'
left join {{ ref('dim_bureau_succession') }} as change
  on change.from_bureau_key = bureau.bureau_key and change.succession_kind <> 'renamed' and change.changed_year <= calendar.fiscal_year
where bureau.is_current and report.report_key is null and change.from_bureau_key is null
order by bureau.bureau_name, calendar.fiscal_year
