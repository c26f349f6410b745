-- Every wording of a headline figure: subject and scope as they are compared. Stems, what may stand around them and scopes are data (seeds).
with bounds as (
    select place, coalesce(affix, '') as affix, stage
    from {{ ref('headline_affixes') }}
),

around as (
    select front.affix as front, behind.affix as behind, coalesce(behind.stage, front.stage) as stage
    from bounds as front
    cross join bounds as behind
    where front.place = 'before' and behind.place = 'after'
),

wordings as (
    select
        stems.measure,
        coalesce(around.front, '') || {{ plain_wording('stems.subject') }} || coalesce(around.behind, '') as subject,
        stems.scope_family, stems.section, stems.heading, stems.sentence,
        coalesce(stems.stage, around.stage) as stage,
        stems.priority
    from {{ ref('headline_subjects') }} as stems
    left join around on stems.takes_affixes
)

-- two ways to make the same wording are one: the better stem counts
select
    wordings.measure, wordings.subject, coalesce(scopes.scope, '') as scope, wordings.section, wordings.heading, wordings.sentence, wordings.stage,
    min(wordings.priority) as priority
from wordings
inner join {{ ref('headline_scopes') }} as scopes on wordings.scope_family = scopes.scope_family
group by all
