select * from {{ staged('accounts') }} as accounts
