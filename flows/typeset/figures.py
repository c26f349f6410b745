"""Rounding and printing of numbers, the way reports do it."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_DIGITS = "一二三四五六七八九"
_YUAN_IN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def half_up(value: Decimal) -> Decimal:
    """Two decimals, halves upwards (not to even, as reports never do)."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Part of the whole in percent; of nothing it is 0, which is what reports print."""
    return half_up(part * 100 / whole) if whole else half_up(ZERO)


def money(amount: Decimal, unit: str, grouped: bool = False) -> str:
    """An amount in 元 as digits of the unit: 31063300 in 万元 is 3106.33, or 3,106.33."""
    return f"{half_up(amount / _YUAN_IN[unit]):{',' if grouped else ''}.2f}"


def plain(value: Decimal | int) -> str:
    """Without needless zeros: 10, 9.5, 99.25."""
    return f"{Decimal(value).normalize():f}"


def percent(value: Decimal) -> str:
    """A rate as forms print it: 99.50%."""
    return f"{half_up(value):.2f}%"


def wan(amount: Decimal) -> str:
    """An amount for prose: 3106.33万元."""
    return money(amount, "万元") + "万元"


def known(value: Decimal | None) -> Decimal:
    """A figure that must be there."""
    if value is None:
        raise ValueError("a figure is missing")
    return value


def total(values: Iterable[Decimal | None]) -> Decimal:
    """A sum that stays Decimal when there is nothing to add; what is missing adds nothing."""
    return sum((value for value in values if value is not None), ZERO)


def ordinal(number: int) -> str:
    """1 to 99 as headlines count: 一, 十, 十一, 二十六."""
    tens, ones = divmod(number, 10)
    leading = _DIGITS[tens - 1] if tens > 1 else ""
    return leading + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")
