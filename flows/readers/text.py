"""Text files of both kinds: cells on tab-led lines, and rows as tab-separated lines.

Tab-led (a Word file as its text): a line that begins with a tab is a cell, a line without a tab goes on with the cell above,
an empty line ends the row. Tab-separated: a line with tabs inside is a row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.document import Block, Cell, Document, Paragraph, Place, Table
from flows.readers.encoding import decode
from flows.readers.errors import Unreadable
from flows.values.text import clean

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s?")
# Empty lines between two rows of one table (one ends the row, one may end a cell); more of them end the table.
_ROW_GAP = 2
_HEADING = re.compile(r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、)")
_LONG_CELL = 8  # characters: prose, not a label or a figure


def lines_of(path: Path) -> list[str]:
    """The lines of a text file, as ``Place.line`` counts them from 1. Raises Unreadable."""
    return re.sub(r"\r\n?", "\n", decode(path.read_bytes())).split("\n")


@dataclass(slots=True)
class _Row:
    """Cells of a row under construction: (line number, raw text)."""

    cells: list[tuple[int, str]] = field(default_factory=list)


def _is_row_line(line: str) -> bool:
    """Tab-separated row: tabs inside the line, with something on either side of one."""
    return "\t" in line.strip("\t ") or (line.count("\t") >= 2 and bool(line.strip()))


def _pieces(lines: list[str]) -> Iterator[tuple[str, int, object]]:
    """('row', line, cells) · ('text', line, text) · ('gap', line, None), in order."""
    row: _Row | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith("\t") and not _is_row_line(line):
            row = row or _Row()
            row.cells.append((number, line[1:]))
            continue
        if not line.strip():
            if row:
                yield "row", row.cells[0][0], row.cells
                row = None
            yield "gap", number, None
            continue
        if _is_row_line(line):
            if row:
                yield "row", row.cells[0][0], row.cells
                row = None
            yield "row", number, [(number, cell) for cell in line.split("\t")]
            continue
        if row and len(row.cells) == 1 and _HEADING.match(line):
            yield "row", row.cells[0][0], row.cells  # the table breaks off: a heading is no part of a cell
            row = None
            yield "text", number, line
        elif row:
            begun, raw = row.cells[-1]
            row.cells[-1] = (begun, f"{raw}\n{line}")
        else:
            yield "text", number, line
    if row:
        yield "row", row.cells[0][0], row.cells


class _TableBuilder:
    def __init__(self) -> None:
        self.rows: list[list[tuple[int, str]]] = []
        self.gap = 0

    def build(self, number: int) -> Table:
        rows = _rejoin(self.rows)
        first_line = rows[0][0][0]
        built = tuple(
            tuple(
                Cell(clean(raw), raw, Place(line=line, table=number, row=r, col=c), col=c - 1) for c, (line, raw) in enumerate(row, start=1)
            )
            for r, row in enumerate(rows, start=1)
        )
        return Table(built, Place(line=first_line, table=number), exact=False, width=max(len(row) for row in built))


def _rejoin(rows: list[list[tuple[int, str]]]) -> list[list[tuple[int, str]]]:
    """A cell with an empty line inside breaks its row in two: joined again where the two make up the usual width."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[len(row)] = counts.get(len(row), 0) + 1
    joined: list[list[tuple[int, str]]] = []
    for row in rows:
        before = joined[-1] if joined else None
        width = len(before) + len(row) if before else 0
        if (
            before
            and width >= 4
            and len(row) == 1
            and len(row[0][1].strip()) >= _LONG_CELL
            and len(before[-1][1].strip()) >= _LONG_CELL
            and counts.get(width, 0) >= 2
            and counts.get(len(before), 0) <= counts[width]
            and not before[0][1].strip()
        ):
            before.extend(row)
        else:
            joined.append(list(row))
    return joined


def read_text(path: Path) -> Document:
    """Reads a text report. Raises Unreadable for bytes that are no text."""
    lines = lines_of(path)
    marks = [(number, mark) for number, line in enumerate(lines, start=1) if (mark := "".join(_BOOKMARK.findall(line)))]
    lines = [_BOOKMARK.sub("", line) for line in lines]
    if not any(line.strip() for line in lines):
        raise Unreadable("empty_file", "文件里没有文字")
    blocks: list[Block] = []
    table: _TableBuilder | None = None
    tables = 0

    def close() -> None:
        nonlocal table, tables
        if table and table.rows:
            tables += 1
            blocks.append(table.build(tables))
        table = None

    for kind, number, content in _pieces(lines):
        if kind == "row":
            if table and table.gap > _ROW_GAP and len(table.rows) > 1:
                close()
            table = table or _TableBuilder()
            table.rows.append(content)  # type: ignore[arg-type]
            table.gap = 0
        elif kind == "gap":
            if table:
                table.gap += 1
        else:
            close()
            blocks.append(Paragraph(clean(str(content)), Place(line=number)))
    close()
    # Bookmark marks are no print, yet not lost: they stand at the end, out of the way of the reading order.
    blocks += [Paragraph(clean(mark), Place(line=number), kind="markup") for number, mark in marks]
    return Document("text", tuple(blocks))
