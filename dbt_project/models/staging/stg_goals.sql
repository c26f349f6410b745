select * from {{ staged('goals') }} as goals
