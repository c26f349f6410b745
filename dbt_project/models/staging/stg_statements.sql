select * from {{ staged('statements') }} as statements
