-- Do tables and prose of a report say the same? 报告的表格和行文说的一致吗？
select stated.measure, stated.unit, count(*) as figures, count(*) filter (where stated.agrees) as times,
       count(distinct stated.bureau_key) as bureaus
from {{ ref('bureau_measure') }} as stated
where stated.source = 'text' and stated.agrees is not null
group by stated.measure, stated.unit
order by figures desc, stated.measure
limit 12
