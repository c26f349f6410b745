-- What became of every printed number, and was any left unread? 印出的每个数字去了哪里？有没有没读出来的？
select printed.disposition, printed.reason, count(*) as times_printed, count(distinct printed.report_key) as reports_with_it
from {{ ref('numbers') }} as printed
group by printed.disposition, printed.reason
order by printed.disposition desc, times_printed desc, printed.reason
