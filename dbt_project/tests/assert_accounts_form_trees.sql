-- Every parent of an account exists, is one level above it, begins its code, and nobody is his own ancestor.
with accounts as (
    select account_key, code, classification, level, parent_account_key from {{ ref('dim_account') }}
),

above as (
    select
        child.account_key, child.code, child.level, child.classification, child.parent_account_key,
        parent.account_key as first_above, parent.code as parent_code, parent.level as parent_level, parent.classification as parent_classification,
        second.account_key as second_above, third.account_key as third_above, fourth.account_key as fourth_above
    from accounts as child
    left join accounts as parent on child.parent_account_key = parent.account_key
    left join accounts as second on parent.parent_account_key = second.account_key
    left join accounts as third on second.parent_account_key = third.account_key
    left join accounts as fourth on third.parent_account_key = fourth.account_key
)

select account_key, code, 'its parent is no account' as wrong from above where parent_account_key is not null and first_above is null
union all
select account_key, code, 'a code below a class without parent' from above where length(code) > 3 and parent_account_key is null
union all
select account_key, code, 'its parent is not one level above' from above where code is not null and first_above is not null and parent_level <> coalesce(level, 4) - 1
union all
select account_key, code, 'its code does not begin with its parent''s' from above where code is not null and first_above is not null and code not like parent_code || '%'
union all
select account_key, code, 'its parent is of another classification' from above where first_above is not null and classification <> parent_classification
union all
select account_key, code, 'it is its own ancestor' from above where account_key in (first_above, second_above, third_above, fourth_above)
union all
select account_key, code, 'more than four lines above it' from above where fourth_above is not null
