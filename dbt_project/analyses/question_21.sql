-- Which numbers could not be read? 哪些数字没有读出来？
select report.file_name, unread.printed, unread.surroundings, unread.part, unread.source_ref
from {{ ref('numbers') }} as unread
join {{ ref('dim_report') }} as report on report.report_key = unread.report_key
where unread.disposition = 'unclaimed'
order by report.file_name, unread.number_no
