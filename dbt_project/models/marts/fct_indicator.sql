select {{ contract_columns() }}
from {{ ref('int_indicators') }}
