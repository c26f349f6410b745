select * from {{ staged('tasks') }} as tasks
