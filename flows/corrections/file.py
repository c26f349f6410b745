"""The file of corrections: a line per column of a fact, read, checked and given to the report that each line is about.

A line that cannot be meant is refused with its number and what to do; the other lines go on. A file that cannot be read at all raises, so
that no run takes every correction back in silence.
"""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from flows.handwritten import Kind, Said, as_day, read_lines
from flows.tables.definitions import tables

HEADER = ("report", "table", "place", "field", "printed", "right", "reason", "who", "when")
_FILE = Kind("更正文件", "--corrections", Path("corrections.csv"), HEADER)
_MAY_BE_EMPTY = ("printed", "right")
_KEY_PREFIX = re.compile(r"[0-9a-f]{8,64}")
# What a fact is known by, and what staging and the matching of names make of other columns: correcting these is correcting something else.
_MADE = frozenset(
    [
        *(
            "fact_id",
            "report_key",
            "source_ref",
            "source_text",
            "inferred",
            "correction",
            "form_key",
            "table_ref",
            "occurrence",
            "cell_no",
            "block_no",
        ),
        *("project_match", "indicator_match", "table_match", "account_name", "unit_identity", "unit_display_name", "unit_budget_code"),
        *("attained", "value_base", "base_unit"),
    ]
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the file. ``refusal``: why it cannot be meant, else None; ``report_key``: its report, None where that is not known.

    ``table`` is the staged table's name, whichever name the file uses; ``when`` is an ISO date.
    """

    line: int
    report: str
    table: str
    place: str
    field: str
    printed: str
    right: str
    reason: str
    who: str
    when: str
    refusal: str | None = None
    report_key: str | None = None

    @property
    def digest(self) -> str:
        """Of all that is applied: neither the line's number nor how it names the report."""
        parts = (self.table, self.place, self.field, self.printed, self.right, self.reason, self.who, self.when)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Every line of the file, in its order."""

    lines: tuple[Correction, ...] = ()

    @property
    def version(self) -> str:
        """Changes with anything the file says; the same for no file and an empty one."""
        return hashlib.sha256(json.dumps([astuple(line)[:10] for line in self.lines]).encode()).hexdigest()

    def by_report(self) -> dict[str, tuple[Correction, ...]]:
        """The lines to apply to each report, in an order that does not depend on the file's."""
        found: dict[str, list[Correction]] = defaultdict(list)
        for line in self.lines:
            if line.report_key and not line.refusal:
                found[line.report_key].append(line)
        return {key: tuple(sorted(lines, key=lambda c: (c.table, c.place, c.field))) for key, lines in found.items()}


def read_corrections(path: Path | None) -> Corrections:
    """The file at ``path``; None: ``corrections.csv`` in the current folder, where there is one. Raises Unusable."""
    return Corrections(tuple(_correction(said) for said in read_lines(_FILE, path)))


def _correction(said: Said) -> Correction:
    values = {name: text if name in _MAY_BE_EMPTY else text.strip() for name, text in said.cells.items()}
    values["table"] = _staged_name(values["table"])
    correction = Correction(said.line, **values)
    if said.count != len(HEADER):
        return replace(correction, refusal=f"有 {said.count} 栏，应有 {len(HEADER)} 栏；含逗号的内容（如带坐标的 place）要放在引号里")
    return replace(correction, refusal=_fault(correction, values))


def _staged_name(name: str) -> str:
    return f"{name.removeprefix('fct_')}s" if name.startswith("fct_") else name


def _fault(correction: Correction, values: dict[str, str]) -> str | None:
    empty = [name for name in HEADER if name not in _MAY_BE_EMPTY and not values[name]]
    if empty:
        return f"没有填 {'、'.join(empty)}"
    facts = {name: table for name, table in tables("staged").items() if "correction" in table.column_names}
    if correction.table not in facts:
        return f"没有 {correction.table} 这张表；可以写 {'、'.join(facts)}，或对应的 fct_ 名"
    if correction.field not in facts[correction.table].column_names:
        return f"{correction.table} 没有 {correction.field} 这一栏；栏名见 flows/tables/tables.toml"
    if correction.field in _MADE:
        return f"{correction.field} 由其他栏得出，不能直接更正；请更正它所依据的栏"
    if as_day(correction.when) is None:
        return f"when“{correction.when}”不是日期；请写成 2024-03-01 的样子"
    return None


def assign(corrections: Corrections, files: Iterable[tuple[str, str]]) -> Corrections:
    """The same lines with the report of each. ``files``: report key and path below the raw folder of each report that is there.

    A line that fits several reports is refused, and so are all the lines about the same column of the same place.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for key, path in files:
        keys[path].add(key)
        keys[Path(path).name].add(key)
    every = set().union(*keys.values())
    placed = [_placed(line, keys, every) for line in corrections.lines]
    counted = Counter(_target(line) for line in placed if not line.refusal)
    return Corrections(tuple(_unless_repeated(line, placed, counted) for line in placed))


def _target(line: Correction) -> tuple[str, ...]:
    return (line.report_key or line.report, line.table, line.place, line.field)


def _placed(line: Correction, keys: dict[str, set[str]], every: set[str]) -> Correction:
    found = set(keys.get(line.report, ()))
    if not found and _KEY_PREFIX.fullmatch(line.report.lower()):
        found = {key for key in every if key.startswith(line.report.lower())}
    if len(found) > 1:
        return replace(line, refusal=line.refusal or f"{line.report} 不止是一份报告；请改用文件的路径或 sha256")
    return replace(line, report_key=next(iter(found), None))


def _unless_repeated(line: Correction, placed: list[Correction], counted: Counter[tuple[str, ...]]) -> Correction:
    if line.refusal or counted[_target(line)] == 1:
        return line
    others = [str(other.line) for other in placed if not other.refusal and other.line != line.line and _target(other) == _target(line)]
    return replace(line, refusal=f"与第 {'、'.join(others)} 行更正的是同一处；请只留一行")
