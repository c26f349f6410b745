-- One row per report and name it uses for a bureau, with the bureau that the name was resolved to.
select names.*, matches.name_identity, matches.entity_identity, matches.matched_by, matches.confidence, matches.because
from {{ staged('bureau_names') }} as names
inner join {{ source('landing', 'bureau_matches') }} as matches
    on names.report_key = matches.report_key
    and names.bureau_identity = matches.bureau_identity
