"""Numbers as printed: ``2,651.11``, full-width digits, Chinese numerals."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from flows.values.text import squash

# A number never has a letter or another number glued to its left (DRG2 is a name, 1.2.3 is a list).
_NUMBER = r"[-−–+△]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_WHOLE = re.compile(rf"^(?:¥|￥)?({_NUMBER})$")
_BRACKETED = re.compile(r"^[(（](\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]$")
_MARKS = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u24ff\u2776-\u2793]")  # ① ² : marks, not numbers
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－", "0123456789.%+-")
_CN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def fold_digits(text: str) -> str:
    """Full-width digits and signs as half-width, same length: places in the text stay what they are."""
    return text.translate(_FULL_WIDTH)


def to_decimal(printed: str) -> Decimal | None:
    """``2,651.11`` → Decimal; None where the text is not one number."""
    folded = re.sub(r"[ \u00a0]", "", fold_digits(printed)).replace(",", "").replace("，", "").replace("−", "-").replace("–", "-")
    try:
        value = Decimal(folded)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def parse_number(cell: str) -> Decimal | None:
    """The number a cell holds, if it holds nothing else: ``1,585.25`` yes, ``99.5%`` and ``约5`` no."""
    match = None if _MARKS.search(cell) else _WHOLE.match(fold_digits(squash(cell)))
    return to_decimal(match.group(1).lstrip("+").replace("△", "-")) if match else None


def parse_bracketed(cell: str) -> Decimal | None:
    """The negative amount that a cell prints in brackets, as accountants do: ``(15,230.60)``; ``(1)`` is a mark."""
    match = _BRACKETED.match(fold_digits(squash(cell)))
    value = to_decimal(match.group(1)) if match else None
    return None if value is None else -value


def parse_amount(cell: str) -> Decimal | None:
    """The amount a cell of money holds: a number, or a negative one in brackets."""
    number = parse_number(cell)
    return parse_bracketed(cell) if number is None else number


def parse_rate(cell: str) -> Decimal | None:
    """A rate cell in percent: ``99.50%`` and ``99.5`` → 99.5; ``1`` under a rate header stays 1 (the caller knows)."""
    folded = fold_digits(squash(cell))
    return parse_number(folded[:-1] if folded.endswith("%") else folded)


def parse_chinese_numeral(text: str) -> int | None:
    """``一千二百`` → 1200, ``二十六`` → 26; None where the text is not a numeral."""
    if not text or any(c not in _CN_DIGITS and c not in _CN_SCALES for c in text):
        return None
    if all(c in _CN_DIGITS for c in text):  # digit by digit, as years are: 二〇二二
        return int("".join(str(_CN_DIGITS[c]) for c in text))
    if all(_CN_SCALES.get(c, 0) >= 10_000 for c in text):
        return None  # 万 alone is a unit
    total = section = digit = 0
    for char in text:
        if char in _CN_DIGITS:
            digit = _CN_DIGITS[char]
            continue
        scale = _CN_SCALES[char]
        if scale == 100_000_000:
            total, section = (total + section + digit) * scale, 0
        elif scale == 10_000:
            total, section = total + (section + digit) * scale, 0
        else:
            section += (digit or 1) * scale
        digit = 0
    return total + section + digit


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number found in running text: ``text[start:end]`` prints ``value``."""

    start: int
    end: int
    value: Decimal


_IN_TEXT = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:，\d{3})+(?=\.\d|\s*[万亿]?元)|(?<!\d，)\d{1,3}，\d{3}(?!\d|，\d)|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+)(?:\.(?!(?:19|20)\d{2}\s*年)\d+|(?<=\d{3})\.[ \u00a0]\d{2}(?!\d))?"
)


def find_numbers(text: str) -> list[NumberSpan]:
    """Every number written in digits, of any width, in reading order. A minus that can be no dash belongs to its number."""
    folded = fold_digits(text)
    found = []
    for match in _IN_TEXT.finditer(folded):
        value = to_decimal(match.group())
        if value is None:
            continue
        before = folded[max(0, match.start() - 2) : match.start()]
        negative = re.search(r"(?:^|[^\d%\w)）\]〕年月日号])[-−]$|^[-−]$|[为是到额率余]\s?[-−]$", before)
        found.append(NumberSpan(match.start() - bool(negative), match.end(), value.copy_negate() if negative else value))
    return found


# A Chinese numeral measures where a measure word and a noun follow (三家县级医院), or where it is made of tens and more and a measure word
# follows (一千二百零六人). 一个, ordinals and classes (第三家, 二期, 二类, 六类人员), names in quotation marks (“四个全覆盖”) and of policies
# (八项规定) measure nothing. A zero is written 零 where money is said to be none: 年初预算为零.
_NUMERAL = re.compile(
    r"(?<![第其每同统逐之唯单各几数这该“‘\d.．一二三四五六七八九十百千万亿零两])(?:"
    r"([二三四五六七八九两十][一二三四五六七八九十百千万亿零两]{0,7}|一[百千万亿十][一二三四五六七八九十百千万亿零两]{0,7})"
    r"(?=余?(?:元|万元|亿元)|余?(?:家|名|所|台|套|辆|户|亩|人次|个(?=二级|单位|机构|科室|部门|乡镇|街道|社区|行政村|预算单位|内设))[\u4e00-\u9fff]{2})"
    r"|([一二三四五六七八九两]?[十百千万][一二三四五六七八九十百千万零两]{0,9}|[一二三四五六七八九两][一二三四五六七八九十百千万零两]*[十百千万][一二三四五六七八九十百千万零两]*)"
    r"(?=余?(?:人次|人|名|户|家|所|台|套|辆|亩|件|份|册|场|块|个(?!百分|千分|月|五年)|次|只|株|棵|位|床)(?![大五]))"
    r"|(?<=[辖设有])(一)(?=个(?:二级|下属|直属|预算单位|内设|科室|事业单位))"
    r"|(?<=为)(零)(?=[，。；,;、）)]|$))"
)


def find_chinese_numerals(text: str) -> list[NumberSpan]:
    """Chinese numerals that measure something, in reading order."""
    found = []
    for match in _NUMERAL.finditer(text):
        value = parse_chinese_numeral(match.group())
        if value is not None:
            found.append(NumberSpan(match.start(), match.end(), Decimal(value)))
    return found
