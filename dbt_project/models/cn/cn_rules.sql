-- Generated from flows/tables/*.toml by `make schema`. Grain: one row per rule of the audit.
select
    rule_id as 规则编号,
    name as 规则名称,
    description as 规则说明,
    severity as 严重程度,
    basis as 依据
from {{ ref('rules') }}
