"""Targets and results of indicators: ``≥90%``, ``不超过30分钟``, ``优``; and whether the one meets the other."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.values.numbers import find_numbers, fold_digits
from flows.values.text import clean, squash
from flows.values.units import unit_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a target or result cell says: operator (≥ ≤ = > <, or None), value, unit as printed, the text itself."""

    text: str
    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None


@cache
def _operators() -> list[tuple[str, str]]:
    data = tomllib.loads(files("flows.values").joinpath("operators.toml").read_text(encoding="utf8"))
    pairs = [(printed, sign) for sign, wordings in data.items() for printed in wordings]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def parse_operator(printed: str) -> str | None:
    """``＞＝``, ``不低于`` → ≥; None where the text is no operator."""
    folded = squash(printed)
    for wording, sign in _operators():
        if folded == squash(wording):
            return sign
    return None


_UNIT_TEXT = re.compile(r"^[^\d。；;，,]{0,14}$")


def parse_quantity(cell: str) -> Quantity:
    """One operator, one number and its unit, if that is all the cell says; otherwise the text alone.

    Ranges (``6-9个月``), dates (``2022年12月底前``) and sentences have no single value: value is None.
    """
    text = clean(cell)
    folded = fold_digits(text).strip()
    operator = None
    rest = folded
    for wording, sign in _operators():
        if folded.startswith(wording):
            operator, rest = sign, folded[len(wording) :].strip()
            break
    numbers = find_numbers(rest)
    if len(numbers) != 1 or numbers[0].start not in (0, 1):
        return Quantity(text, operator if numbers else None)
    number = numbers[0]
    sign = rest[: number.start].strip()
    tail = rest[number.end :].strip()
    if sign not in ("", "-", "−", "约") or not _UNIT_TEXT.match(tail) or re.match(r"^年\D*(底|末|前|初)", tail):
        return Quantity(text)
    value = -number.value if sign in ("-", "−") else number.value
    return Quantity(text, operator, value, tail or None)


_BANDS = (("未达成", False), ("部分达成", False), ("全部或基本达成", True), ("达成预期指标", True), ("基本达成", True))


def _comparable(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    known = unit_of(unit) if unit else None
    return (value * known.factor, known.base) if known else (value, squash(unit or ""))


def _same_measure(left: str, right: str) -> bool:
    """元 and 元/年 measure the same money; an empty unit takes the other's."""
    left, right = (re.sub(r"\([^()]*\)", "", squash(unit)) for unit in (left, right))
    return not left or not right or left == right or left.split("/")[0] == right.split("/")[0]


def is_attained(target: Quantity, actual: Quantity) -> bool | None:
    """True or False where the report itself tells, None where it cannot be told."""
    for words, verdict in _BANDS:
        if words in actual.text:
            return verdict
    if actual.value is None or target.value is None:
        same = squash(target.text) == squash(actual.text)
        return True if same and target.text and target.value is None else None
    (want, want_unit), (got, got_unit) = _comparable(target.value, target.unit), _comparable(actual.value, actual.unit)
    if not _same_measure(want_unit, got_unit):
        return None
    if not actual.unit and target.unit:
        got = _comparable(actual.value, target.unit)[0]
    if actual.operator in (None, "="):
        return {
            "≥": got >= want,
            "≤": got <= want,
            ">": got > want,
            "<": got < want,
            "=": got == want,
        }.get(target.operator or "", True if got == want else None)
    # A result that is itself a bound (≥400份) meets a bound of the same direction, or tells nothing.
    if actual.operator in ("≥", ">") and target.operator in ("≥", ">") and got >= want:
        return True
    if actual.operator in ("≤", "<") and target.operator in ("≤", "<") and got <= want:
        return True
    return None
