with final as (
    select * from {{ ref('stg_corrections') }}
)

select {{ contract_columns() }}
from final
