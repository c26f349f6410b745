-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per line of the budget classification or of a standard table.
select
    account_key as 科目键,
    classification as 科目分类,
    code as 科目编码,
    account_name as 科目名称,
    level as 科目级次,
    parent_account_key as 上级科目键
from {{ ref('dim_account') }}
