-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per bureau (of projects) and pair of names that were compared closely, rejected ones too.
select
    match_kind as 匹配种类,
    entity_identity as 部门识别串,
    left_name as 名称一,
    right_name as 名称二,
    is_accepted as 是否认同,
    confidence as 匹配把握,
    matched_by as 匹配方法,
    because as 匹配理由
from {{ ref('match_candidates') }}
