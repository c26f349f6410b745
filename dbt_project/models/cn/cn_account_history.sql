-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau, account, measure, fiscal year and amount that a report states for it.
select
    fact_id as 事实编号,
    bureau_key as 部门键,
    account_key as 科目键,
    code as 科目编码,
    account_name as 科目名称,
    report_kind as 报告类别,
    table_match as 表名匹配串,
    side as 收支方向,
    measure as 口径,
    fiscal_year as 年度,
    amount_yuan as 金额,
    amount_previous_yuan as 上年金额,
    change_yuan as 增减额,
    change_pct as 增减率,
    stated_amounts as 不同金额数,
    is_restated as 是否重述,
    is_newest as 是否最新公布,
    report_key as 报告键,
    report_fiscal_year as 报告年度
from {{ ref('account_history') }}
