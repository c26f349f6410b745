-- Grain: one row per change of one bureau into another, and kind of bureau. Of a renaming both keys are the same; a key is null where no report
-- of the warehouse shows that bureau.
with bureaus as (
    select distinct bureau_key, bureau_kind
    from {{ ref('dim_bureau') }}
),

kinds as (
    select distinct bureau_kind
    from bureaus
),

stated as (
    select
        successions.*, kinds.bureau_kind,
        {{ stable_key(['successions.from_entity', 'kinds.bureau_kind']) }} as from_key,
        {{ stable_key(['successions.to_entity', 'kinds.bureau_kind']) }} as to_key
    from {{ ref('stg_bureau_successions') }} as successions
    cross join kinds
),

final as (
    select
        before.bureau_key as from_bureau_key, stated.from_name,
        after.bureau_key as to_bureau_key, stated.to_name,
        stated.bureau_kind, stated.succession_kind, stated.changed_year, stated.told_by, stated.confidence,
        stated.report_key, stated.source_ref, stated.source_text
    from stated
    left join bureaus as before on stated.from_key = before.bureau_key
    left join bureaus as after on stated.to_key = after.bureau_key
    where before.bureau_key is not null or after.bureau_key is not null
)

select {{ contract_columns() }}
from final
