-- Which projects always score 100? 哪些项目年年满分？
select bureau.bureau_name, project.project_name, count(*) as years, min(project.total_score) as lowest_score,
       sum(project.indicators) as indicators, sum(project.executed_yuan) as executed_yuan
from {{ ref('project_history') }} as project
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = project.bureau_key and bureau.is_current
group by bureau.bureau_name, project.project_key, project.project_name
having count(*) >= 2 and min(project.total_score) = 100
order by bureau.bureau_name, project.project_name
