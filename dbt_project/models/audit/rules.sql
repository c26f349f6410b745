with final as (
    select * from {{ ref('audit_rules') }}
)

select {{ contract_columns() }}
from final
