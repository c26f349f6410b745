-- Reports that were understood, with the publisher and the publication they belong to.
select
    *,
    {{ stable_key(['bureau_key', 'fiscal_year', 'report_kind']) }} as publication_key
from {{ ref('stg_reports') }}
where status <> 'set_aside'
    and bureau_key is not null
