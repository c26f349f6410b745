"""Days of a workbook's calendar as a cell displays them: ``44926`` under ``yyyy"年"m"月"d"日"`` is ``2022年12月31日``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_LETTERS = re.compile(r"[ymdhsaeb]", re.IGNORECASE)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"
_MOST_DAYS = 2_958_466  # the day after 9999-12-31
_NOON = ("AM/PM", "A/P", "上午/下午")
_DIGITS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")


class Elapsed(Exception):
    """No day of the calendar: negative, or after the year 9999."""


@dataclass(frozen=True, slots=True)
class _Moment:
    days: int  # whole days from the beginning of the calendar
    year: int
    month: int
    day: int
    weekday: int
    seconds: Decimal  # of the day


def is_date_code(tokens: Sequence[str]) -> bool:
    """Does a format print parts of a day or a time?"""
    return any(
        (len(token) == 1 and _LETTERS.match(token) and token not in "Bb") or token.startswith("[") or token.upper() in _NOON
        for token in tokens
    ) and not any(token.lower() == "general" for token in tokens)


def display_date(value: Decimal, tokens: Sequence[str], numerals: int, from_1904: bool, literal: Callable[[str], str]) -> str:
    """The day ``value`` under a format's tokens. Raises Elapsed where the number is no day."""
    runs = _runs(tokens)
    places = next((len(text) - 1 for text, kind in runs if kind == "fraction"), 0)
    moment = _moment(value, from_1904, places)
    half_day = any(text.upper() in _NOON for text, _ in runs)
    out = []
    for index, (text, kind) in enumerate(runs):
        if kind == "literal":
            out.append(literal(text))
        elif kind == "fraction":
            out.append(f"{moment.seconds % 1:.{places}f}"[1:])
        else:
            out.append(_part(text, moment, half_day, _is_minute(runs, index), numerals))
    return "".join(out)


def _runs(tokens: Sequence[str]) -> list[tuple[str, str]]:
    """Letters in a row as one run (yyyy), with what each is: part, fraction (of a second) or literal."""
    runs: list[tuple[str, str]] = []
    for index, token in enumerate(tokens):
        before = runs[-1] if runs else ("", "")
        if len(token) == 1 and _LETTERS.match(token):
            if before[1] == "part" and before[0][0].lower() == token.lower() and before[0].upper() not in _NOON:
                runs[-1] = (before[0] + token, "part")
            else:
                runs.append((token, "part"))
        elif token.startswith("[") or token.upper() in _NOON:
            runs.append((token, "part"))
        elif token == "0" and before[1] == "fraction":
            runs[-1] = (before[0] + "0", "fraction")
        elif token == "." and index + 1 < len(tokens) and tokens[index + 1] == "0":
            runs.append((".", "fraction"))
        else:
            runs.append((token, "literal"))
    return runs


def _is_minute(runs: list[tuple[str, str]], index: int) -> bool:
    """m is the minute after an hour or before a second."""
    parts = [i for i, (_, kind) in enumerate(runs) if kind == "part" and runs[i][0].upper() not in _NOON]
    here = parts.index(index) if index in parts else -1
    if here < 0:
        return False
    before = runs[parts[here - 1]][0].strip("[").lower()[:1] if here else ""
    after = runs[parts[here + 1]][0].strip("[").lower()[:1] if here + 1 < len(parts) else ""
    return before == "h" or after == "s"


def _moment(value: Decimal, from_1904: bool, places: int) -> _Moment:
    if value < 0:
        raise Elapsed
    days = int(value)
    step = Decimal(1).scaleb(-places)
    seconds = ((value - days) * 86_400).quantize(step, ROUND_HALF_UP)
    if seconds >= 86_400:
        days, seconds = days + 1, seconds - 86_400
    if days + (1462 if from_1904 else 0) >= _MOST_DAYS:
        raise Elapsed
    if from_1904:
        day = date(1904, 1, 1) + timedelta(days)
    elif days == 0:
        return _Moment(days, 1900, 1, 0, 5, seconds)
    elif days == 60:  # the calendar of Excel knows a 29 February 1900
        return _Moment(days, 1900, 2, 29, 2, seconds)
    else:
        day = date(1899, 12, 31 if days < 60 else 30) + timedelta(days)
    return _Moment(days, day.year, day.month, day.day, day.weekday(), seconds)


def _part(text: str, moment: _Moment, half_day: bool, is_minute: bool, numerals: int) -> str:
    if text.startswith("["):
        return _elapsed(text.strip("[]").lower(), moment)
    hour, minute, second = int(moment.seconds // 3600), int(moment.seconds // 60 % 60), int(moment.seconds % 60)
    if text.upper() in _NOON:
        return text.split("/")[hour >= 12]
    letter, width = text[0].lower(), len(text)
    shown = (hour % 12 or 12) if half_day else hour
    if letter == "y" or letter == "e":
        year = f"{moment.year % 100:02d}" if letter == "y" and width <= 2 else f"{moment.year:04d}"
        return _each_digit(year, numerals)
    if letter == "m" and not is_minute:
        if width >= 3:
            name = _MONTHS[moment.month - 1]
            return {3: name[:3], 5: name[0]}.get(width, name)
        return _counted(moment.month, width, numerals)
    if letter == "d":
        if width >= 3:
            return _DAYS[moment.weekday][: 3 if width == 3 else None]
        return _counted(moment.day, width, numerals)
    if letter == "a":
        return ("星期" if width >= 4 else "") + _CHINESE_DAYS[moment.weekday]
    if letter == "b":
        return f"{(moment.year + 543) % (100 if width <= 2 else 10_000)}"
    return _counted({"h": shown, "m": minute, "s": second}[letter], width, numerals)


def _elapsed(text: str, moment: _Moment) -> str:
    seconds = moment.days * 86_400 + int(moment.seconds)
    count = seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]
    return f"{count:0{len(text)}d}"


def _each_digit(text: str, numerals: int) -> str:
    return "".join(_DIGITS[numerals - 1][int(c)] for c in text) if numerals in (1, 2) else text


def _counted(number: int, width: int, numerals: int) -> str:
    """A small number as counted: 12 under [DBNum1] is 十二."""
    if numerals not in (1, 2):
        return f"{number:0{min(width, 2)}d}"
    tens, ones = divmod(number, 10)
    digits, ten = _DIGITS[numerals - 1], "十" if numerals == 1 else "拾"
    if not tens:
        return digits[ones]
    lead = digits[tens] if tens > 1 or numerals == 2 else ""
    return lead + ten + (digits[ones] if ones else "")
