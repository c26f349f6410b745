-- Which projects miss targets, and in how many years? 哪些项目没有达成指标，有几年？
select bureau.bureau_name, project.project_name, count(*) as years,
       count(*) filter (where project.indicators_missed > 0) as times,
       sum(project.indicators_missed) as missed, min(project.total_score) as lowest_score
from {{ ref('project_history') }} as project
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = project.bureau_key and bureau.is_current
group by bureau.bureau_name, project.project_key, project.project_name
having sum(project.indicators_missed) > 0
order by missed desc, lowest_score, bureau.bureau_name, project.project_name
