with named as (
    select
        fact_id,
        case when min(measure) = max(measure) then min(measure) else min(measure) || ' ' || max(measure) end as measure
    from {{ ref('int_measures') }}
    where source = 'text'
    group by fact_id
),

final as (
    select statements.*, reports.bureau_key, accounts.account_key, named.measure
    from {{ counted('statements') }} as statements
    inner join {{ ref('int_reports') }} as reports on statements.report_key = reports.report_key
    left join {{ ref('int_statement_accounts') }} as accounts on statements.fact_id = accounts.fact_id
    left join named on statements.fact_id = named.fact_id
)

select {{ contract_columns() }}
from final
