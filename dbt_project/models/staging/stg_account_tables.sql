select * from {{ staged('account_tables') }} as account_tables
