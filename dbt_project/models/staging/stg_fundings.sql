select * from {{ staged('fundings') }} as fundings
