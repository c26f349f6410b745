-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per published file.
select
    report_key as 报告键,
    publication_key as 公布键,
    file_name as 文件名,
    format as 文件格式,
    title as 报告标题,
    report_kind as 报告类别,
    publisher_bureau_key as 公布部门键,
    bureau_name as 部门名称,
    fiscal_year as 年度,
    money_unit as 报告金额单位,
    pages as 页数,
    ocr_pages as 识别页数,
    published_on as 公布日期,
    fetched_at as 首次发现时间,
    source_url as 来源网址,
    reader_version as 读取版本,
    status as 读取状态,
    twin_of as 另存报告键
from {{ ref('dim_report') }}
