-- Indicators with their form and the comparable indicator.
select
    indicators.*,
    forms.bureau_key,
    forms.project_key,
    forms.form_kind,
    {{ stable_key(['indicators.indicator_concept']) }} as indicator_key
from {{ counted('indicators') }} as indicators
inner join {{ ref('int_forms') }} as forms on indicators.form_key = forms.form_key
