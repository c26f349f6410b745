-- One row per form, with the unit that its head names and the project, as they were resolved.
select evaluations.*, units.entity_identity as unit_entity, projects.project_id, projects.batch,
    projects.matched_by as project_matched_by, projects.confidence as project_confidence, projects.because as project_because
from {{ staged('evaluations') }} as evaluations
left join {{ source('landing', 'bureau_matches') }} as units
    on evaluations.report_key = units.report_key
    and evaluations.unit_identity = units.bureau_identity
left join {{ source('landing', 'project_matches') }} as projects
    on evaluations.report_key = projects.report_key
    and evaluations.project_name = projects.project_name
