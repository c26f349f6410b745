select * from {{ staged('numbers') }} as numbers
