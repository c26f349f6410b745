-- Indicators with their form, the comparable indicator, their levels in the ministry's scheme, and the band in which a result without a number lies.
with indicators as (
    select
        indicators.*,
        forms.bureau_key,
        forms.project_key,
        forms.form_kind,
        {{ plain_level('indicators.level1') }} as plain_level1,
        {{ plain_level('indicators.level2') }} as plain_level2
    from {{ counted('indicators') }} as indicators
    inner join {{ ref('int_forms') }} as forms on indicators.form_key = forms.form_key
),

-- the band that a form prints as the result; a cell that lists the bands to choose from is none
worded as (
    select indicators.fact_id, bands.band
    from (
        select fact_id, {{ plain_wording("coalesce(actual_text, '')") }} as result
        from indicators
        union all
        select fact_id, {{ plain_wording("coalesce(completion_text, '')") }}
        from indicators
    ) as indicators
    inner join {{ ref('indicator_bands') }} as bands on indicators.result like bands.wording
    where length(indicators.result) - length(replace(indicators.result, '达成', '')) = 2
    qualify row_number() over (partition by indicators.fact_id order by length(bands.wording) desc, bands.wording, indicators.result) = 1
),

-- A result without a number is scored within the shares of its band, so that its points tell the band (the lower end belongs to it).
scored as (
    select indicators.fact_id, bands.band
    from indicators
    inner join (select distinct band, from_pct, to_pct from {{ ref('indicator_bands') }}) as bands
        on indicators.score * 100 >= bands.from_pct * indicators.weight
        and (indicators.score * 100 < bands.to_pct * indicators.weight or bands.to_pct = 100)
    where indicators.target_value is null and indicators.actual_value is null
        and (indicators.actual_text is not null or indicators.completion_text is not null)
        and indicators.weight > 0 and indicators.score between 0 and indicators.weight
)

select
    indicators.*,
    -- the second level decides, since it says more: a satisfaction indicator printed under 效益 is one of satisfaction
    coalesce(second.unified_level1, first.unified_level1) as unified_level1,
    coalesce(nullif(second.unified_level2, ''), nullif(first.unified_level2, '')) as unified_level2,
    coalesce(worded.band, scored.band) as band,
    case when worded.band is not null then 'wording' when scored.band is not null then 'score' end as band_basis
from indicators
left join worded on indicators.fact_id = worded.fact_id
left join scored on indicators.fact_id = scored.fact_id
left join {{ ref('indicator_levels') }} as first on first.stands_at = 'level1' and indicators.plain_level1 = first.level_word
left join {{ ref('indicator_levels') }} as second on second.stands_at = 'level2' and indicators.plain_level2 = second.level_word
