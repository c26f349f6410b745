"""The file of matches: what people say about two names, over what the rules say. A line per pair, read like the file of corrections.

A line that cannot be meant is refused with its number and what to do; a line whose names no report uses waits. A file that cannot be read at
all raises, so that no run takes every decision back in silence.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from flows.handwritten import Kind, Said, as_day, read_lines
from flows.resolve.match import Match, Row
from flows.values.text import squash

HEADER = ("kind", "bureau", "one", "other", "verdict", "reason", "by", "on")
_FILE = Kind("名称判定文件", "--matches", Path("matches.csv"), HEADER)
KINDS = ("bureau", "project", "indicator")
_VERDICTS = {"same": True, "different": False}
# what only a bureau can become: ``one`` is its name before, ``other`` after
_CHANGES = {"renamed": True, "merged": False, "split": False}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file. ``bureau``: whose project, as any of its names; empty: of every bureau. ``refusal``: why it cannot be meant, else None."""

    line: int
    kind: str
    bureau: str
    one: str
    other: str
    verdict: str
    reason: str
    by: str
    on: str
    refusal: str | None = None

    @property
    def match(self) -> Match:
        """What the line says, as a match that nothing outweighs."""
        return Match((_VERDICTS | _CHANGES)[self.verdict], Decimal(1), f"人工判定：{self.reason}（{self.by}，{self.on}）", "override")


@dataclass(slots=True)
class Overrides:
    """Every line of the file, in its order; ``used``: numbers of the lines that fitted names of reports, filled while names are resolved."""

    lines: tuple[Line, ...] = ()
    used: set[int] = field(default_factory=set)

    @property
    def version(self) -> str:
        """Changes with anything the file says; the same for no file and an empty one."""
        return hashlib.sha256(json.dumps([astuple(line)[:9] for line in self.lines]).encode()).hexdigest()

    def of(self, kind: str, bureau: Iterable[str] = ()) -> tuple[Line, ...]:
        """The lines of a kind that can be meant: of every bureau, and of the bureau of these names."""
        names = {squash(name) for name in bureau}
        return tuple(
            line for line in self.lines if line.kind == kind and not line.refusal and (not line.bureau or squash(line.bureau) in names)
        )

    def of_bureaus(self) -> list[Row]:
        """What people said of bureaus, as ``flows.resolve.bureaus.resolve`` takes it."""
        return [
            {"file_line": line.line, "one": line.one, "other": line.other, "verdict": line.verdict, "because": line.match.because}
            for line in self.lines
            if line.kind == "bureau" and not line.refusal
        ]

    def listing(self) -> list[Row]:
        """A row of ``landing.match_overrides`` per line, with what became of it."""
        rows = []
        for line in self.lines:
            state = "refused" if line.refusal else "applied" if line.line in self.used else "names_absent"
            absent = "没有报告同时用到这两个名称；请核对写法，部门一栏可写其任一名称或留空"
            rows.append(
                {
                    "file_line": line.line,
                    "match_kind": line.kind or None,
                    "bureau_named": line.bureau or None,
                    "left_name": line.one or None,
                    "right_name": line.other or None,
                    "verdict": line.verdict or None,
                    "reason": line.reason or None,
                    "decided_by": line.by or None,
                    "decided_on": line.on if line.refusal is None else None,
                    "state": state,
                    "message": line.refusal or (absent if state == "names_absent" else None),
                }
            )
        return rows


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people said about pairs of names, by the keys under which the names are compared."""

    by_pair: Mapping[tuple[str, str], Line]

    @classmethod
    def about(cls, lines: Iterable[Line], key: Callable[[str], str], names: Iterable[str], used: set[int]) -> "Rulings":
        """The lines both of whose names are among ``names`` (keys); each such line counts as used."""
        there = set(names)
        found: dict[tuple[str, str], Line] = {}
        for line in lines:
            one, other = key(line.one), key(line.other)
            if one in there and other in there and one != other:
                found[min(one, other), max(one, other)] = line
                used.add(line.line)
        return cls(found)

    def said(self, left: str, right: str) -> Match | None:
        line = self.by_pair.get((min(left, right), max(left, right)))
        return line.match if line else None


def read_overrides(path: Path | None) -> Overrides:
    """The file at ``path``; None: ``matches.csv`` in the current folder, where there is one. Raises Unusable."""
    return Overrides(_unless_repeated([_line(said) for said in read_lines(_FILE, path)]))


def _line(said: Said) -> Line:
    line = Line(said.line, **{name: text.strip() for name, text in said.cells.items()})
    return replace(line, refusal=_fault(line, said.count))


def _fault(line: Line, cells: int) -> str | None:
    if cells != len(HEADER):
        return f"有 {cells} 栏，应有 {len(HEADER)} 栏；含逗号的内容要放在引号里"
    empty = [name for name in HEADER if name != "bureau" and not getattr(line, name)]
    if empty:
        return f"没有填 {'、'.join(empty)}"
    if line.kind not in KINDS:
        return f"kind“{line.kind}”应是 {'、'.join(KINDS)} 之一"
    if line.verdict not in _VERDICTS and not (line.kind == "bureau" and line.verdict in _CHANGES):
        of_bureaus = "，部门还可以是 renamed（更名）、merged（并入）、split（分设）" if line.kind == "bureau" else ""
        return f"verdict“{line.verdict}”应是 same（同一）或 different（不同）{of_bureaus}"
    if squash(line.one) == squash(line.other):
        return "one 与 other 是同一个名称"
    return None if as_day(line.on) else f"on“{line.on}”不是日期；请写成 2024-03-01 的样子"


def _unless_repeated(lines: list[Line]) -> tuple[Line, ...]:
    """Lines about the same pair contradict or repeat each other: none of them is applied."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in lines:
        if not line.refusal:
            same[_pair(line)].append(line.line)
    return tuple(
        replace(line, refusal=f"与第 {'、'.join(str(n) for n in others)} 行说的是同一对名称；请只留一行")
        if not line.refusal and (others := [n for n in same[_pair(line)] if n != line.line])
        else line
        for line in lines
    )


def _pair(line: Line) -> tuple[str, ...]:
    return (line.kind, squash(line.bureau), *sorted((squash(line.one), squash(line.other))))


def what_became(database: Path) -> Row:
    """How many lines of the file are in each state in a built warehouse, and the line and message of each that was not applied."""
    import duckdb  # not needed by a run that finds nothing new, and slow to load

    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        rows = connection.execute("select file_line, state, message from ops.match_overrides order by file_line").fetchall()
    return {
        "states": dict(Counter(state for _, state, _ in rows)),
        "refused": [[line, message] for line, state, message in rows if state == "refused"],
        "absent": [[line, message] for line, state, message in rows if state == "names_absent"],
    }
