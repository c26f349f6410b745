"""Running text → statements.

A paragraph is cut at its measured numbers. What stands between the number before (or the last comma) and a number says what it counts;
where nothing stands there, it counts what the number before counted (占, 下降). Nothing here knows a report.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise

from flows.statements import context, years
from flows.values.numbers import NumberSpan, find_chinese_numerals, find_numbers, fold_digits
from flows.values.text import clean
from flows.values.units import Unit, kind_of_measure, unit_at

_SENTENCE_END = "。；;！？!?"
_CLAUSE_END = "，,：:"
_OPEN, _CLOSE = "（(", "）)"
_RANGE = re.compile(r"\s*[-—–~～至]\s*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEVELLED = re.compile(r"[（(](?:类|款)[）)]")
_TIME = re.compile(
    r"^(?:(?:截至|截止到?|自|到|在|于)(?=\s*(?:20\d{2}|\d{1,2}\s*月)))?\s*(?:20\d{2}\s*年(?:度|年?[底末初]|第?[一二三四]季度)?|本年度|上年度|全年)?\s*(?:(?:\d{1,2}\s*[-—–~至、]\s*)?\d{1,2}\s*月份?[底末初]?)?\s*(?:\d{1,2}\s*日)?[，,]?"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A measured number: ``start``/``end`` delimit number and unit in the paragraph; ``sentence`` is where it stands."""

    start: int
    end: int
    printed: str
    sentence: str
    subject: str | None
    scope: str | None
    value: Decimal
    unit: str | None
    value_base: Decimal | None
    base_unit: str | None
    kind: str
    direction: str | None
    period: str | None
    fiscal_year: int | None
    inferred: str | None = None


@cache
def _words(name: str) -> tuple[str, ...]:
    data = tomllib.loads(files("flows.statements").joinpath("wording.toml").read_text(encoding="utf8"))
    return tuple(sorted(data[name], key=lambda word: (-len(word), word)))


@dataclass(slots=True)
class _Measure:
    span: NumberSpan
    unit: Unit | None
    end: int  # after the unit
    inferred: str | None = None


def _measures(text: str) -> list[_Measure]:
    """Numbers with a unit that no date, name or mark covers."""
    covered = context.spans(text)
    found: list[_Measure] = []
    pending: NumberSpan | None = None
    for span in sorted([*find_numbers(text), *find_chinese_numerals(text)], key=lambda number: number.start):
        if any(c.start <= span.start < c.end for c in covered):
            pending = None
            continue
        at = span.end
        while at < len(text) and text[at] in " \u3000\xa0":
            at += 1
        if at < len(text) and text[at] in "余多" and not text.startswith("多个", at):
            at += 1
        unit = unit_at(text, at)
        if unit is None or unit.printed in ("月",) or _is_name_unit(text, at, unit):
            pending = span if unit is None and re.match(r"\s*[-—–~～至]\s*\d", text[span.end :]) else None
            if unit is None and _direction(text[max(0, span.start - 6) : span.start]) and re.match(r"\s*[，。；,]", text[span.end :]):
                found.append(_Measure(span, None, span.end, "数字后漏印单位"))
            continue
        if pending is not None and _RANGE.fullmatch(text[pending.end : span.start]):
            found.append(_Measure(pending, unit, pending.end, "区间的下限，单位印在上限之后"))
        pending = None
        found.append(_Measure(span, unit, at + len(unit.printed)))
    return found


def unread_numbers(raw: str) -> list[NumberSpan]:
    """Numbers of a paragraph that are neither measured nor dates, marks, names: printed without a unit."""
    text = fold_digits(raw)
    covered = context.spans(text)
    measured = _measures(text)
    return [
        span
        for span in find_numbers(text)
        if not any(c.start <= span.start < c.end for c in covered) and not any(m.span.start <= span.start < m.end for m in measured)
    ]


def _is_name_unit(text: str, at: int, unit: Unit) -> bool:
    """A measure word that is part of a name: 2类人员 is counted, 5级 and 3款 in a law are not."""
    after = text[at + len(unit.printed) : at + len(unit.printed) + 1]
    return unit.printed in ("级", "款", "类", "条", "本", "部", "度", "年", "股", "班", "面", "支") and after in ("第", "规", "之")


def read(raw: str, default_year: int | None, bureaus: tuple[str, ...] = ()) -> Iterator[Statement]:
    """The statements of a paragraph, in order. ``bureaus``: names under which the bureau speaks of itself."""
    text = fold_digits(raw)
    measures = _measures(text)
    named_years = years.mentions(text)
    subject: str | None = None
    governing: str | None = None  # what 其中 divides
    at_depth: dict[int, str | None] = {}  # the last subject outside and inside brackets
    shared: list[str] = []  # names that 分别为 gives one figure each
    shared_years: list[int] = []  # years that it gives one figure each
    direction: str | None = None
    amounts: set[tuple[str, str | None]] = set()  # subjects and scopes of the last sentence, for one that only compares
    carried: str | None = None
    last_end = 0
    last_sentence = -1
    for measure in measures:
        start, end = measure.span.start, measure.end
        begin, finish = _sentence(text, start, end)
        if begin != last_sentence:
            compares = _COMPARING_SENTENCE.match(text, begin) and len(amounts) == 1
            subject, carried = next(iter(amounts)) if compares else (None, None)
            governing, amounts = None, amounts if compares else set()
            at_depth, shared, shared_years = {}, [], []
            last_sentence, last_end = begin, begin
        between = text[max(begin, last_end) : start]
        if "其中" in between or "包括" in between:
            governing = subject or governing
        depth = max(0, sum(between_mark in _OPEN for between_mark in text[begin:start]) - sum(mark in _CLOSE for mark in text[begin:start]))
        if any(mark in _CLOSE for mark in between):
            subject = at_depth.get(depth, subject)
            governing = governing if any(mark in _OPEN for mark in between) else None
        phrase = _phrase(between)
        if "分别" in phrase:
            run = _run_length(measures, measure, text)
            shared_years, rest = years.shared_out(phrase)
            if len(shared_years) == run:
                phrase = rest
            else:
                shared_years = []
            shared = _names_before(phrase, bureaus)
            if len(shared) != run:
                shared = []
        unit = measure.unit
        if not _RANGE.fullmatch(between):  # both ends of a range go one way
            direction = _direction(phrase, unit is None or unit.kind == "amount")
        own, levels = _subject(phrase, bureaus, direction)
        if not phrase and re.search(r"[：:]\s*$", between):
            own = _from_colon(between, bureaus)  # 设备数量：12台，培训期数：3期
        after = _noun_after(text[end:finish]) if unit and unit.kind == "count" else None
        if after and (not own or _ends_with_verb(phrase)):
            own = after
        if shared:
            own = shared.pop(0)
        inherited = own is None
        subject = own or subject or _from_colon(text[begin:start], bureaus)
        year, period = years.year_at(text, named_years, start, default_year)
        year = years.relative_year(between[max(between.rfind(mark) for mark in "，,。；;") + 1 :], year) or year
        if shared_years:
            year, period = shared_years.pop(0), None
        kind = kind_of_measure(unit, direction)
        scope = _scope(between, governing, levels) if not inherited else _scope(between, None, levels) or carried
        yield Statement(
            start,
            end,
            raw[start:end],
            clean(raw[begin:finish]),
            subject,
            scope,
            measure.span.value,
            "".join(unit.printed.split()) if unit else None,
            measure.span.value * unit.factor if unit else None,
            unit.base if unit else None,
            kind,
            direction,
            period,
            year,
            measure.inferred,
        )
        at_depth[depth] = subject
        if kind == "amount" and subject:
            amounts.add((subject, scope))
        last_end = end + (text[end:finish].find(after) + len(after) if after and own == after else 0)


def _names_before(phrase: str, bureaus: tuple[str, ...]) -> list[str]:
    """货物、工程、服务支出分别为 → the names in order."""
    names = _strip_front(phrase.split("分别")[0], bureaus)
    return [name for name in re.split(r"[、和及与]", names) if name]


def _run_length(measures: list[_Measure], first: _Measure, text: str) -> int:
    """How many figures follow one another with nothing but 、 和 or a comma between them."""
    run = measures[measures.index(first) :]
    length = 1
    for before, after in pairwise(run):
        if not re.fullmatch(r"[、,，和及\s]*", text[before.end : after.span.start]):
            break
        length += 1
    return length


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max((text.rfind(mark, 0, start) for mark in _SENTENCE_END), default=-1) + 1
    ends = [at for mark in _SENTENCE_END if (at := text.find(mark, end)) >= 0]
    return begin, min(ends, default=len(text))


def _phrase(between: str) -> str:
    """The last phrase before a number: after the last comma or colon, after an enumeration comma only between figures, out of open brackets."""
    cut = 0
    depth = 0
    for index, char in enumerate(between):
        if char in _OPEN:
            depth += 1
            if not any(close in between[index:] for close in _CLOSE):
                cut = index + 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
            if not any(mark in between[cut:index] for mark in _OPEN):
                cut = index + 1
        elif depth == 0 and (char in _CLAUSE_END or (char == "、" and not between[cut:index].strip(" \u3000、，,"))):
            cut = index + 1
    return between[cut:].strip(" \u3000、，,：:")


def _direction(phrase: str, is_money: bool = True) -> str | None:
    """increase or decrease where the figure is itself a difference (减少0.6万元), not a level reached (提高到90%)."""
    bare = re.sub(r"(?:额|幅度|率|数)(?:约?为|达到?)?$|(?:了|约|近|各|均)+$", "", phrase)
    front = re.match(r"^(?:减少|压减|减支|增加|增支|追加)(?=[\u4e00-\u9fff]{2})(?!到|至)", phrase)
    if front and is_money and not re.search(r"(?:减少|增加)$", bare):
        return "increase" if front.group() in ("增加", "增支", "追加") else "decrease"
    for direction in ("increase", "decrease"):
        for word in _words(direction):
            if bare.endswith(word) and not bare.endswith(("新增" if word == "增" else "\0", "加快")):
                if word in ("增", "减") and len(bare) > 1 and bare[-2] in "新":
                    continue
                return direction
    return None


_LIST_MARK = re.compile(r"^(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,3}、)\s*")


def _strip_front(phrase: str, bureaus: tuple[str, ...]) -> str:
    phrase = _LIST_MARK.sub("", phrase)
    before = None
    while phrase and phrase != before:
        before = phrase
        match = _TIME.match(phrase)
        if match and match.end():
            phrase = phrase[match.end() :]
        phrase = phrase.lstrip(' \u3000，,：:、“”"') if phrase[:1] != "“" else phrase
        for word in (*bureaus, *_words("self"), *_words("lead")):
            if phrase.startswith(word) and (len(phrase) > len(word) or word in _words("lead")):
                phrase = phrase[len(word) :]
                break
    return phrase


def _strip_back(phrase: str, direction: str | None) -> str:
    before = None
    while phrase and phrase != before:
        before = phrase
        phrase = phrase.rstrip(" \u3000，,：:、")
        phrase = re.sub(r"(?:相?比|较|与|同)(?:上年度?|去年|年初预算数?|预算数?|20\d{2}\s*年度?)[^，]{0,8}$", "", phrase) or phrase
        if direction and not re.search(r"[加少长降低减升](?:率|额|幅度?)(?:为|达)?$", phrase):
            for word in (*_words("increase"), *_words("decrease")):
                if phrase.endswith(word) and len(word) > 1:
                    phrase = phrase[: -len(word)]
        phrase = re.sub(r"(?<![理自])[由从]$", "", phrase)
        for word in _words("trail"):
            if phrase.endswith(word) and not phrase.endswith(
                ("总计", "合计", "节约", "签约", "合约", "预约", "人均", "户均", "年均", "月均", "平均")
            ):
                phrase = phrase[: -len(word)]
                break
    return phrase


_COMPARISON = re.compile(
    r"^(?:与|比|较|同|相比|相较于?).{0,24}?(?:相比|预算执行数|年初预算数?|预算数?|决算数?|年度?|上年度?|去年)(?:相比)?(?=增|减|下|上|降|提|持|各|$)"
)


_COMPARING_SENTENCE = re.compile(
    r"\s*(?:与|比|较|同|相比|相较于?)(?:上年度?|上一年度?|去年|20\d{2}\s*年度?|年初预算数?|预算数?)[^，。]{0,6}?(?:相比)?[，,]?(?:增|减|下降|上升|提高|降低)"
)


def _subject(phrase: str, bureaus: tuple[str, ...], direction: str | None) -> tuple[str | None, str | None]:
    """What a phrase counts, and the 类/款 names before it in a levelled name; None where it names nothing."""
    phrase = _COMPARISON.sub("", phrase)
    if direction:
        phrase = re.sub(r"^(?:减少|压减|减支|增加|增支|追加)(?=[\u4e00-\u9fff]{2})", "", phrase)
    phrase = _strip_back(_strip_front(phrase, bureaus), direction)
    levels = None
    cuts = list(_LEVELLED.finditer(phrase))
    if cuts and cuts[-1].end() < len(phrase):
        levels, phrase = phrase[: cuts[-1].end()].strip(), phrase[cuts[-1].end() :].strip()
    phrase = phrase.strip(" \u3000“”\"'、，,：:")
    if phrase in (
        *_words("increase"),
        *_words("decrease"),
        "本年",
        "本年度",
        "上年",
        "去年",
        "今年",
        "相比",
        "同比",
        "相",
        "由",
        "从",
        "和",
        "及",
        "与",
    ):
        return None, levels
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.replace("“", "").replace("”", "")
    tail = phrase.rsplit("的", 1)[-1]
    if len(phrase) > 14 and 4 <= len(tail) < len(phrase):
        phrase = tail  # 使用财政拨款开支运行维护费的公务用车保有量: the shortest phrase that says what is counted
    if len(phrase) <= 6 and phrase[:1] in "对向给为由":
        return None, levels  # 对全县172家…: the thing counted follows
    return (phrase if _HAN.search(phrase) else None), levels


def _ends_with_verb(phrase: str) -> bool:
    return any(phrase.endswith(word) for word in _words("verb"))


def _noun_after(rest: str) -> str | None:
    """The thing counted where it follows number and measure word: 宣传手册 in 2800余册宣传手册."""
    match = re.match(r"(?:的)?([\u4e00-\u9fff“”A-Za-z]{2,24})", rest)
    if not match:
        return None
    noun = match.group(1)
    cut = min((at for word in _words("stop") if (at := noun.find(word)) >= 0), default=len(noun))
    noun = noun[:cut].strip("“”")
    return noun if 2 <= len(noun) <= 14 else None


def _from_colon(before: str, bureaus: tuple[str, ...]) -> str | None:
    """Where a number follows a colon with nothing between (数量：12个), what stands before the colon."""
    parts = re.split(r"[，：:]|,(?!\d)", before)
    for part in reversed(parts):
        named, _ = _subject(part, bureaus, None)
        if named and not any(unit_at(named, number.end) for number in find_numbers(named)):
            return named
    return None


def _scope(between: str, governing: str | None, levels: str | None) -> str | None:
    parts = [governing] if governing else []
    if "其中" in between or governing:
        parts.append("其中")
    if levels:
        parts.append(levels)
    if not levels and (match := re.search(r"([^。；，]{2,80}[（(]项[）)])\s*[:：]", between)):
        parts.append(match.group(1).strip())
    return "/".join(parts) or None
