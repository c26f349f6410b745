"""Units: what a printed unit measures and how many base units it is (``units.toml``)."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.values.text import clean, squash


@dataclass(frozen=True, slots=True)
class Unit:
    """``printed`` as in the report; ``kind`` amount, rate, score or count; one printed unit is ``factor`` ``base``."""

    printed: str
    kind: str
    base: str
    factor: Decimal


@cache
def _table() -> dict[str, Unit]:
    data = tomllib.loads(files("flows.values").joinpath("units.toml").read_text(encoding="utf8"))
    units: dict[str, Unit] = {}
    for word in data["words"]["plain"]:
        if word not in {"余", "多"}:
            units[word] = Unit(word, "count", word, Decimal(1))
    for printed, (base, factor) in data["count"].items():
        units[printed] = Unit(printed, "count", base, Decimal(factor))
    for kind, base in (("amount", "元"), ("rate", "%"), ("score", "分")):
        for printed, factor in data[kind].items():
            units[printed] = Unit(printed, kind, base, Decimal(factor))
    return units


@cache
def _longest_first() -> re.Pattern[str]:
    words = sorted(_table(), key=lambda w: (-len(w), w))
    return re.compile("|".join(re.escape(w) for w in words))


def unit_at(text: str, start: int) -> Unit | None:
    """The longest known unit that begins at ``start`` (``text`` with digits and signs folded)."""
    scaled = _SCALE.match(text, start)
    if scaled and text[scaled.end() : scaled.end() + 1] != "元":  # 5.6万立方米, 10万余人: the scale multiplies whatever is counted
        counted = _longest_first().match(text, scaled.end())
        if counted and _table()[counted.group()].kind == "count" and counted.group() not in _NOT_SCALED:
            factor = Decimal(10_000 if scaled.group(1) == "万" else 100_000_000)
            return Unit(text[start : counted.end()], "count", _table()[counted.group()].base, factor * _table()[counted.group()].factor)
    spans = _SPANS.match(text, start)
    if spans:  # 2个多月
        return Unit(spans.group(), "count", f"个{spans.group(1)}", Decimal(1))
    money = _BROKEN_MONEY.match(text, start)
    if money:  # 67万余元, 67万 元
        return Unit(money.group(), "amount", "元", Decimal(10_000 if money.group(1) == "万" else 100_000_000))
    match = _longest_first().match(text, start)
    if not match:
        return None
    unit = _table()[match.group()]
    if (
        unit.printed in ("万", "亿")
        and re.match(r"[\u4e00-\u9fff]", text[match.end() : match.end() + 1])
        and text[match.end()] not in "用支，"
    ):
        return None  # 3万株: a measure this table does not know is no money
    per = re.match(r"[/·.](?:[\u4e00-\u9fff]{1,3})(?:[/·.][\u4e00-\u9fff]{1,2})?", text[match.end() :]) if unit.kind == "amount" else None
    if per:
        return Unit(unit.printed + per.group(), "count", f"{unit.base}{per.group()}", unit.factor)
    return unit


# After a scale these are no measures: 3万年 …
_NOT_SCALED = frozenset({"年", "月", "日", "部门", "单位", "类", "款", "级", "度", "届", "条", "股"})


def kind_of_measure(unit: Unit | None, direction: str | None) -> str:
    """change where the number is a difference or prints no unit, else what its unit measures."""
    return "change" if direction or unit is None else unit.kind


def unit_of(printed: str) -> Unit | None:
    """The unit a text names, if it names nothing else."""
    return _table().get(squash(printed)) or _table().get(clean(printed))


_BROKEN_MONEY = re.compile(r"(万|亿)(?:[余多]\s*|\s+)元(?!旦)")
_SCALE = re.compile(r"([万亿])([余多]?)")
_SPANS = re.compile(r"个多(月|小时|工作日|学时)")
_MONEY = r"(?:人民币)?(百万元|千万元|亿元|万元|千元|元)"
_DECLARED = re.compile(
    rf"(?:金额)?单位(?:[:：]|(?:[均都]|一律|统一)?[为是])?(?:[^\s:：]{{0,4}}[、,，/])?{_MONEY}(?![\u4e00-\u9fff])|[(（\[〔【](?:金额|单位|金额单位)?[:：]?{_MONEY}(?:[,，、/;；][^)）]{{0,6}})?[)）\]〕】]"
    rf"|[\u4e00-\u9fff)][/:：]{_MONEY}$|以{_MONEY}为(?:金额)?单位|[(（](万|亿)[)）]"
)


def money_unit_in(text: str) -> str | None:
    """The money unit a caption or header declares: ``单位：万元`` or ``（万元）``."""
    matches = list(_DECLARED.finditer(squash(text)))
    if not matches:
        return None
    match = matches[-1]
    found = next(group for group in match.groups() if group)
    return f"{found}元" if found in ("万", "亿") else found


def yuan(value: Decimal | None, unit: str | None) -> Decimal | None:
    """``value`` of ``unit`` in 元; None where either is unknown: an amount without a unit is not a fact in 元."""
    known = unit_of(unit) if unit else None
    if value is None or known is None or known.kind != "amount":
        return None
    return value * known.factor
