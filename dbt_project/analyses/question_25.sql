-- Which names were compared, and taken for the same or not? 哪些名称比较过，认作同一或不认？
select match_kind, left_name, right_name, is_accepted, round(confidence, 2) as confidence, because
from {{ ref('match_candidates') }}
order by match_kind, is_accepted, confidence desc, left_name, right_name
limit 20
