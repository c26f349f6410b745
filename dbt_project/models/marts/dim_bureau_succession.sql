-- Grain: one row per change of one bureau into another, and kind of bureau. Of a renaming both keys are the same; a key is null where no report
-- of the warehouse shows that bureau.
with bureaus as (
    select distinct entity_identity, bureau_kind, bureau_key
    from {{ ref('int_bureaus') }}
),

kinds as (
    select distinct stated.from_identity, stated.to_identity, stated.succession_kind, bureaus.bureau_kind
    from {{ source('landing', 'bureau_successions') }} as stated
    inner join bureaus on stated.from_entity = bureaus.entity_identity or stated.to_entity = bureaus.entity_identity
),

final as (
    select
        before.bureau_key as from_bureau_key, stated.from_name,
        after.bureau_key as to_bureau_key, stated.to_name,
        kinds.bureau_kind, stated.succession_kind, stated.changed_year, stated.told_by, stated.confidence,
        stated.report_key, stated.source_ref, stated.source_text
    from {{ source('landing', 'bureau_successions') }} as stated
    inner join kinds
        on stated.from_identity = kinds.from_identity
        and stated.to_identity = kinds.to_identity
        and stated.succession_kind = kinds.succession_kind
    left join bureaus as before on stated.from_entity = before.entity_identity and kinds.bureau_kind = before.bureau_kind
    left join bureaus as after on stated.to_entity = after.entity_identity and kinds.bureau_kind = after.bureau_kind
)

select {{ contract_columns() }}
from final
