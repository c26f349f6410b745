-- Which bureaus were renamed, merged or divided? 哪些部门更名、合并、分设了？
select from_name, to_name, succession_kind, changed_year, told_by, round(confidence, 2) as confidence, source_text
from {{ ref('dim_bureau_succession') }}
order by changed_year, to_name, from_name
