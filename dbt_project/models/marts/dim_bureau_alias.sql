-- Grain: one row per bureau and name that reports use for it. How and how surely: the step that leaves most doubt, of reading the name in its
-- report and of finding the bureau it stands for; where reports differ, the most doubtful.
with said as (
    select
        bureau_key, alias,
        case when mentions >= 1000 then 0 else mentions end as mentions,
        case when match_confidence <= coalesce(read_confidence, 1) and matched_by <> 'same' then matched_by
            else coalesce(read_by, 'printed') end as matched_by,
        case when match_confidence <= coalesce(read_confidence, 1) then match_confidence else read_confidence end as confidence,
        nullif(concat_ws('；', read_because, match_because), '') as because
    from {{ ref('int_bureaus') }}
),

counted as (
    select bureau_key, alias, sum(mentions) as mentions
    from said
    group by bureau_key, alias
),

ranked as (
    select *
    from said
    qualify row_number() over (partition by bureau_key, alias order by confidence, matched_by, because, mentions desc) = 1
),

-- a bureau's own name needs no reading, whatever it abbreviates
doubtful as (
    select ranked.*, bureaus.bureau_name is not null and ranked.matched_by in ('printed', 'abbreviation', 'wording', 'unlisted') as is_own_name
    from ranked
    left join (select distinct bureau_key, bureau_name from {{ ref('dim_bureau') }}) as bureaus
        on ranked.bureau_key = bureaus.bureau_key
        and ranked.alias = bureaus.bureau_name
),

final as (
    select
        doubtful.bureau_key, doubtful.alias, counted.mentions,
        case when is_own_name then 'exact' when doubtful.matched_by = 'printed' then 'region_and_core' else doubtful.matched_by end as matched_by,
        case when is_own_name then 1 when doubtful.matched_by = 'printed' then 0.98 else doubtful.confidence end as confidence,
        case when is_own_name then null when doubtful.matched_by = 'printed' then '区划的写法不同，区划代码与名称相同' else doubtful.because end as because
    from doubtful
    inner join counted on doubtful.bureau_key = counted.bureau_key and doubtful.alias = counted.alias
)

select {{ contract_columns() }}
from final
