-- Where does a bureau stand among its peers? 部门在同类中排在哪里？
select fiscal_year, peer_group, peers_of, bureau_name, value, peers, rank, round(percentile, 1) as percentile, median
from {{ ref('bureau_comparison') }}
where measure = 'three_public_yuan' and peers > 1
order by fiscal_year, peer_group, peers_of, rank, bureau_name
limit 20
