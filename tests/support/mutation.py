"""One edit of a report, and what it did: which staged rows changed, against what the ledger says of the numbers edited."""

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flows.document import Cell, Document, Place
from flows.findings import Claim, Row
from flows.ledger.account import account
from flows.ledger.printed import Printed
from flows.readers import read
from flows.statements import context
from flows.understand import Understood, understand
from flows.values.numbers import fold_digits, to_decimal
from flows.values.text import squash
from tests.support import edits

Key = tuple[str, str, int]  # table, source_ref, which of those at that place
Changes = dict[Key, dict[str, tuple[Any, Any]]]  # row → column → before, after; column "" where the row came or went

# Texts that quote what stands around a number: they measure nothing.
QUOTING = frozenset(
    [
        "source_text",
        "sentence",
        "section",
        "content",
        "goal_text",
        "result_text",
        "conclusion",
        "problems",
        "improvements",
        "implementation",
        "note",
        "explanation",
        "criterion",
        "reason",
        "improvement",
        "text",
    ]
)
# What a number that measures nothing may change, by the reason the ledger gives for it: these columns, to the year, code … it now prints.
GOVERNED: dict[str, frozenset[str]] = {
    "年份": frozenset(["fiscal_year", "period", "published_on"]),  # a day before the year has ended is no day of publication
    "日期": frozenset(["fiscal_year", "period", "published_on"]),
    "文件名称": frozenset(),  # 《2022年…》 names a document
    "表题": frozenset(["fiscal_year", "table_no"]),
    "表头": frozenset(["fiscal_year"]),  # 2023年决算数: the year of a column
    "图表编号": frozenset(["table_no"]),
    "名称中的数字": frozenset(["fiscal_year"]),  # a line named 2023年, a title with its year
    "科目编码": frozenset(["code"]),
    "行次": frozenset(["line_no"]),
    "满分合计": frozenset(["total_score", "inferred"]),
}
# Where a form's grid is not known, what the weights and scores add up to tells which printed total is which: then they govern it.
SETTLED_BY_SUMS = frozenset(["total_score", "inferred"])
SUMMANDS = frozenset(["indicators", "fundings", "evaluations"])
# Names, titles and values kept as printed show the number they print: there the printed digit may change, and nothing else.
# These reasons stand beside the text that is kept, never in it.
SHOWN_NOWHERE = frozenset(["满分", "栏次", "行次", "序号", "科目编码", "页码", "页眉页脚或续页重印", "文件标记（书签），不是印出的内容"])
_CHINESE = "二三四五六七八九"
_YEARS = ("fiscal_year",)


@dataclass(frozen=True)
class Entry:
    """A number of the ledger: what became of it, and the rows that carry it, the first of them first."""

    number: Printed
    disposition: str
    reason: str | None
    carriers: tuple[Key, ...]
    column: str | None

    @property
    def kind(self) -> str:
        """What sort of number it is: what became of it, why, and what carries it."""
        tables = " ".join(sorted({key[0] for key in self.carriers}))
        return f"{self.disposition} {self.reason or ''} {tables} {self.column or ''} {self.number.is_digits}"


@dataclass(frozen=True)
class Reading:
    """What understanding a document gave."""

    document: Document
    understood: Understood

    @cached_property
    def keys(self) -> dict[int, Key]:
        """The key of each row by its id()."""
        seen: Counter[tuple[str, str]] = Counter()
        keys = {}
        for table, rows in self.understood.findings.rows.items():
            for row in rows:
                place = (table, row["source_ref"])
                seen[place] += 1
                keys[id(row)] = (*place, seen[place])
        return keys

    @cached_property
    def rows(self) -> dict[Key, Row]:
        """The staged rows by key, with the columns that say something; the report itself is one of them."""
        forms = {row["form_no"]: row["source_ref"] for row in self.understood.findings.rows.get("evaluations", [])}
        found: dict[Key, Row] = {}
        for rows in self.understood.findings.rows.values():
            for row in rows:
                said = {column: value for column, value in row.items() if column not in QUOTING and column != "source_ref"}
                if "form_no" in said:
                    said["form_no"] = forms.get(said["form_no"])
                found[self.keys[id(row)]] = said
        identity = self.understood.identity
        found["reports", "", 1] = {
            "report_kind": identity.kind,
            "bureau": str(identity.bureau),
            "fiscal_year": identity.fiscal_year,
            "title": identity.title,
            "published_on": identity.published_on,
            "aliases": str(identity.aliases),
            "money_unit": self.understood.money_unit,
        }
        return found

    @cached_property
    def ledger(self) -> list[Entry]:
        """The numbers of the report in reading order."""
        told = account(self.document, self.understood.findings, self.understood.parts)
        return [
            Entry(number, row["disposition"], row["reason"], self._carriers(claims), row["column_read"]) for number, row, claims in told
        ]

    def _carriers(self, claims: list[Claim]) -> tuple[Key, ...]:
        return tuple(dict.fromkeys(self.keys[id(claim.row)] for claim in claims))


@dataclass(frozen=True)
class Report:
    """A report as its file has it, read and understood once."""

    path: Path
    reading: Reading
    lines: tuple[str, ...] | None  # of a text file

    @property
    def document(self) -> Document:
        return self.reading.document

    def understand(self, document: Document) -> Reading:
        return Reading(document, understand(document, self.path.name))

    def with_number(self, number: Printed, at: int, char: str) -> Reading:
        """The report with one character of a number printed differently."""
        if self.lines is None:
            return self.understand(edits.changed_document(self.document, number, at, char))
        return self.understand(edits.changed_file(list(self.lines), self.document, number, at, char, _scratch()))

    def without(self, places: frozenset[Place]) -> Reading:
        """The report with cells blanked."""
        if self.lines is None:
            return self.understand(edits.blanked_document(self.document, places))
        return self.understand(edits.blanked_file(list(self.lines), self.document, places, _scratch()))


@cache
def _scratch_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="jixiao-mutation-")


def _scratch() -> Path:
    return Path(_scratch_folder().name) / f"{os.getpid()}.txt"


@cache
def load(path: Path) -> Report:
    """Reads a report; kept for the whole process."""
    document = read(path)
    lines = tuple(edits.lines_of(path)) if document.format == "text" else None
    return Report(path, Reading(document, understand(document, path.name)), lines)


# -- changes -------------------------------------------------------------------------------------------------------------


def changes(before: Reading, after: Reading) -> Changes:
    """What is different in the staged rows of two readings."""
    found: Changes = {}
    for key in before.rows.keys() | after.rows.keys():
        old, new = before.rows.get(key), after.rows.get(key)
        if old is None or new is None:
            found[key] = {"": ("a row" if old else None, "a row" if new else None)}
        elif old != new:
            columns = [*old, *(column for column in new if column not in old)]
            found[key] = {column: (old.get(column), new.get(column)) for column in columns if old.get(column) != new.get(column)}
    return found


@dataclass(frozen=True)
class Violation:
    """An edit that did what it should not: ``kind`` what went wrong, ``details`` row by row."""

    report: str
    kind: str
    place: str
    edit: str
    surroundings: str
    ledger: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.kind}: {self.report} {self.place} [{self.edit}] …{self.surroundings}… ({self.ledger})"]
        return "\n".join([*lines, *(f"      {detail}" for detail in self.details)])


@dataclass
class Tally:
    """How many edits were tried, how many could not be, and what went wrong."""

    tried: int = 0
    left_out: int = 0
    violations: list[Violation] = field(default_factory=list)


# -- mutation ------------------------------------------------------------------------------------------------------------


def candidates(entry: Entry) -> list[tuple[int, str]]:
    """(position in the holder's text, other character) that leave the number's shape: length, separators, what kind of number it is."""
    number = entry.number
    folded = fold_digits(number.text)
    reason = _covering(folded, number)
    found = []
    for at in range(number.start, number.end):
        wide = number.text[at] != folded[at]
        if not number.is_digits:
            others = [char for char in _CHINESE if char != folded[at]] if folded[at] in _CHINESE else []
        elif folded[at].isascii() and folded[at].isdigit():
            others = [char for char in "123456789" if char != folded[at]]
        else:
            others = []
        for char in others:
            changed = folded[:at] + char + folded[at + 1 :]
            if _covering(changed, number) == reason and _is_calendar(folded, changed, number, entry):
                found.append((at, chr(ord(char) + 0xFEE0) if wide and number.is_digits else char))
    return found


def _covering(folded: str, number: Printed) -> str | None:
    return next((span.reason for span in context.spans(folded) if span.start <= number.start < span.end), None)


def _is_calendar(before: str, after: str, number: Printed, entry: Entry) -> bool:
    """A year stays a year of this century's beginning, a month a month, a day a day."""
    old, new = (to_decimal(text[number.start : number.end]) for text in (before, after))
    if entry.disposition != "context" or old is None or new is None:
        return True
    if 1990 <= old <= 2049 and old == int(old):
        return 1990 <= new <= 2049
    if entry.reason in ("日期", "年份", "时间"):
        return new <= (12 if old <= 12 else 31 if old <= 31 else new)
    return True


def mutate(report: Report, index: int, choose: random.Random) -> Violation | bool | None:
    """Changes one digit of the ledger's number ``index``; True where the facts followed, False where the number has no other shape."""
    entry = report.reading.ledger[index]
    possible = candidates(entry)
    if not possible:
        return False
    at, char = choose.choice(possible)
    number = entry.number
    printed = edits.put(number.text, at, char)[number.start : number.end]

    def violation(kind: str, details: list[str]) -> Violation:
        told = f"{entry.disposition} {entry.reason or ''}".strip()
        around = number.text[max(0, number.start - 14) : number.end + 14]
        return Violation(report.path.name, kind, number.place.ref, f"{number.printed}→{printed}", around, told, tuple(details))

    try:
        after = report.with_number(number, at, char)
    except edits.DishonestEdit as error:
        return violation("reader", [str(error)])
    found = changes(report.reading, after)
    if entry.disposition == "fact":
        kind, details = _wrong_of_fact(report.reading, after, entry, index, found)
    else:
        allowed = GOVERNED.get(entry.reason or "", frozenset()) if entry.disposition == "context" else frozenset()
        shown = entry.reason not in SHOWN_NOWHERE
        details = [
            _tell(key, column, pair)
            for key, columns in found.items()
            for column, pair in columns.items()
            if not (column in allowed and _follows(column, pair, number.printed, printed))
            and not (shown and _is_shown(pair, number.printed, printed))
        ]
        kind = f"{entry.disposition} changes values"
    return violation(kind, sorted(details)) if details else True


def _wrong_of_fact(before: Reading, after: Reading, entry: Entry, index: int, found: Changes) -> tuple[str, list[str]]:
    claimed = set(entry.carriers)
    gone = [key for key in claimed if "" in found.get(key, {})]
    if gone:
        return "fact: a claimed row vanishes", [_tell(key, "", found[key][""]) for key in gone] + _others(found, claimed)
    still = [key for key in entry.carriers if key not in found]
    spilled = _others(found, claimed)
    if still and spilled:
        return "fact: claimed by one row, changes another", [f"unchanged {key}" for key in still] + spilled
    if still:
        return "fact: a claimed row does not change", [f"unchanged {key}" for key in still]
    if spilled:
        return "fact: rows change that do not claim it", spilled
    now = after.ledger[index]
    if entry.column == "total_score" and now.reason == "满分合计":
        return "", []
    if not now.carriers or now.carriers[0] != entry.carriers[0]:
        return "fact: the changed number is no longer carried", [f"now {now.disposition} {now.reason} {now.carriers}"]
    return "", []


def _others(found: Changes, claimed: set[Key]) -> list[str]:
    sums = bool(SUMMANDS & {table for table, _, _ in claimed})
    return sorted(
        _tell(key, column, pair)
        for key, columns in found.items()
        if key not in claimed
        for column, pair in columns.items()
        if not (sums and key[0] == "evaluations" and column in SETTLED_BY_SUMS)
    )


def _tell(key: Key, column: str, pair: tuple[Any, Any]) -> str:
    return f"{key[0]} {key[1]}#{key[2]} {column or 'row'}: {pair[0]!s:.60} → {pair[1]!s:.60}"


def _follows(column: str, pair: tuple[Any, Any], old: str, new: str) -> bool:
    """A year, where it changes, was the printed one (or its neighbour: 上年), or is now the one printed."""
    if column not in _YEARS:
        return True
    before, after = pair
    was, now = to_decimal(old), to_decimal(new)
    near_before = before is not None and was is not None and abs(before - was) <= 1
    near_after = after is not None and now is not None and abs(after - now) <= 1
    return near_before or near_after


def _is_shown(pair: tuple[Any, Any], old: str, new: str) -> bool:
    """Is the text the same but for the digit, as the number prints it?"""
    before, after = pair
    if not (isinstance(before, str) and isinstance(after, str)) or len(before) != len(after):
        return False
    differ = [(a, b) for a, b in zip(squash(before), squash(after), strict=False) if a != b]
    digits = [(a, b) for a, b in zip(squash(old), squash(new), strict=True) if a != b]
    return bool(differ) and set(differ) <= set(digits)


def kinds_of_numbers(report: Report) -> dict[str, list[int]]:
    """The ledger's numbers, as their indexes, by kind."""
    kinds: dict[str, list[int]] = {}
    for index, entry in enumerate(report.reading.ledger):
        kinds.setdefault(entry.kind, []).append(index)
    return kinds


# -- deletion ------------------------------------------------------------------------------------------------------------


def regions(report: Report) -> Iterator[tuple[str, str, frozenset[Place]]]:
    """Every table, row and cell that prints a number: what it is, where, and the places of its cells."""
    printing = {entry.number.holder for entry in report.reading.ledger if entry.number.block == "table"}

    def places(cells: Iterator[Cell] | tuple[Cell, ...]) -> frozenset[Place]:
        return frozenset(cell.place for cell in cells)

    for table in report.document.tables():
        whole = places(cell for row in table.rows for cell in row)
        if whole & printing:
            yield "table", table.place.ref, whole
        for row in table.rows:
            held = places(row)
            if held & printing:
                yield "row", row[0].place.ref, held
            for cell in row:
                if cell.place in printing and not cell.covered:
                    yield "cell", cell.place.ref, frozenset([cell.place])


Region = tuple[str, str, frozenset[Place]]


def kinds_of_regions(report: Report, found: list[Region]) -> dict[str, list[int]]:
    """Regions, as their indexes, by what they are and the kind of the first number they print."""
    first: dict[Place, str] = {}
    for entry in reversed(report.reading.ledger):
        first[entry.number.holder] = entry.kind
    kinds: dict[str, list[int]] = {}
    for index, (what, _, places) in enumerate(found):
        printed = min(first[place] for place in places if place in first)
        kinds.setdefault(f"{what} {printed}", []).append(index)
    return kinds


def delete(report: Report, what: str, ref: str, places: frozenset[Place]) -> Violation | None:
    """Blanks cells; None where the ledger and the counts of facts fall by what was blanked."""
    before = report.reading
    blanked = [entry for entry in before.ledger if entry.number.block == "table" and entry.number.holder in places]
    after = report.without(places)
    missing = Counter(entry.number.printed for entry in before.ledger)
    missing.subtract(entry.number.printed for entry in blanked)
    missing.subtract(entry.number.printed for entry in after.ledger)
    told = Counter(entry.disposition for entry in blanked)

    def violation(kind: str, details: list[str]) -> Violation:
        around = " ".join(entry.number.printed for entry in blanked[:6])
        return Violation(report.path.name, kind, ref, f"blank {what}", around, str(dict(told)), tuple(details))

    wrong = [f"{printed} ×{count}" for printed, count in missing.items() if count]
    if wrong:
        return violation("ledger: other numbers came or went", wrong)
    gone = {entry.number.value for entry in blanked}
    facts = Counter(entry.disposition for entry in after.ledger)["fact"]
    allowed = Counter(entry.disposition for entry in before.ledger)["fact"] - told["fact"]
    stepped_in = _new_facts(before, after)
    if facts > allowed and not all(entry.number.value in gone for entry in stepped_in):
        carried = [f"{entry.number.place.ref} {entry.number.printed} is now carried by {entry.carriers[0]}" for entry in stepped_in]
        return violation("ledger: as many facts as before", carried)
    if facts > allowed or _newly_inferred(before, after) or _also_printed(before, blanked):
        return None  # the figure is printed twice: the second printing steps in, or the row says where it was taken from instead
    for table in sorted({entry.carriers[0][0] for entry in blanked if entry.carriers}):
        if _values(after, table) >= _values(before, table):
            return violation("counts: the facts do not fall", [f"{table}: {_values(before, table)} → {_values(after, table)} values"])
    return None


def _also_printed(before: Reading, blanked: Sequence[Entry]) -> bool:
    """Is each fact that the blanked numbers carry carried by another number too, as a form's total in its head and below it?"""

    def carried(entries: Iterable[Entry]) -> set[tuple[Key, str | None, Decimal]]:
        return {(entry.carriers[0], entry.column, entry.number.value) for entry in entries if entry.carriers}

    gone = carried(blanked)
    return bool(gone) and gone <= carried(entry for entry in before.ledger if entry not in blanked)


def _new_facts(before: Reading, after: Reading) -> list[Entry]:
    """Numbers that a fact carries only since the blanking."""
    was = {(entry.number.holder, entry.number.start): entry.disposition for entry in before.ledger}
    return [
        entry
        for entry in after.ledger
        if entry.disposition == "fact" and was.get((entry.number.holder, entry.number.start), "fact") != "fact"
    ]


def _newly_inferred(before: Reading, after: Reading) -> bool:
    return any(row.get("inferred") and not before.rows.get(key, {}).get("inferred") for key, row in after.rows.items())


def _values(reading: Reading, table: str) -> int:
    """How many figures and short texts the rows of a staged table hold."""
    return sum(
        isinstance(value, Decimal | str)
        for key, row in reading.rows.items()
        if key[0] == table
        for column, value in row.items()
        if column != "inferred"
    )
