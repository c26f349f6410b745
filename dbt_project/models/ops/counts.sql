-- What each report gave, counted once: this build's drift and, from the published release, that of the next are derived from it.
-- Every report has the rows reports and set_aside, a report set aside as a whole only these; a measure without a row is nought.
with forms as (
    select report_key, form_key, form_kind from {{ ref('stg_evaluations') }}
),

counted as (
    select report_key, 'all' as part, cast(null as string) as table_match, 'reports' as measure,
        case when status = 'set_aside' then 0 else 1 end as counted
    from {{ ref('stg_reports') }}
    union all
    select reports.report_key, 'all', null, 'set_aside', count(refused.report_key)
    from {{ ref('stg_reports') }} as reports
    left join {{ ref('stg_set_aside') }} as refused on reports.report_key = refused.report_key
    group by reports.report_key
    {% for measure in ['numbers', 'facts', 'unclaimed'] %}
    union all
    select report_key, part, null, '{{ measure }}', {{ measure }}
    from {{ ref('coverage') }}
    {% endfor %}
    union all
    select report_key, form_kind, null, 'forms', count(*)
    from forms
    group by report_key, form_kind
    {% for measure in ['indicators', 'fundings', 'tasks', 'goals', 'advices'] %}
    union all
    select forms.report_key, forms.form_kind, null, '{{ measure }}', count(*)
    from {{ ref('stg_' ~ measure) }} as facts
    inner join forms on facts.form_key = forms.form_key
    group by forms.report_key, forms.form_kind
    {% endfor %}
    union all
    select statements.report_key, coalesce(forms.form_kind, 'text'), null, 'statements', count(*)
    from {{ ref('stg_statements') }} as statements
    left join forms on statements.form_key = forms.form_key
    group by statements.report_key, coalesce(forms.form_kind, 'text')
    union all
    select report_key, 'account_table', null, 'tables', count(*)
    from {{ ref('stg_account_tables') }}
    where not is_empty
    group by report_key
    union all
    select report_key, 'account_table', null, 'money_cells', count(*)
    from {{ ref('stg_accounts') }}
    group by report_key
    union all
    select report_key, 'account_table', table_match, 'money_cells', count(*)
    from {{ ref('stg_accounts') }}
    where table_match is not null
    group by report_key, table_match
),

final as (
    select
        counted.*,
        reports.file_name, reports.bureau_key, reports.bureau_name, reports.report_kind, reports.fiscal_year
    from counted
    inner join {{ ref('stg_reports') }} as reports on counted.report_key = reports.report_key
)

select {{ contract_columns() }}
from final
