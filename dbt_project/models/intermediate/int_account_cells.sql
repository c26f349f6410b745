-- Money cells as they are compared: names and headings without quotation marks and blanks, the code where it is one of the classification.
select
    accounts.fact_id, accounts.report_key, accounts.table_ref, accounts.side, accounts.cell_no,
    coalesce(accounts.block_no, -1) as block_no,
    reports.fiscal_year as report_year,
    reports.report_kind,
    case when {{ classification_of('accounts.code') }} is not null then accounts.code end as code,
    accounts.account_name,
    {{ plain_wording('accounts.account_name') }} as plain_name,
    {{ bare_name('accounts.account_name') }} as bare_name,
    coalesce({{ plain_wording('accounts.table_match') }}, 'untitled') as plain_table,
    '/' || coalesce({{ plain_wording('accounts.column_name') }}, '') || '/' as plain_columns,
    concat_ws('|', accounts.table_ref, accounts.side, cast(coalesce(accounts.block_no, -1) as string), accounts.column_name) as block_key
from {{ counted('accounts') }} as accounts
inner join {{ ref('stg_reports') }} as reports on accounts.report_key = reports.report_key
