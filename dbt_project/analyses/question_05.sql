-- Are projects carried out as budgeted, year after year? 项目是不是年年按预算执行？
select bureau.bureau_name, project.fiscal_year, sum(project.initial_budget_yuan) as initial_budget_yuan,
       sum(project.adjusted_budget_yuan) as adjusted_budget_yuan, sum(project.executed_yuan) as executed_yuan,
       round(100 * sum(project.executed_yuan) / sum(project.adjusted_budget_yuan), 2) as execution_rate_pct
from {{ ref('project_history') }} as project
join {{ ref('dim_project') }} as known on known.project_key = project.project_key and known.project_kind = 'project'
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = project.bureau_key and bureau.is_current
group by bureau.bureau_name, project.fiscal_year
order by bureau.bureau_name, project.fiscal_year
