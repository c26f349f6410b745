"""A number as a workbook's cell displays it: ``0.985`` under ``0.00%`` is ``98.50%``.

Number formats are those of ECMA-376 (18.8.30), as Chinese editions of Excel and WPS show them.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import pairwise

from flows.readers.date_format import Elapsed, display_date, is_date_code

GENERAL = "General"
_MOST_DIGITS = 15  # a workbook stores no more: 0.30000000000000004 is 0.3
_GENERAL_WIDTH = 11  # characters of an unformatted number, its point included
_CONTEXT = Context(prec=400)

# Formats that a file names by number alone, in the Chinese edition.
_BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}


def built_in(number: int) -> str:
    """The code of a format that is known by number; General for one that is not."""
    return _BUILT_IN.get(number, GENERAL)


def display(value: Decimal, code: str, from_1904: bool = False) -> str:
    """What a cell holding the number ``value`` shows under the format ``code``; ``from_1904``: days count from 1904.

    Padding and fill blanks at either end are not printed text and are left out.
    """
    value = as_stored(value)
    section, magnitude = _choose(_sections(code), value)
    return _render(section, magnitude, from_1904).strip(" ")


def display_text(text: str, code: str) -> str:
    """What a cell holding ``text`` shows: as it stands, or inside the format's section for text (``@"元"``)."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else next((s for s in sections if s.is_text), None)
    if section is None or section.body == "@":
        return text
    return "".join(text if token == "@" else _literal(token) for token in section.tokens)


def as_stored(value: Decimal) -> Decimal:
    """The number with the digits that a workbook holds."""
    return Context(prec=_MOST_DIGITS, rounding=ROUND_HALF_UP).plus(value)


def general(value: Decimal) -> str:
    """Without a format: up to eleven characters, else as 1.23457E+11."""
    if not value:
        return "0"
    sign, magnitude = ("-" if value < 0 else ""), abs(value)
    exponent = magnitude.adjusted()
    if -5 < exponent < _GENERAL_WIDTH:
        room = _GENERAL_WIDTH - max(exponent, 0) - 1  # characters after the integer digits
        places = max(room - 1, 0)
        rounded = _round(magnitude, places)
        if rounded.adjusted() < _GENERAL_WIDTH:
            return sign + _trimmed(rounded)
    digits = Context(prec=6, rounding=ROUND_HALF_UP).plus(magnitude)
    mantissa = _trimmed(digits.scaleb(-digits.adjusted()))
    return f"{sign}{mantissa}E{'-' if digits.adjusted() < 0 else '+'}{abs(digits.adjusted()):02d}"


# -- format codes ----------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r'"[^"]*"?|\\.|!.|_.|\*.|\[[^\]]*\]|General|G/通用格式|AM/PM|A/P|上午/下午|E[+-]|e[+-]|.',
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_PLACEHOLDERS = "0#?"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a code: its tokens, and the condition written before it."""

    body: str
    tokens: tuple[str, ...]
    condition: tuple[str, Decimal] | None
    numerals: int  # of [DBNum1] and its like

    @property
    def is_text(self) -> bool:
        return "@" in self.tokens

    @property
    def is_date(self) -> bool:
        return is_date_code(self.tokens)

    @property
    def is_general(self) -> bool:
        return any(token.lower() in ("general", "g/通用格式") for token in self.tokens)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code or GENERAL):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_section(tokens) for tokens in sections[:4])


def _section(tokens: list[str]) -> _Section:
    condition, numerals, kept = None, 0, []
    for token in tokens:
        if not token.startswith("["):
            kept.append(token)
        elif found := _CONDITION.fullmatch(token):
            condition = (found[1], Decimal(found[2]))
        elif found := _CURRENCY.fullmatch(token):
            kept.append(f'"{found[1]}"')
        elif _ELAPSED.fullmatch(token):
            kept.append(token)
        elif found := re.fullmatch(r"\[DBNum([1-4])\]", token, re.IGNORECASE):
            numerals = int(found[1])
    return _Section("".join(kept), tuple(kept), condition, numerals)


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal]:
    """The section for a number, and the number with the sign that it is to print."""
    numeric = [s for s in sections[:3] if not s.is_text] or [_section(["General"])]
    if len(sections) > 1 and any(s.condition for s in numeric):
        for index, section in enumerate(numeric):
            condition = section.condition or ((">", Decimal(0)) if index == 0 else None)
            if condition is None or _meets(value, *condition):
                # a section for negative numbers alone prints the sign itself
                own_sign = bool(section.condition) and section.condition[0] in ("<", "<=") and section.condition[1] <= 0  # type: ignore[index]
                return section, abs(value) if own_sign else value
        return _section(["General"]), value
    if value > 0 or len(numeric) == 1:
        return numeric[0], value
    if value < 0:
        return numeric[1], -value
    return numeric[2] if len(numeric) > 2 else numeric[0], value


def _meets(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _literal(token: str) -> str:
    """What a token prints that stands for no digit."""
    if token.startswith('"'):
        return token.strip('"')
    if token[0] in "\\!" and len(token) == 2:
        return token[1]
    if token[0] == "_" and len(token) == 2:
        return " "
    return "" if token[0] == "*" and len(token) == 2 else token


def _render(section: _Section, value: Decimal, from_1904: bool) -> str:
    if section.is_date:
        try:
            return display_date(value, section.tokens, section.numerals, from_1904, _literal)
        except Elapsed:
            return general(value)  # Excel fills such a cell with ####: what it holds is shown instead
    if section.is_general:
        return "".join(
            general(abs(value)) if token.lower() in ("general", "g/通用格式") else _literal(token) for token in _signed(section, value)
        )
    if any(token.lower() in ("e+", "e-") for token in section.tokens):
        return _scientific(section, value)
    if "/" in section.tokens and any(token in _PLACEHOLDERS for token in section.tokens):
        return _fraction(section, value)
    return _number(section, value)


def _signed(section: _Section, value: Decimal) -> tuple[str, ...]:
    return ("-", *section.tokens) if value < 0 else section.tokens


# -- digits ----------------------------------------------------------------------------------------------------------------


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT)


def _trimmed(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(section: _Section, value: Decimal) -> str:
    tokens = section.tokens
    digits = [index for index, token in enumerate(tokens) if token in _PLACEHOLDERS]
    percents = tokens.count("%")
    magnitude = abs(value).scaleb(2 * percents, _CONTEXT)
    if not digits:
        return ("-" if value < 0 else "") + "".join(_literal(token) for token in tokens)
    point = next((index for index, token in enumerate(tokens) if token == "."), len(tokens))
    before = [index for index in digits if index < point]
    after = [index for index in digits if index > point]
    commas = [index for index, token in enumerate(tokens) if token == "," and digits[0] < index]
    last = before[-1] if before else -1
    grouped = any(before and before[0] < index < last for index in commas)
    # Commas after the last digit on either side of the point count thousands.
    scaling = [index for index in commas if (last < index < point) or (after and index > after[-1])]
    magnitude = magnitude.scaleb(-3 * len(scaling), _CONTEXT)
    rounded = _round(magnitude, len(after))
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    out: dict[int, str] = dict(zip(after, _fraction_digits([tokens[i] for i in after], fraction), strict=True))
    out |= dict(zip(before, _whole_digits([tokens[i] for i in before], whole, grouped), strict=True))
    if not before and whole and point < len(tokens):
        out[point] = whole + "."
    silent = set(commas)
    printed = "".join(out.get(i, "" if i in silent else _literal(token)) for i, token in enumerate(tokens))
    if section.numerals:
        printed = "".join(_CHINESE_DIGITS[section.numerals - 1][int(c)] if c.isdecimal() and c.isascii() else c for c in printed)
    return ("-" if value < 0 else "") + printed


_CHINESE_DIGITS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９", "0123456789")


def _whole_digits(places: list[str], digits: str, grouped: bool) -> list[str]:
    """What each placeholder before the point prints, from the left; the first also prints all digits that have no place."""
    out: list[str] = []
    rest = digits
    count = 0
    for place, is_first in zip(reversed(places), [*([False] * (len(places) - 1)), True], strict=True):
        take = rest if is_first else rest[-1:]
        rest = "" if is_first else rest[:-1]
        piece = ""
        for char in reversed(take or {"0": "0", "?": " "}.get(place, "")):
            if grouped and count and count % 3 == 0 and char != " ":
                piece = "," + piece
            piece = char + piece
            count += 1
        out.append(piece)
    return out[::-1]


def _fraction_digits(places: list[str], digits: str) -> list[str]:
    out = []
    for index, place in enumerate(places):
        is_needed = digits[index:].strip("0") != ""
        out.append(digits[index] if is_needed or place == "0" else {"?": " "}.get(place, ""))
    return out


def _scientific(section: _Section, value: Decimal) -> str:
    tokens = section.tokens
    at = next(index for index, token in enumerate(tokens) if token.lower() in ("e+", "e-"))
    mantissa = _Section(section.body, tokens[:at], None, 0)
    point = tokens.index(".") if "." in tokens[:at] else at
    step = max(sum(token in _PLACEHOLDERS for token in tokens[:point]), 1)
    places = sum(token in _PLACEHOLDERS for token in tokens[point:at])
    magnitude = abs(value)
    exponent = magnitude.adjusted() // step * step if magnitude else 0
    if step > 1 or not magnitude:
        scaled = magnitude.scaleb(-exponent, _CONTEXT)
    else:
        scaled = magnitude.scaleb(-exponent, _CONTEXT)
    if magnitude and _round(scaled, places).adjusted() >= step:
        exponent += step
        scaled = scaled.scaleb(-step, _CONTEXT)
    width = sum(token in _PLACEHOLDERS for token in tokens[at:])
    rest = "".join(_literal(token) for token in tokens[at + 1 :] if token not in _PLACEHOLDERS)
    sign = "-" if exponent < 0 else ("+" if tokens[at].endswith("+") else "")
    return f"{'-' if value < 0 else ''}{_number(mantissa, scaled)}E{sign}{abs(exponent):0{width}d}{rest}"


def _fraction(section: _Section, value: Decimal) -> str:
    """``# ?/?``: the nearest fraction whose denominator has no more digits than the format has places."""
    tokens = section.tokens
    slash = tokens.index("/")
    denominator_tokens = [token for token in tokens[slash + 1 :] if token.isdigit() or token in _PLACEHOLDERS]
    whole_places = [index for index, token in enumerate(tokens[:slash]) if token in _PLACEHOLDERS]
    mixed = any(b - a > 1 for a, b in pairwise(whole_places))
    magnitude = abs(value)
    whole = int(magnitude) if mixed else 0
    rest = magnitude - whole
    fixed = "".join(denominator_tokens)
    if fixed.strip("0").isdigit():
        bottom = int(fixed)
        top = int(_round(rest * bottom, 0))
    else:
        top, bottom = _nearest(rest, 10 ** len(denominator_tokens) - 1)
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    sign = "-" if value < 0 else ""
    if mixed and not top:
        return f"{sign}{whole}"
    return f"{sign}{f'{whole} ' if mixed and whole else ''}{top}/{bottom}"


def _nearest(value: Decimal, most: int) -> tuple[int, int]:
    from fractions import Fraction

    found = Fraction(value).limit_denominator(most)
    return found.numerator, found.denominator
