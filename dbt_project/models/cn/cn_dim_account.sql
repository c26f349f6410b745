-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per line of the budget classification, printed or not, and per other line that tables print.
select
    account_key as 科目键,
    classification as 科目分类,
    code as 科目编码,
    account_name as 科目名称,
    level as 科目级次,
    parent_account_key as 上级科目键,
    code_list as 代码表,
    line_code as 标准行,
    basis as 依据,
    valid_from_year as 起始年度,
    valid_to_year as 截止年度,
    first_printed_year as 首次印出年度,
    last_printed_year as 最近印出年度,
    successor_account_key as 接续科目键,
    series_account_key as 序列科目键,
    cofog_code as 职能代码,
    cofog_confidence as 职能对照把握
from {{ ref('dim_account') }}
