-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per report, account that its tables print, and name they give it.
select
    report_key as 报告键,
    bureau_key as 部门键,
    fiscal_year as 年度,
    account_key as 科目键,
    classification as 科目分类,
    code as 科目编码,
    line_code as 标准行,
    account_name as 科目名称,
    matched_by as 匹配方法,
    confidence as 匹配把握,
    cells as 单元格数
from {{ ref('report_account') }}
