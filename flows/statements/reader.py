"""Running text → statements.

A paragraph is cut at its measured numbers. What stands between the number before (or the last comma) and a number says what it counts;
where nothing stands there, it counts what the number before counted (占, 下降). What 其中 divides, the levels of a classified line, the
list or scored heading above a paragraph are its scope. Nothing here knows a report.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from flows.statements import years
from flows.statements.discourse import Discourse, Whole
from flows.statements.measures import RANGE, Measure, measures
from flows.statements.phrases import (
    CLOSE,
    OPEN,
    Levelled,
    activity,
    before_bracket,
    direction_of,
    divides,
    ends_open,
    ends_with_verb,
    from_colon,
    is_attribute,
    is_of_the_line,
    levelled,
    measured_against,
    names_shared_out,
    noun_after,
    opens_list,
    phrase_of,
    quoted_owner,
    share_of,
    stem,
    subject_of,
    topic_of,
    whole_named,
    without_alternative,
    words,
)
from flows.values.numbers import fold_digits
from flows.values.text import clean
from flows.values.units import kind_of_measure

_SENTENCE_END = "。；;！？!?"
_FULL_STOP = "。！？!?"


@dataclass(frozen=True, slots=True)
class Statement:
    """A measured number: ``start``/``end`` delimit number and unit in the paragraph; ``sentence`` is where it stands.

    ``full_marks``: of points earned, the most that could be earned, printed at ``full_marks_at``; ``is_full_marks``: the figure itself is the most.
    """

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
    full_marks: Decimal | None = None
    full_marks_at: tuple[int, int] | None = None
    is_full_marks: bool | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the words around a number say: what it counts, whether by its own words, what it is a share of."""

    subject: str | None
    is_own: bool
    scope: str | None = None  # instead of what the sentence says
    consumed: int = 0  # characters behind the number that named the thing
    by_the_way: bool = False  # the plan that a thing completes: what follows is told of the thing


class _Paragraph:
    """Reads one paragraph; holds what its sentences hand on to one another."""

    def __init__(self, raw: str, default_year: int | None, bureaus: tuple[str, ...], discourse: Discourse) -> None:
        self._raw, self._text = raw, fold_digits(raw)
        self._default_year, self._bureaus, self._discourse = default_year, bureaus, discourse
        self._measures = measures(self._text)
        self._years = years.mentions(self._text)
        self._found: list[Statement] = []
        self._topic = topic_of(self._text)
        self._subject: str | None = None  # of the number before
        self._scope: str | None = None  # of the number before
        self._candidates: list[str] = []  # what the full sentence before counted, where this one divides it
        self._full_before = 0  # where that sentence begins
        self._owner: str | None = None  # a project or “item” whose figures are told one by one
        self._entity: str | None = None  # the last thing named that is no mere figure of another
        self._governing: str | None = None  # what 其中 divides
        self._measured_in: set[str | None] = set()  # the units in which that whole is stated
        self._levels: Levelled | None = None
        self._depths: dict[int, str | None] = {}  # the last subject outside and inside brackets
        self._shared: list[str] = []  # names that 分别为 gives one figure each
        self._shared_years: list[int] = []
        self._compared: list[str] = []  # subjects that 分别增长 gives one change each
        self._direction: str | None = None
        self._amounts: set[tuple[str, str | None]] = set()  # of the last sentence, for one that only compares
        self._top: str | None = None  # what the full sentence is first about
        self._before: str | None = None  # … the full sentence before it
        self._first_top: str | None = None
        self._by_list = False  # does the list above the paragraph still hold for this sentence?

    # -- sentences ------------------------------------------------------------------------------------------------------

    def statements(self) -> list[Statement]:
        self._discourse.enter(self._text)
        if self._topic:
            self._discourse.topic = self._topic
        last_end, sentence, full = 0, -1, -1
        for measure in self._measures:
            begin, finish = _bounds(self._text, measure.span.start, measure.end, _SENTENCE_END)
            full_begin, _ = _bounds(self._text, measure.span.start, measure.end, _FULL_STOP)
            if full_begin != full:
                self._full_before = max(full, 0)
                self._enter_full_sentence(full_begin, is_first=full == -1)
                full, last_end = full_begin, full_begin
            if begin != sentence:
                self._enter_sentence(begin)
                sentence, last_end = begin, max(last_end, begin)
            last_end = self._read(measure, begin, finish, last_end, full_begin)
        self._leave()
        return self._found

    def _enter_full_sentence(self, begin: int, is_first: bool) -> None:
        self._before = self._top or self._before
        self._top = None
        self._govern(None)
        self._candidates = []
        opening = self._text[begin : begin + 12].lstrip(" \u3000")
        if re.match(r"(?:其中|(?:具体|主要)?包括)", opening):
            self._govern(self._before or self._discourse.top)
            self._candidates = [s.subject for s in self._found if s.subject and s.start >= self._full_before]
        elif is_first and (whole := self._discourse.whole):
            self._govern(whole.subject, by_list=True)
            self._measured_in = {whole.unit}

    def _govern(self, whole: str | None, by_list: bool = False) -> None:
        """From here on figures are parts of ``whole``."""
        self._governing, self._by_list = whole, by_list
        self._measured_in = {s.base_unit for s in self._found if whole and s.subject == whole and s.kind in ("amount", "count")}

    def _enter_sentence(self, begin: int) -> None:
        compares = bool(_COMPARING.match(self._text, begin)) and len(self._amounts) == 1
        completes = bool(_COMPLETING.match(self._text, begin)) and self._first_top is not None
        if compares:
            self._subject, self._scope = self._last_stated(next(iter(self._amounts))[0])
        elif completes:
            self._subject, self._scope = self._last_stated(self._first_top)
        else:
            self._subject, self._scope = None, None
            self._amounts = set()
        self._entity = self._owner = None
        self._depths, self._shared, self._shared_years, self._compared = {}, [], [], []

    def _last_stated(self, subject: str | None) -> tuple[str | None, str | None]:
        first = next((s for s in self._found if s.subject == subject), None)
        return (first.subject, first.scope) if first else (None, None)

    def _leave(self) -> None:
        tail = self._text[self._found[-1].end :] if self._found else self._text
        first = next((s for s in self._found if s.subject), None)
        opener = self._top or (self._found[-1].subject if self._found else None)
        stated = next((s for s in self._found if s.subject == opener and s.kind in ("amount", "count")), None)
        if stated and opener and opens_list(tail):
            self._discourse.wholes.append(Whole(self._discourse.level, opener, stated.base_unit))
        elif first is not None and first.is_full_marks and len(self._found) == 1 and len(self._text) < 40:
            self._discourse.headings.append((self._discourse.level, str(first.subject)))
        if first is not None:
            self._discourse.top = self._first_top or first.subject

    # -- one number -----------------------------------------------------------------------------------------------------

    def _read(self, measure: Measure, begin: int, finish: int, last_end: int, full_begin: int) -> int:
        text, start, end = self._text, measure.span.start, measure.end
        between, undecided = without_alternative(text[max(begin, last_end) : start])
        since = max(self._found[-1].end, full_begin - 1) if self._found else 0
        self._divide(text[max(since, full_begin) : start] if since < full_begin else text[since:start])
        depth = _depth(text[begin:start])
        if any(mark in CLOSE for mark in between):
            before = self._depths.get(depth) or self._before_closed(begin, start)
            self._subject = before or self._subject
            if not any(mark in OPEN for mark in between) and not self._by_list:
                self._govern(None)
        phrase = phrase_of(between)
        own_levels = levelled(text[since:start])
        if own_levels:
            if not own_levels.upper and self._levels:  # another item of the same 类 and 款
                own_levels = replace(own_levels, upper=self._levels.upper)
            self._levels = own_levels
            phrase = phrase_of(re.split(r"[。；;]", own_levels.rest)[-1])
        phrase = self._share_out(phrase, measure)
        if chosen := re.search(r"从([^，,]{2,24})中[\u4e00-\u9fff]{0,4}(?:确定|选取|抽取|评选)", phrase):
            self._govern(chosen.group(1))
        unit = measure.unit
        goes_on = bool(self._compared or self._shared) and bool(re.fullmatch(r"[、,，和及\s]*", between))
        if not RANGE.fullmatch(between) and not goes_on:  # both ends of a range, and all that 分别增长, go one way
            self._direction = direction_of(phrase, unit is None or unit.kind == "amount")
        if unit is None and text[start] == "零":
            self._direction = None
        kind = "amount" if unit is None and text[start] == "零" else "change" if undecided else kind_of_measure(unit, self._direction)
        reading = self._subject_of(measure, phrase, between, begin, finish, kind, bool(own_levels))
        year, period = self._year(start, between)
        scope = self._scope_of(reading, kind, measure)
        if scope == reading.subject:
            scope = None
        full_marks, is_full = self._full_marks(kind, phrase, reading, measure)
        full = full_marks.value if full_marks else None
        statement = Statement(
            start,
            end,
            self._raw[start:end],
            clean(self._raw[begin:finish]),
            reading.subject,
            scope,
            measure.span.value,
            _unit_text(unit.printed) if unit else None,
            measure.span.value * unit.factor if unit else Decimal(0) if text[start] == "零" else None,
            (unit.base or None) if unit else "元" if text[start] == "零" else None,
            kind,
            self._direction,
            period,
            year,
            measure.inferred,
            full,
            (full_marks.start, full_marks.end) if full_marks else None,
            is_full,
        )
        self._found.append(statement)
        self._remember(statement, reading, depth)
        return end + reading.consumed

    def _before_closed(self, begin: int, start: int) -> str | None:
        """What stands before the bracket that closed last: 脱贫人口 in 脱贫人口（六类人员1752名）共."""
        closed = max(self._text.rfind(mark, begin, start) for mark in CLOSE)
        return before_bracket(self._text[begin:closed], self._bureaus) if closed > begin else None

    def _divide(self, between: str) -> None:
        """Takes in what the words before a number say about wholes and parts."""
        if "；" in between and self._governing and not self._by_list and _NEW_WHOLE.search(between):
            self._govern(None)
        if not divides(between):
            named = whole_named(between, self._bureaus) if re.search(r"中[，,]", between) else None
            if named:
                self._govern(named)
            return
        opens = re.match(r"\s*(?:其中|(?:具体|主要)?包括)", between)
        whole = self._subject or (None if opens else whole_named(between, self._bureaus)) or (None if opens else self._before)
        if whole:
            self._govern(whole)

    def _share_out(self, phrase: str, measure: Measure) -> str:
        if "分别" not in phrase:
            return phrase
        run = self._run(measure)
        listed = self._text[: measure.span.start]
        listed = listed[max(listed.rfind(mark) for mark in _SENTENCE_END) + 1 :]
        self._shared_years, rest = years.shared_out(phrase)
        if len(self._shared_years) != run:
            self._shared_years, _ = years.shared_out(listed)
            rest = phrase
        if len(self._shared_years) == run:
            phrase = rest
        else:
            self._shared_years = []
        self._shared = names_shared_out(phrase, self._bureaus)
        if len(self._shared) != run:
            self._shared = []
        elif self._subject and not self._governing:
            self._govern(self._subject)
        lasts = [s.subject for s in self._found[-run:] if s.subject and s.kind != "change"]
        if not self._shared and direction_of(phrase) and len(lasts) == run:
            self._compared = lasts
        return phrase

    def _run(self, first: Measure) -> int:
        """How many figures follow one another with nothing but 、 和 or a comma between them."""
        run = self._measures[self._measures.index(first) :]
        length = 1
        for before, after in pairwise(run):
            if not re.fullmatch(r"[、,，和及\s]*", self._text[before.end : after.span.start]):
                break
            length += 1
        return length

    # -- what is counted ------------------------------------------------------------------------------------------------

    def _subject_of(self, measure: Measure, phrase: str, between: str, begin: int, finish: int, kind: str, new_levels: bool) -> _Reading:
        text, unit = self._text, measure.unit
        if self._shared:
            return _Reading(self._shared.pop(0), True)
        if self._compared:
            return _Reading(self._compared.pop(0), False)
        if kind == "rate":
            share = share_of(phrase)
            if share is not None:
                named = subject_of(share.what, self._bureaus, None) if share.what else None
                return self._of_line(named) or _Reading(named or self._subject, bool(named), share.whole)
        if kind == "amount" and (plan := measured_against(phrase)):
            return _Reading(self._levels.item if self._levels and self._levels.item else plan, True, by_the_way=self._subject is not None)
        if kind == "score" and (earned := self._points_of(phrase, between)):
            return earned
        if _FORMULA.match(text, measure.end) or _FACTOR.search(text[: measure.span.start]):
            return _Reading(None, True)  # （2000人*50元）: a factor of a sum; what it counts is not said
        own = subject_of(phrase, self._bureaus, self._direction)
        if re.search(r"[\u4e00-\u9fff]、\s*$", between) and not self._found_since(begin):  # 保管期限分为：永久、100年: one of a list
            head = re.split(r"[：:]", between)
            own = subject_of(phrase_of(head[0]), self._bureaus, None) if len(head) > 1 else own
        if not phrase and re.search(r"[：:]\s*$", between):
            own = from_colon(between, self._bureaus)  # 设备数量：12台，培训期数：3期
        if own is None and self._bracketed(measure, begin) and self._shown_before(begin, measure):
            own = before_bracket(text[begin : measure.span.start], self._bureaus)  # 产出指标（45分）, 起付线（由12000元
        after = noun_after(text[measure.end : finish]) if unit and unit.kind == "count" else None
        if own and re.fullmatch(r"(?:共计?|总共|累计|合计)支出", phrase) and self._subject:
            own = None
        in_words = not text[measure.span.start].isdigit()  # 甲院、乙院三家县级医院 sums up what it follows
        if after and (not own or in_words or ends_with_verb(phrase) or ends_open(phrase)):
            return _Reading(
                after, True, consumed=text[measure.end : finish].find(after) + len(after) if after in text[measure.end : finish] else 0
            )
        if (
            self._levels
            and (line := self._of_line(own if own and own != self._levels.item else None if new_levels else own))
            and (own or new_levels)
        ):
            return line
        if own:
            owner, figure = quoted_owner(own)
            return _Reading(figure, True, owner)
        if self._direction and unit and unit.kind == "amount" and (money := self._last_of_money(begin)):
            return _Reading(money, False)
        return _Reading(self._subject or from_colon(text[begin : measure.span.start], self._bureaus), False)

    def _last_of_money(self, begin: int) -> str | None:
        """接待费2万元，接待32批次，较上年增加0.4万元: where the number before counts things, a change in money is of the money before it."""
        since = [s for s in self._found if s.start >= begin]
        if not since or since[-1].kind != "count":
            return None
        return next((s.subject for s in reversed(since) if s.kind == "amount"), None)

    def _found_since(self, begin: int) -> bool:
        return bool(self._found) and self._found[-1].start >= begin

    def _bracketed(self, measure: Measure, begin: int) -> bool:
        return _depth(self._text[begin : measure.span.start]) > 0

    def _shown_before(self, begin: int, measure: Measure) -> bool:
        """Is the bracket's first figure at hand?"""
        opened = max(self._text.rfind(mark, begin, measure.span.start) for mark in OPEN)
        return not any(opened < found.start or not self._text[found.end : opened].strip() for found in self._found)

    def _of_line(self, named: str | None) -> _Reading | None:
        """支出决算, 年初预算 and 完成预算的 of a levelled line are the line's."""
        if self._levels and self._levels.item and (named is None or is_of_the_line(named)):
            return _Reading(self._levels.item, True)
        if self._levels and self._levels.item and named and self._levels.item == named:
            return _Reading(named, True)
        return None

    def _points_of(self, phrase: str, between: str) -> _Reading | None:
        """得12分, 该指标得分为15分, （15分）: the points of what was named before."""
        bare = re.sub(r"(?:约?为|是|共)$", "", phrase)
        after_full_marks = bool(self._found) and self._found[-1].is_full_marks
        if bare in words("points") or (after_full_marks and bare in ("自评得分", "评价得分", "考核得分")):
            clause = re.split(r"[，,：:]", between)[:-1]
            named = subject_of(phrase_of(clause[-1]), self._bureaus, None) if clause and not self._subject else None
            if "指标" in bare or "该" in bare or not (named or self._entity):
                named = (self._entity if "该项" in bare else None) or self._topic or self._discourse.topic or named
            subject = named or self._entity or self._topic or self._subject or self._discourse.topic
            return _Reading(subject, False) if subject else None
        if re.search(r"[（(]\s*$", between) and not phrase:
            named = self._topic if self._topic and self._topic in between else None
            return _Reading(named, True) if named else None
        return None

    # -- what it stands under -------------------------------------------------------------------------------------------

    def _scope_of(self, reading: _Reading, kind: str, measure: Measure) -> str | None:
        levels = self._levels.upper if self._levels and self._levels.upper else None
        if not reading.is_own and kind != "score":
            if reading.scope:
                self._part_of(reading)
                return reading.scope
            return self._scope
        if reading.scope:
            self._part_of(reading)
            return reading.scope
        if kind == "score" and not self._governing and (above := self._discourse.heading or self._discourse.project):
            return above if above != reading.subject else None
        of_a_project = bool(reading.subject) and is_of_the_line(str(reading.subject)) and self._owner is not None
        if reading.subject and (is_attribute(reading.subject) or of_a_project):
            thing = self._entity or self._activity(measure) or self._discourse.project
            if thing and thing != reading.subject:
                return stem(thing)
        begin, _ = _bounds(self._text, measure.span.start, measure.end, _SENTENCE_END)
        if reading.is_own and not self._governing and self._bracketed(measure, begin) and self._shown_before(begin, measure):
            inside = before_bracket(self._text[begin : measure.span.start], self._bureaus)
            if inside and inside != reading.subject:
                return inside
        if reading.is_own and reading.subject and self._found and self._is_repeated(reading.subject, begin, measure):
            return stem(str(self._entity)) if self._entity and self._entity != reading.subject else None
        parts = []
        if self._governing and self._governing != reading.subject and self._fits(measure):
            parts += [whole] if (whole := self._whole_of(reading.subject, measure)) else []
        if (parts and not self._by_list) or divides_here(self._text, measure, self._found):
            parts.append("其中")
        if levels and self._levels and self._levels.item in ("", reading.subject):
            parts = [levels]
        if not parts and self._topic and kind == "count" and self._first_top and self._found and reading.is_own:
            parts = self._under_topic(reading)
        return "/".join(parts) or None

    def _is_repeated(self, subject: str, begin: int, measure: Measure) -> bool:
        """住院补偿11410万元，补偿人次7255人，生育补偿44万元，补偿人次402人: what is said again and again is said of the thing before."""
        begin, finish = _bounds(self._text, begin, measure.end, _FULL_STOP)
        return len(re.findall(rf"[，,；、]\s*{re.escape(subject)}(?:为|达)?\s*\d", self._text[begin:finish])) >= 2

    def _whole_of(self, subject: str | None, measure: Measure) -> str | None:
        """Of the things counted before 其中, the one that the part's own name ends with (常委会议 of 专题常委会议).

        Where several are counted in the part's unit and none is named, which of them is divided is not said: None.
        """
        named = [whole for whole in self._candidates if subject and whole != subject and subject.endswith(whole)]
        if named:
            return max(named, key=len)
        base = measure.unit.base if measure.unit else None
        alike = {s.subject for s in self._found if s.subject in self._candidates and s.base_unit == base and s.kind in ("amount", "count")}
        return None if base != "元" and len(alike - {subject}) > 1 else self._governing

    def _activity(self, measure: Measure) -> str | None:
        begin, _ = _bounds(self._text, measure.span.start, measure.end, _FULL_STOP)
        clauses = re.split(r"[，,]", self._text[begin : measure.span.start])
        return next((done for clause in reversed(clauses) if (done := activity(clause))), None)

    def _under_topic(self, reading: _Reading) -> list[str]:
        """Counts in later sentences of a list item stand under what the item is about."""
        first = self._found[0]
        stands_for_topic = first.kind == "amount" and first.subject == self._topic and self._before is not None
        return [self._topic] if stands_for_topic and self._topic and self._topic != reading.subject else []

    def _part_of(self, reading: _Reading) -> None:
        """A 3 million yuan, 占 B 的 5 %: then A is a part of B."""
        last = self._found[-1] if self._found else None
        if last and last.subject == reading.subject and last.scope is None and last.kind in ("amount", "count"):
            self._found[-1] = replace(last, scope=reading.scope)

    def _fits(self, measure: Measure) -> bool:
        """A part is of the unit of its whole: a figure in another unit is no part."""
        if not self._measured_in or measure.unit is None or self._direction or measure.unit.kind in ("rate", "score"):
            return True
        return measure.unit.base in self._measured_in

    # -- the rest -------------------------------------------------------------------------------------------------------

    def _full_marks(self, kind: str, phrase: str, reading: _Reading, measure: Measure) -> tuple[Statement | None, bool | None]:
        """The statement of the full marks of points earned; and whether the figure itself is full marks."""
        if kind != "score":
            return None, None
        before = self._text[: measure.span.start].rstrip()
        after = self._text[measure.end :].lstrip()
        in_brackets = before.endswith(("（", "(")) and after.startswith(("）", ")"))
        if in_brackets or re.search(r"(?:满分|分值|权重)(?:为|共)?$", phrase) or phrase in ("该项分值", "分值"):
            return None, True
        full = next((s for s in reversed(self._found) if s.is_full_marks and s.subject == reading.subject), None)
        return full, None

    def _year(self, start: int, between: str) -> tuple[int | None, str | None]:
        if self._shared_years:
            return self._shared_years.pop(0), None
        year, period = years.year_at(self._text, self._years, start, self._default_year)
        clause = between[max(between.rfind(mark) for mark in "，,。；;") + 1 :]
        return years.relative_year(clause, year) or year, period

    def _remember(self, statement: Statement, reading: _Reading, depth: int) -> None:
        if not reading.by_the_way:
            self._subject, self._scope = statement.subject, statement.scope
            self._depths[depth] = statement.subject
        if reading.scope and reading.is_own and statement.kind != "rate":
            self._entity = self._owner = reading.scope
        elif depth:
            pass  # what stands in brackets is said by the way
        elif (
            reading.is_own
            and statement.subject
            and not (is_attribute(statement.subject) or is_of_the_line(statement.subject) or (statement.scope and self._governing))
        ):
            self._entity = statement.subject
        if statement.kind == "amount" and statement.subject:
            self._amounts.add((statement.subject, statement.scope))
        if self._top is None and statement.subject:
            self._top = statement.subject
        if self._first_top is None and statement.subject:
            self._first_top = statement.subject


_COMPARING = re.compile(
    r"\s*(?:与|比|较|同|相比|相较于?)(?:上年度?|上一年度?|去年|20\d{2}\s*年度?|年初预算数?|预算数?)[^，。]{0,6}?(?:相比)?[，,]?(?:增|减|下降|上升|提高|降低)"
)
_FORMULA = re.compile(r"\s*[*×＊xX]\s*\d")
_FACTOR = re.compile(r"\d[^，。；（(]{0,6}[*×＊xX]\s*$")
_COMPLETING = re.compile(r"\s*(?:完成|为|占)(?:年初|全年|调整)?预算")
_NEW_WHOLE = re.compile(r"；[^；]*(?:20\d{2}年|其中|我[县市区局院]|全[县市区年])")


def divides_here(text: str, measure: Measure, found: list[Statement]) -> bool:
    """Is 其中 printed since the number before?"""
    last = found[-1].end if found else 0
    return "其中" in text[last : measure.span.start]


def _bounds(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    begin = max((text.rfind(mark, 0, start) for mark in marks), default=-1) + 1
    ends = [at for mark in marks if (at := text.find(mark, end)) >= 0]
    return begin, min(ends, default=len(text))


def _depth(text: str) -> int:
    return max(0, sum(mark in OPEN for mark in text) - sum(mark in CLOSE for mark in text))


def _unit_text(printed: str) -> str:
    """万余元, 个多月: the unit without the word that says the number is rounded."""
    return re.sub(r"(?<=[万亿个])[余多](?=[\u4e00-\u9fff])", "", "".join(printed.split()))


def read(raw: str, default_year: int | None, bureaus: tuple[str, ...] = (), discourse: Discourse | None = None) -> Iterator[Statement]:
    """The statements of a paragraph, in order. ``bureaus``: names under which the bureau speaks of itself.

    ``discourse`` hands on what goes on from paragraph to paragraph; without one the paragraph stands alone.
    """
    yield from _Paragraph(raw, default_year, bureaus, discourse or Discourse()).statements()
