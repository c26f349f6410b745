-- How do the three public expenses develop, and for what are they spent? “三公”经费逐年怎样变化，花在哪里？
select bureau_name, fiscal_year, three_public_yuan, abroad_yuan, vehicles_yuan, reception_yuan, reception_batches, reception_persons
from {{ ref('bureau_year') }}
where three_public_yuan is not null
order by bureau_name, fiscal_year
