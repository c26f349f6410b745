-- What does the audit find? 审核发现了什么？
select rule.rule_id, rule.name, rule.severity, count(finding.finding_id) as times
from {{ ref('rules') }} as rule
left join {{ ref('findings') }} as finding on finding.rule_id = rule.rule_id
group by rule.rule_id, rule.name, rule.severity
order by times desc, rule.rule_id
