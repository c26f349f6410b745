-- Every bureau or unit that publishes or stands in a form, with each name and year it is seen under, and how the name was read and matched.
with publishers as (
    select
        reports.bureau_key,
        reports.entity_identity, reports.name_identity,
        coalesce(reports.bureau_kind, 'department') as bureau_kind,
        reports.bureau_name as alias,
        reports.bureau_name,
        reports.budget_code,
        reports.region_code, reports.province, reports.prefecture, reports.county, reports.admin_level, reports.sector,
        reports.fiscal_year,
        1000 as mentions,
        'publisher' as alias_role,
        cast(null as string) as read_by, cast(null as decimal(20, 6)) as read_confidence, cast(null as string) as read_because,
        reports.matched_by, reports.match_confidence, reports.match_because
    from {{ ref('int_reports') }} as reports
),

-- names that reports use for their publisher
publisher_names as (
    select
        reports.bureau_key,
        reports.entity_identity, names.name_identity,
        coalesce(reports.bureau_kind, 'department') as bureau_kind,
        names.alias,
        names.bureau_name,
        names.budget_code,
        names.region_code, names.province, names.prefecture, names.county, names.admin_level, names.sector,
        reports.fiscal_year,
        names.mentions,
        names.alias_role,
        names.read_by, names.read_confidence, names.read_because,
        names.matched_by, names.confidence as match_confidence, names.because as match_because
    from {{ ref('stg_bureau_names') }} as names
    inner join {{ ref('int_reports') }} as reports
        on names.report_key = reports.report_key
        and names.entity_identity = reports.entity_identity
),

-- units that stand in forms and are not the publisher
units as (
    select
        {{ stable_key(['names.entity_identity', "'unit'"]) }} as bureau_key,
        names.entity_identity, names.name_identity,
        'unit' as bureau_kind,
        names.alias,
        names.bureau_name,
        names.budget_code,
        names.region_code, names.province, names.prefecture, names.county, names.admin_level, names.sector,
        reports.fiscal_year,
        names.mentions,
        names.alias_role,
        names.read_by, names.read_confidence, names.read_because,
        names.matched_by, names.confidence as match_confidence, names.because as match_because
    from {{ ref('stg_bureau_names') }} as names
    inner join {{ ref('int_reports') }} as reports on names.report_key = reports.report_key
    inner join (select distinct report_key, unit_entity from {{ ref('int_form_units') }}) as form_units
        on names.report_key = form_units.report_key
        and names.entity_identity = form_units.unit_entity
    where names.entity_identity <> reports.entity_identity
        and names.alias_role in ('form_unit', 'form_department')
)

select * from publishers
union all
select * from publisher_names
union all
select * from units
