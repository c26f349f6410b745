"""Text files of three kinds: cells on tab-led lines, rows as tab-separated lines, and Markdown's pipe tables (flows/readers/pipes.py).

Tab-led (a Word file as its text): a line that begins with a tab is a cell, a line without a tab goes on with the cell above,
an empty line ends the row. Tab-separated: a line with tabs inside is a row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.document import LOOSE_CELLS, Block, Cell, Document, Note, Paragraph, Place, Table
from flows.readers import pipes, spaced
from flows.readers.encoding import decode
from flows.readers.errors import Unreadable
from flows.values.text import clean

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s?")
# Empty lines between two rows of one table (one ends the row, one may end a cell); more of them end the table.
_ROW_GAP = 2
_HEADING = re.compile(r"^\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、)")
_FILES = frozenset(["pdf", "doc", "docx", "xls", "xlsx", "et", "wps", "ofd", "zip", "rar", "7z", "png", "jpg", "jpeg", "tif", "tiff"])
_BEGINNING = 8  # characters by which a line's text is found behind its marks
# A line that ends inside of a number or between a number and its unit goes on in the next.
_INSIDE_NUMBER = (re.compile(r"\d[.,，．]?$"), re.compile(r"^\d"))
_BEFORE_UNIT = (re.compile(r"\d[万亿]?$"), re.compile(r"^(?:[万亿元%％年月日人个家次件户辆台套]|批次|平方米)"))
_SENTENCE = 16  # characters: a line of running text, not a label or a figure of a table
_LONG_CELL = 8  # characters: prose, not a label or a figure


def lines_of(path: Path) -> list[str]:
    """The lines of a text file, as ``Place.line`` counts them from 1. Raises Unreadable."""
    text = re.sub(r"\r\n?", "\n", decode(path.read_bytes())).replace("\ufeff", "")
    # A page break at a line's end or beginning is no line; one inside ends it.
    return re.sub(r"\f+(?=\n|$)|(?<=\n)\f+|^\f+", "", text).replace("\f", "\n").split("\n")


@dataclass(slots=True)
class _Row:
    """Cells of a row under construction: (line number, raw text)."""

    cells: list[tuple[int, str]] = field(default_factory=list)


def _is_row_line(line: str) -> bool:
    """Tab-separated row: tabs inside the line, with something on either side of one."""
    return "\t" in line.strip("\t ") or (line.count("\t") >= 2 and bool(line.strip()))


def _pieces(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int, object]]:
    """('row', line, cells) · ('text', line, text) · ('gap', line, None), in order."""
    row: _Row | None = None
    for number, line in lines:
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
    read = _Blocks(pipes.is_markdown(lines))
    begin = 0
    for start, end, rows in pipes.runs(lines):
        read.take_lines(lines[begin:start], begin + 1)
        read.take_pipes(rows)
        begin = end
    read.take_lines(lines[begin:], begin + 1)
    # Bookmark marks are no print, yet not lost: they stand at the end, out of the way of the reading order.
    beside = read.beside + [Paragraph(clean(mark), Place(line=number), kind="markup") for number, mark in marks]
    return Document("text", (*read.blocks, *beside), notes=tuple(read.notes))


def _goes_on(before: Paragraph, text: str, number: int) -> bool:
    """Was the line broken inside of a number, as copied pages are?"""
    last = before.lines[-1] if before.lines else (0, before.place)
    above = before.text[last[0] :]
    if before.kind != "text" or last[1].line != number - 1 or len(above) < _SENTENCE or not re.search(r"[\u4e00-\u9fff]", text):
        return False
    return any(end.search(above) and begin.match(text) for end, begin in (_INSIDE_NUMBER, _BEFORE_UNIT))


class _Blocks:
    """Blocks in the making; ``beside`` are marks and repeated texts, which come last."""

    def __init__(self, is_markdown: bool) -> None:
        self.blocks: list[Block] = []
        self.beside: list[Block] = []
        self.notes: list[Note] = []
        self._is_markdown = is_markdown
        self._tables = 0

    def take_lines(self, lines: list[str], first: int) -> None:
        """Takes lines without pipe tables; the number of the first is ``first``."""
        begin = 0
        for table in spaced.runs(lines):
            self.take(enumerate(lines[begin : table.start], start=first + begin))
            builder = _TableBuilder()
            builder.rows = [[(first + line, text) for line, text in row] for row in table.rows]
            self._close(builder)
            for line in table.loose:
                self.blocks.append(Paragraph(clean(lines[line]), Place(line=first + line), kind=LOOSE_CELLS))
            begin = table.end
        self.take(enumerate(lines[begin:], start=first + begin))

    def take(self, lines: Iterable[tuple[int, str]]) -> None:
        """Takes numbered lines in which cells are led or parted by tabs, if at all."""
        table: _TableBuilder | None = None
        for kind, number, content in _pieces(lines):
            if kind == "row":
                if table and table.gap > _ROW_GAP and len(table.rows) > 1:
                    self._close(table)
                    table = None
                table = table or _TableBuilder()
                table.rows.append(content)  # type: ignore[arg-type]
                table.gap = 0
            elif kind == "gap":
                if table:
                    table.gap += 1
            else:
                self._close(table)
                table = None
                self._paragraph(str(content), number)
        self._close(table)

    def take_pipes(self, rows: list[pipes.PipeRow]) -> None:
        """Takes the rows of a pipe table."""
        self._tables += 1
        built = []
        for r, row in enumerate(rows, start=1):
            cells = []
            for c, cell in enumerate(row, start=1):
                place = Place(line=cell.line, table=self._tables, row=r, col=c)
                cells.append(Cell("" if cell.folded else cell.text, "" if cell.folded else cell.raw, place, col=c - 1))
            built.append(tuple(cells))
            if repeated := " ".join(cell.text for cell in row if cell.folded and re.search(r"\d", cell.text)):
                self.beside.append(Paragraph(repeated, Place(line=row[0].line, table=self._tables, row=r), kind="repeated"))
        first = Place(line=rows[0][0].line, table=self._tables)
        self.blocks.append(Table(tuple(built), first, exact=False, width=max(len(row) for row in built)))

    def _close(self, table: _TableBuilder | None) -> None:
        if table and table.rows:
            self._tables += 1
            self.blocks.append(table.build(self._tables))

    def _paragraph(self, line: str, number: int) -> None:
        if not self._is_markdown:
            text, before = clean(line), self.blocks[-1] if self.blocks else None
            if isinstance(before, Paragraph) and _goes_on(before, text, number):
                begun = before.lines or ((0, before.place),)
                lines = (*begun, (len(before.text), Place(line=number)))
                self.blocks[-1] = Paragraph(before.text + text, before.place, lines)
            else:
                self.blocks.append(Paragraph(text, Place(line=number)))
            return
        marked = pipes.without_marks(line)
        place = Place(line=number)
        if marked.text:
            # Offsets count in the line as it stands in the file, its marks included.
            start = max(line.find(marked.text[:_BEGINNING]), 0)
            self.blocks.append(Paragraph(marked.text, place, ((-start, place),) if start else ()))
        if marked.addresses:
            self.beside.append(Paragraph(marked.addresses, Place(line=number, col=1) if marked.text else place, kind="markup"))
        for name, address in marked.files:
            file = address.rsplit("/", 1)[-1]
            if "." in file and file.rsplit(".", 1)[1].lower() in _FILES:
                self.notes.append(Note(f"文中附件“{name or file}”（{file}）不在本文件内，请另行放入 raw", place, name, "attachment"))
