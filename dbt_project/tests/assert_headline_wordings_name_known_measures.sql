-- A line or phrase of the seeds that names no measure, scope or stage would be left out in silence.
select 'measure' as wrong, named.measure as about
from (
    select measure from {{ ref('headline_lines') }}
    union
    select measure from {{ ref('headline_subjects') }}
) as named
left join {{ ref('measures') }} as known on named.measure = known.measure
where known.measure is null

union all

select 'scope_family', stems.scope_family
from {{ ref('headline_subjects') }} as stems
left join {{ ref('headline_scopes') }} as scopes on stems.scope_family = scopes.scope_family
where scopes.scope_family is null

union all

select 'place', place
from {{ ref('headline_affixes') }}
where place not in ('before', 'after')
