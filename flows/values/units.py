"""Units: what a printed unit measures and how many base units it is (``units.toml``)."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.values.text import squash


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
    match = _longest_first().match(text, start)
    return _table()[match.group()] if match else None


def unit_of(printed: str) -> Unit | None:
    """The unit a text names, if it names nothing else."""
    return _table().get(squash(printed))


_MONEY = r"(?:人民币)?(百万元|千万元|亿元|万元|千元|元)"
_DECLARED = re.compile(
    rf"(?:金额)?单位[:：]?{_MONEY}|[(（\[〔【](?:金额|单位|金额单位)?[:：]?{_MONEY}(?:[,，、/;；][^)）]{{0,6}})?[)）\]〕】]"
    rf"|[\u4e00-\u9fff)][/:：]{_MONEY}$|[(（](万|亿)[)）]"
)


def money_unit_in(text: str) -> str | None:
    """The money unit a caption or header declares: ``单位：万元`` or ``（万元）``."""
    match = _DECLARED.search(squash(text))
    if not match:
        return None
    found = next(group for group in match.groups() if group)
    return f"{found}元" if found in ("万", "亿") else found


def yuan(value: Decimal | None, unit: str | None) -> Decimal | None:
    """``value`` of ``unit`` in 元; None where either is unknown: an amount without a unit is not a fact in 元."""
    known = unit_of(unit) if unit else None
    if value is None or known is None or known.kind != "amount":
        return None
    return value * known.factor
