with final as (
    select * from {{ ref('stg_numbers') }}
)

select {{ contract_columns() }}
from final
