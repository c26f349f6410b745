"""Corrections applied to the rows of a report, before keys and names for matching are made of them.

The rows that were read stay as they are, for the ledger: a printed number is carried by its fact also where people know better. A corrected
row is a new one, with what follows from the corrected columns and, in ``correction``, what was changed, why, by whom and when.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.corrections.file import Correction
from flows.corrections.follow import CannotFollow, follow
from flows.findings import Row
from flows.tables.definitions import Column, columns
from flows.tables.validation import broken_rule
from flows.values.numbers import parse_number, parse_rate
from flows.values.text import clean

_BOOLS = {"true": True, "是": True, "false": False, "否": False}
_KINDS = {"money": "金额（元）", "number": "数", "percent": "百分数", "int": "整数", "bool": "是或否（true、false）"}


@dataclass(slots=True)
class Applied:
    """``rows``: by table, in the order they were read; ``carried``: correction → the row as read that it changed; ``refused``: → why."""

    rows: dict[str, list[Row]]
    carried: dict[Correction, Row] = field(default_factory=dict)
    refused: dict[Correction, str] = field(default_factory=dict)


class _Refused(Exception):
    """The correction cannot be applied; the message says why and what to do."""


def apply(read: dict[str, list[Row]], corrections: Sequence[Correction]) -> Applied:
    """Applies the corrections of one report to its rows as read, by staged table."""
    applied = Applied({table: list(rows) for table, rows in read.items()})
    changes: dict[tuple[str, int], dict[Correction, Any]] = defaultdict(dict)
    for correction in corrections:
        try:
            index = _row_of(read.get(correction.table, []), correction)
            changes[correction.table, index][correction] = _right_value(read[correction.table][index], correction)
        except _Refused as refusal:
            applied.refused[correction] = str(refusal)
    for (table, index), values in changes.items():
        row = read[table][index]
        try:
            applied.rows[table][index] = _corrected(table, row, values)
            applied.carried |= dict.fromkeys(values, row)
        except (_Refused, CannotFollow) as refusal:
            applied.refused |= dict.fromkeys(values, str(refusal))
    return applied


def _row_of(rows: list[Row], correction: Correction) -> int:
    """The index of the one row at the place that holds what the correction says is printed."""
    there = [index for index, row in enumerate(rows) if row["source_ref"] == correction.place]
    if not there:
        raise _Refused(f"{correction.table} 里没有出处为 {correction.place} 的数据；请查出 source_ref 后改写 place，或删去这一行")
    matching = [index for index in there if _prints(rows[index], correction)]
    if not matching:
        now = "、".join(dict.fromkeys(_shown(rows[index], correction.field) for index in there))
        raise _Refused(f"{correction.field} 现在是 {now}，不是 {correction.printed or '空'}；请核对报告后改写 printed，或删去这一行")
    if len(matching) > 1:
        raise _Refused(f"这一出处有 {len(matching)} 行的 {correction.field} 都是 {correction.printed or '空'}，分不清是哪一行，不能更正")
    return matching[0]


def _printed_amount(row: Row, name: str) -> Decimal | None:
    return row.get(f"{name.removesuffix('_yuan')}_printed") if name.endswith("_yuan") else None


def _prints(row: Row, correction: Correction) -> bool:
    value, printed = row.get(correction.field), correction.printed
    if not printed.strip():
        return value is None
    kind = columns()[correction.field].type
    if kind == "text":
        return value == printed
    parsed = _parsed(kind, printed)
    return parsed is not None and parsed in (value, _printed_amount(row, correction.field))


def _parsed(kind: str, text: str) -> Any:
    """The value a text of the file gives for a column that is no text; None where it gives none."""
    if kind == "bool":
        return _BOOLS.get(text.strip().lower())
    number = parse_rate(text) if kind in ("percent", "number") else parse_number(text)
    if kind == "int":
        return int(number) if number is not None and number == int(number) else None
    return number


def _shown(row: Row, name: str) -> str:
    value, printed = row.get(name), _printed_amount(row, name)
    if value is None:
        return "空"
    return f"{_digits(value)}（印作 {_digits(printed)}）" if printed is not None and printed != value else _digits(value)


def _digits(value: Any) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if isinstance(value, Decimal) and "." in text else text


def _right_value(row: Row, correction: Correction) -> Any:
    column: Column = columns()[correction.field]
    value: Any = clean(correction.right) or None
    if value is not None and column.type != "text":
        value = _parsed(column.type, value)
        if value is None:
            raise _Refused(f"right“{correction.right}”不是{_KINDS[column.type]}；请改写 right")
    if value == row.get(correction.field):
        raise _Refused("right 就是现在的值，没有可更正的；请删去这一行")
    _check(correction.table, correction.field, value)
    return value


def _check(table: str, name: str, value: Any) -> None:
    rule = broken_rule(table, name, value)
    if rule:
        raise _Refused(f"更正后 {rule}；请改写 right")


def _corrected(table: str, row: Row, values: dict[Correction, Any]) -> Row:
    right = {correction.field: value for correction, value in values.items()}
    corrected = {**row, **right}
    following = follow(table, row, corrected, frozenset(right))
    for name, value in following.items():
        _check(table, name, value)
    return corrected | following | {"correction": "；".join(map(_note, values))}


def _note(c: Correction) -> str:
    return f"更正 {c.field}：{c.printed or '空'} → {c.right or '空'}（{c.reason}；{c.who}，{c.when}）"
