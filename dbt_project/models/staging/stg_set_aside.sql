select * from {{ staged('set_aside') }} as set_aside
