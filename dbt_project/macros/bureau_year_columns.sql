{# Headline figure → its column in bureau_year. What was carried out, else what was planned. #}
{% macro carried_out() -%}
    {{ return({
        'basic': 'basic_expenditure_yuan',
        'project': 'project_expenditure_yuan',
        'personnel': 'personnel_yuan',
        'running': 'running_yuan',
        'three_public': 'three_public_yuan',
        'abroad': 'abroad_yuan',
        'vehicles': 'vehicles_yuan',
        'vehicle_purchase': 'vehicle_purchase_yuan',
        'vehicle_running': 'vehicle_running_yuan',
        'reception': 'reception_yuan',
        'abroad_groups': 'abroad_groups',
        'abroad_persons': 'abroad_persons',
        'reception_batches': 'reception_batches',
        'reception_persons': 'reception_persons',
        'operating': 'operating_yuan',
        'procurement': 'procurement_yuan',
        'procurement_goods': 'procurement_goods_yuan',
        'procurement_works': 'procurement_works_yuan',
        'procurement_services': 'procurement_services_yuan',
        'procurement_sme': 'procurement_sme_yuan',
        'procurement_sme_pct': 'procurement_sme_pct',
        'procurement_small': 'procurement_small_yuan',
        'vehicles_bought': 'vehicles_bought',
        'vehicles_kept': 'vehicles_kept',
        'vehicles_count': 'vehicles_count',
        'large_equipment_count': 'large_equipment_count',
        'assets_total': 'assets_total_yuan',
        'staff_on_duty': 'staff_on_duty',
        'staff_quota': 'staff_quota',
        'staff_retired': 'staff_retired',
        'insured_persons': 'insured_persons',
        'insured_residents': 'insured_residents',
        'insured_employees': 'insured_employees',
        'fund_income': 'fund_income_yuan',
        'fund_spending': 'fund_spending_yuan',
        'fund_balance': 'fund_balance_yuan',
    }) }}
{%- endmacro %}

{# The headline figures whose change on the year before bureau_year shows: of one stage with the same stage. #}
{% macro followed_figures() -%}
    {{ return(['basic', 'project', 'personnel', 'running', 'three_public', 'operating', 'procurement', 'fund_income', 'fund_spending']) }}
{%- endmacro %}

{# The headline heads whose change bureau_year shows. #}
{% macro followed_counts() -%}
    {{ return(['staff_on_duty', 'staff_quota', 'insured_persons']) }}
{%- endmacro %}

{# Column of bureau_year without its unit: three_public_yuan → three_public. #}
{% macro unitless(column) -%}
    {{ return(column | replace('_yuan', '')) }}
{%- endmacro %}
