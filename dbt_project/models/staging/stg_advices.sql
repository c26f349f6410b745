select * from {{ staged('advices') }} as advices
