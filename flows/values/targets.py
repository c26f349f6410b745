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


@cache
def _words_before() -> tuple[str, ...]:
    return tuple(tomllib.loads(files("flows.values").joinpath("bounds.toml").read_text(encoding="utf8"))["before"])


def parse_operator(printed: str) -> str | None:
    """``＞＝``, ``不低于`` → ≥; None where the text is no operator."""
    folded = squash(printed)
    for wording, sign in _operators():
        if folded == squash(wording):
            return sign
    return None


_DATE_TAIL = re.compile(r"^(?:年|月份?|日|号)\D{0,3}?(?:底|末|初|之?前|之?后|以前)|^(?:底|末|之前|以前)")
_BOUND_TAILS = (("及以上", "≥"), ("以上", "≥"), ("及以下", "≤"), ("以下", "≤"), ("以内", "≤"), ("之内", "≤"))
_UNIT_TEXT = re.compile(r"^[^\d。；;，,]{0,14}$")


def parse_quantity(cell: str) -> Quantity:
    """One operator, one number and its unit, if that is all the cell says; otherwise the text alone.

    Ranges (``6-9个月``), dates (``2022年12月底前``) and sentences have no single value: value is None.
    """
    text = clean(cell)
    cell = text.rstrip("。；;，, ")
    folded = (
        fold_digits(cell)
        .replace("–", "-")
        .replace("＞", ">")
        .replace("﹥", ">")
        .replace("＜", "<")
        .replace("﹤", "<")
        .replace("＝", "=")
        .strip()
    )
    operator = None
    rest = folded
    for wording, sign in _operators():
        if folded.startswith(wording):
            operator, rest = sign, folded[len(wording) :].strip()
            break
    else:
        rest = next((folded[len(words) :].strip() for words in _words_before() if folded.startswith(words)), folded)
    numbers = find_numbers(rest)
    if len(numbers) != 1 or numbers[0].start not in (0, 1):
        return Quantity(text, operator if numbers else None)
    number = numbers[0]
    sign = rest[: number.start].strip()
    tail = rest[number.end :].strip()
    if sign not in ("", "-", "−", "约") or not _UNIT_TEXT.match(tail) or _DATE_TAIL.match(tail):
        return Quantity(text)
    for words, bound in _BOUND_TAILS:
        if tail.endswith(words):
            tail, operator = tail.removesuffix(words).strip(), operator or bound
            break
    value = abs(number.value).copy_negate() if sign in ("-", "−") else number.value
    return Quantity(text, operator, value, tail or None)


_NOT_REACHED = re.compile(r"(?<!不存在)(?<!无)(?:未|没有|不).{0,7}达成|部分达成")
_DENIED = re.compile(r"(?:不存在|无|没有)(?:未|没有).{0,4}达成")
_REACHED = re.compile(r"(?:全部|基本|已|完全|如期)?达成(?:预期)?(?:指标|目标)|全部或基本达成|^达成$")


def _comparable(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    known = unit_of(unit) if unit else None
    return (value * known.factor, known.base) if known else (value, squash(unit or ""))


def _same_measure(left: str, right: str) -> bool:
    """元 and 元/年 measure the same money; an empty unit takes the other's."""
    left, right = (re.sub(r"\([^()]*\)", "", squash(unit)) for unit in (left, right))
    return not left or not right or left == right or left.split("/")[0] == right.split("/")[0]


def is_attained(target: Quantity, actual: Quantity) -> bool | None:
    """True or False where the report itself tells, None where it cannot be told."""
    if _DENIED.search(actual.text):
        return None
    if _NOT_REACHED.search(actual.text):
        return False
    if _REACHED.search(actual.text):
        return True
    if actual.value is None or target.value is None:
        same = squash(target.text) == squash(actual.text)
        return True if same and target.text and target.value is None else None
    if "%" in squash(target.unit or "") and not actual.unit and actual.value <= 1 < target.value:
        return None  # 0.96 against 95%: a share or a percentage, the cell does not say
    (want, want_unit), (got, got_unit) = _comparable(target.value, target.unit), _comparable(actual.value, actual.unit)
    if not _same_measure(want_unit, got_unit):
        return None
    if not actual.unit and target.unit:
        got = _comparable(actual.value, target.unit)[0]
    if not target.unit and actual.unit:
        want = _comparable(target.value, actual.unit)[0]
    if actual.operator in (None, "="):
        return {
            "≥": got >= want,
            "≤": got <= want,
            ">": got > want,
            "<": got < want,
            "=": got == want,
        }.get(target.operator or "", True if got == want else None)
    # A result that is itself a bound (≥400份) meets a bound of the same direction, or tells nothing.
    if actual.operator in ("≥", ">") and target.operator in ("≥", ">"):
        proved = got > want or (got == want and not (target.operator == ">" and actual.operator == "≥"))
        return True if proved else None
    if actual.operator in ("≤", "<") and target.operator in ("≤", "<"):
        proved = got < want or (got == want and not (target.operator == "<" and actual.operator == "≤"))
        return True if proved else None
    return None
