-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per account, name it bears, whether a code list or reports say so, and first year.
select
    account_key as 科目键,
    account_name as 科目名称,
    basis as 依据,
    valid_from_year as 起始年度,
    valid_to_year as 截止年度,
    reports as 报告份数
from {{ ref('dim_account_name') }}
