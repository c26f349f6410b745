"""The numbers that Word prints before the paragraphs of a list: 1. / 一、/ （三）. The text of the file does not hold them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.readers.ooxml import Element
from flows.readers.word_names import W, is_on, value, whole
from flows.readers.word_styles import Styles

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_LEVELS = 9
_MAX_NUMBER = 99_999  # a start value beyond it is no list's


def _counted(number: int, digits: str, units: tuple[str, str, str, str]) -> str:
    """1 to 99999 as counted: 二十, 一百零三."""
    if number >= 10_000:
        rest = number % 10_000
        joint = digits[0] if 0 < rest < 1_000 else ""
        return _counted(number // 10_000, digits, units) + units[3] + (joint + _counted(rest, digits, units) if rest else "")
    text, zero = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = number // power % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + unit
        zero = not digit
    return text


def _chinese(number: int) -> str:
    if not number:
        return "〇"
    text = _counted(number, "零" + _DIGITS[1:], ("十", "百", "千", "万"))
    return text[1:] if text.startswith("一十") else text


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _formal(number: int) -> str:
    return _counted(number, _FORMAL, ("拾", "佰", "仟", "萬")) if number else _FORMAL[0]


def _roman(number: int) -> str:
    text = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text, number = text + sign * (number // size), number % size
    return text


def _letters(number: int) -> str:
    """a … z, aa, bb …: as Word goes on after the alphabet."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _sign_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


def _from(first: int, last: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode; a plain number beyond the last."""
    return lambda number: chr(first + number - 1) if 0 < number <= last else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "koreanCounting": _chinese,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "ideographTraditional": _sign_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _sign_of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "none": lambda number: "",
}


def printed(number: int, number_format: str) -> str:
    """A list's number in one of Word's number formats; in decimal digits where the format is another language's."""
    return _FORMATS.get(number_format, str)(number)


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    is_legal: bool
    restarts: bool


def _level(element: Element) -> _Level:
    number_format = value(element, "numFmt") or "decimal"
    start = min(max(whole(value(element, "start"), 0), 0), _MAX_NUMBER)
    return _Level(number_format, value(element, "lvlText") or "", start, bool(is_on(element, "isLgl")), value(element, "lvlRestart") != "0")


@dataclass(slots=True)
class _List:
    """One w:num: its levels, the abstract list whose count it shares, where it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Numbers paragraphs in the order in which they are read."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self.given: list[str] = []
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstracts = {item.get(W + "abstractNumId"): item for item in root.iter(W + "abstractNum")}
        named = {style: item for item in abstracts.values() if (style := value(item, "styleLink"))}
        for num in root.iter(W + "num"):
            num_id, abstract = num.get(W + "numId"), value(num, "abstractNumId")
            definition = abstracts.get(abstract)
            if num_id is None or abstract is None or definition is None:
                continue
            linked = named.get(value(definition, "numStyleLink") or "")
            levels: dict[int, _Level] = {}
            for element in (linked if linked is not None else definition).iterfind(W + "lvl"):
                at = whole(element.get(W + "ilvl"))
                levels[at] = _level(element)
                style = value(element, "pStyle")
                if style:
                    self._by_style.setdefault(style, (num_id, at))
            made = _List(abstract, levels)
            for override in num.iterfind(W + "lvlOverride"):
                at = whole(override.get(W + "ilvl"))
                own = override.find(W + "lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = value(override, "startOverride")
                if start is not None:
                    made.starts[at] = min(max(whole(start), 0), _MAX_NUMBER)
            self._lists[num_id] = made

    def _of(self, paragraph: Element) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, or its style's."""
        style = self._styles.of(paragraph)
        num_id, level = value(paragraph, "pPr numPr numId"), value(paragraph, "pPr numPr ilvl")
        if num_id is None:
            given = self._styles.numbering(style)
            if given is None:
                return None
            num_id = given[0]
            level = level or given[1]
            if level is None:
                level = str(next((self._by_style[key][1] for key in self._styles.lineage(style) if key in self._by_style), 0))
        return (num_id, whole(level)) if num_id in self._lists else None

    def number(self, paragraph: Element) -> str:
        """What is printed before the paragraph, counted on; nothing for a bullet and outside lists."""
        found = self._of(paragraph)
        if found is None:
            return ""
        num_id, at = found
        numbered = self._lists[num_id]
        level = numbered.levels.get(at)
        if level is None or not 0 <= at < _LEVELS:
            return ""
        counts = self._counts.setdefault(numbered.abstract, {})
        if at in numbered.starts and (num_id, at) not in self._begun:
            counts[at] = numbered.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._begun.add((num_id, at))
        for deeper in [other for other in counts if other > at and self._restarts(numbered, other)]:
            del counts[deeper]
        if level.format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            upper = numbered.levels.get(other)
            if upper is None:
                return ""
            number_format = "decimal" if level.is_legal and other != at else upper.format
            return printed(counts.get(other, upper.start), number_format)

        text = re.sub(r"%([1-9])", shown, level.text)
        self.given.append(text)
        return text

    @staticmethod
    def _restarts(numbered: _List, at: int) -> bool:
        return at not in numbered.levels or numbered.levels[at].restarts


def before(number: str, text: str) -> str:
    """A number and the text it stands before; apart where they would read as one number (1. and 5个)."""
    apart = " " if re.search(r"[\d.．]$", number) and re.match(r"\s*[\d.]", text) and not text[:1].isspace() else ""
    return number + apart + text
