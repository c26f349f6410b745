-- Under which names does a project go? 一个项目用过哪些名称？
select bureau.bureau_name, project.project_name, named.alias, min(named.fiscal_year) as first_year, max(named.fiscal_year) as last_year,
       named.matched_by, round(named.confidence, 2) as confidence
from {{ ref('dim_project_alias') }} as named
join {{ ref('dim_project') }} as project on project.project_key = named.project_key
join {{ ref('dim_bureau') }} as bureau on bureau.bureau_key = project.bureau_key and bureau.is_current
where project.last_year > project.first_year
group by bureau.bureau_name, project.project_name, named.alias, named.matched_by, named.confidence
order by bureau.bureau_name, project.project_name, first_year, named.alias
