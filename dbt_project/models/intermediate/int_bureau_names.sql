-- One row per bureau, name it had (slips mended, renamings not followed) and region as then coded: the printing of it that stands for all.
-- Whole names before short ones, then the one that its own reports elect most often, then the one printed most, then the shorter.
select
    bureau_key, name_identity, region_code, bureau_name,
    sum(mentions) as mentions
from {{ ref('int_bureaus') }}
where alias_role <> 'prose'
    and matched_by <> 'slip'
group by bureau_key, name_identity, region_code, bureau_name
qualify row_number() over (
    partition by bureau_key, name_identity, region_code
    order by
        max(case when read_by in ('abbreviation', 'region_word', 'report_region', 'self') then 1 else 0 end),
        sum(case when mentions >= 1000 then 1 else 0 end) desc,
        sum(mentions) desc,
        length(bureau_name),
        bureau_name
) = 1
