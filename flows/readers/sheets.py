"""Sheets of displayed cells → Document: what xlsx and xls share.

A sheet is read as it lies there: rows that stand alone are paragraphs, rows that stand together in ruling (or side by side in columns) are
tables. Only cells that show something count, so that a million formatted but empty ones cost nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.document import Block, Cell, Document, Note, Paragraph, Place, Table
from flows.readers.bands import Band, Line, Shown, pieces
from flows.readers.errors import Unreadable
from flows.values.text import clean

WORKBOOKS = ("xlsx", "xls")  # formats whose places are a sheet's own rows and columns
MOST_CELLS = 500_000  # of a workbook, that show something
_MOST_POSITIONS = 4_000_000  # of a workbook's tables, empty cells included
_MOST_MERGES = 100_000


class Area(NamedTuple):
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Aside(NamedTuple):
    """Text that stands in no cell (a comment, a page header, a text box); ``row`` and ``col`` where it is tied to a cell."""

    kind: str
    text: str
    row: int | None = None
    col: int | None = None


class Ranges:
    """Numbers as ranges; they come in any order."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []
        self._is_sorted = True

    def add(self, first: int, last: int | None = None) -> None:
        last = first if last is None else last
        if self._ranges and self._ranges[-1][0] <= first <= self._ranges[-1][1] + 1:
            self._ranges[-1] = (self._ranges[-1][0], max(last, self._ranges[-1][1]))
        else:
            self._ranges.append((first, last))
            self._is_sorted = False

    def cover(self, first: int, last: int) -> bool:
        """Are all numbers from ``first`` to ``last`` in?"""
        if not self._is_sorted:
            joined: list[tuple[int, int]] = []
            for low, high in sorted(self._ranges):
                if joined and low <= joined[-1][1] + 1:
                    joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
                else:
                    joined.append((low, high))
            self._ranges, self._is_sorted = joined, True
        at = bisect_right(self._ranges, (first, 1 << 40)) - 1
        return at >= 0 and self._ranges[at][0] <= first and last <= self._ranges[at][1]


@dataclass(slots=True)
class Sheet:
    """A sheet as displayed. Rows and columns count from 1; ``cells`` holds those that show something.

    ``ruled_rows``: rows with borders in them, text or none.
    """

    number: int
    name: str
    is_hidden: bool = False
    cells: dict[tuple[int, int], Shown] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: Ranges = field(default_factory=Ranges)
    hidden_cols: Ranges = field(default_factory=Ranges)
    ruled_rows: Ranges = field(default_factory=Ranges)
    asides: list[Aside] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def document_of(format_name: str, sheets: Iterable[Sheet]) -> Document:
    """The workbook as one document, a sheet as a page. Raises Unreadable for one that shows nothing or too much."""
    blocks: list[Block] = []
    notes: list[Note] = []
    doubts: dict[Place, str] = {}
    tables = count = filled = positions = 0
    for sheet in sheets:
        count += 1
        filled += len(sheet.cells)
        if filled > MOST_CELLS:
            raise too_large(f"有内容的单元格超过 {MOST_CELLS} 个")
        read = _SheetReader(sheet, tables, _MOST_POSITIONS - positions)
        blocks += read.blocks()
        tables, positions = read.tables, positions + read.positions
        doubts |= read.doubts
        notes += sheet.notes
    if not any(block.text if isinstance(block, Paragraph) else True for block in blocks if _is_printed(block)):
        raise Unreadable("empty_file", "工作簿里没有内容：各工作表的单元格都是空的" + ("（公式没有缓存的计算结果）" if notes else ""))
    return Document(format_name, tuple(blocks), count, tuple(notes), doubts)


def sheet_name(document: Document, number: int) -> str:
    """The name on the tab of a sheet (numbered from 1): the first thing that stands in no cell of it."""
    names = (block.text for block in document.blocks if isinstance(block, Paragraph) and block.place == Place(page=number, line=1))
    return next(names, "")


def too_large(what: str) -> Unreadable:
    """The refusal of a workbook that holds more than any report."""
    return Unreadable("too_large", f"工作簿过大：{what}；请确认是否为报告，删去无关的工作表后重试")


def _is_printed(block: Block) -> bool:
    return isinstance(block, Table) or block.kind != "markup"


class _SheetReader:
    """Reads one sheet; ``tables`` counts on over the workbook."""

    def __init__(self, sheet: Sheet, tables: int, room: int) -> None:
        self._sheet = sheet
        self._room = room
        self.tables = tables
        self.positions = 0
        self.doubts: dict[Place, str] = {}
        self._under: list[Aside] = []
        self._owner: dict[tuple[int, int], Area] = {}
        self._lay_merges()

    def blocks(self) -> Iterator[Block]:
        """Rows from the top, then what stands in no cell."""
        for piece in pieces(self._rows(), self._bridged):
            if isinstance(piece, Line):
                yield from self._paragraphs(piece)
            else:
                yield self._table(piece)
        asides = [Aside("markup", self._sheet.name), *self._sheet.asides, *self._under]
        for number, aside in enumerate(asides, start=1):
            place = Place(page=self._sheet.number, line=number, row=aside.row, col=aside.col)
            if doubt := self._doubt(0, 0, 0, 0):
                self.doubts[place] = doubt
            yield Paragraph(clean(aside.text.replace("\n", " ")), place, kind=aside.kind)

    # -- merged cells --------------------------------------------------------------------------------------------------

    def _lay_merges(self) -> None:
        """Finds the merged cell of every position in a row and column that shows something; text below a merged cell shows nowhere."""
        sheet = self._sheet
        if len(sheet.merges) > _MOST_MERGES:
            raise too_large(f"工作表“{sheet.name}”的合并单元格超过 {_MOST_MERGES} 个")
        rows = sorted({row for row, _ in sheet.cells})
        cols = sorted({col for _, col in sheet.cells})
        # One that crosses another is the file's mistake: the first stands.
        for area in sorted(sheet.merges):
            inside = [
                (row, col)
                for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
                for col in cols[bisect_left(cols, area.left) : bisect_right(cols, area.right)]
            ]
            self._spend(len(inside) + 1)
            if any(position in self._owner for position in inside):
                continue
            for position in inside:
                self._owner[position] = area
                if position != (area.top, area.left) and (hidden := sheet.cells.pop(position, None)):
                    self._under.append(Aside("markup", hidden.text, *position))

    def _spend(self, positions: int) -> None:
        self.positions += positions
        if self.positions > self._room:
            raise too_large(f"工作表“{self._sheet.name}”的单元格散布得太开")

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Line]:
        """The rows that show something, each with its cells from the left."""
        rows: dict[int, list[Shown]] = {}
        for (row, col), shown in self._sheet.cells.items():
            area = self._owner.get((row, col))
            rows.setdefault(row, []).append(Shown(shown.text, shown.is_ruled, row, col, area.right if area else col))
        return [Line(number, tuple(sorted(cells, key=lambda c: c.col))) for number, cells in sorted(rows.items())]

    def _bridged(self, first: int, last: int) -> bool:
        """Do the empty rows ``first`` to ``last`` belong to a table: ruled, or held by a merged cell that shows something?"""
        if self._sheet.ruled_rows.cover(first, last):
            return True
        if not hasattr(self, "_deep"):
            self._deep = Ranges()
            for area in set(self._owner.values()):
                if area.bottom > area.top and (area.top, area.left) in self._sheet.cells:
                    self._deep.add(area.top, area.bottom)
        return self._deep.cover(first, last)

    def _doubt(self, top: int, left: int, bottom: int, right: int) -> str | None:
        if self._sheet.is_hidden:
            return "隐藏工作表，页面上看不到"
        if self._sheet.hidden_rows.cover(top, bottom):
            return "隐藏行，页面上看不到"
        return "隐藏列，页面上看不到" if self._sheet.hidden_cols.cover(left, right) else None

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _paragraphs(self, line: Line) -> Iterator[Paragraph]:
        """A row outside the tables: a paragraph, or one for each line of a cell that stands alone."""
        if len(line.cells) == 1:
            cell = line.cells[0]
            place = self._place(cell)
            at = 0
            for text in cell.text.split("\n"):
                start = at + len(text) - len(text.lstrip())
                if clean(text):
                    # a line further down in the cell is a paragraph of its own; places in it count from the cell's beginning
                    own = place.at(start) if start else place
                    self._note_doubt(own, [cell])
                    yield Paragraph(clean(text), own, ((-start, place),))
                at += len(text) + 1
            return
        shown = [cell for cell in line.cells if not self._is_hidden_column(cell)]
        if len(shown) < len(line.cells):  # what nobody sees is no part of the line it stands in
            for cells in (shown, *([cell] for cell in line.cells if cell not in shown)):
                if cells:
                    yield from self._paragraphs(Line(line.number, tuple(cells)))
            return
        text, starts = "", []
        for cell in line.cells:
            text += "\u3000" if text else ""
            starts.append((len(text), self._place(cell)))
            text += clean(cell.text)
        self._note_doubt(starts[0][1], line.cells)
        yield Paragraph(text, starts[0][1], tuple(starts))

    def _is_hidden_column(self, cell: Shown) -> bool:
        return self._sheet.hidden_cols.cover(cell.col, cell.right)

    def _place(self, cell: Shown) -> Place:
        return Place(page=self._sheet.number, row=cell.row, col=cell.col)

    def _note_doubt(self, place: Place, cells: Iterable[Shown]) -> None:
        for cell in cells:
            area = self._owner.get((cell.row, cell.col)) or Area(cell.row, cell.col, cell.row, cell.col)
            if doubt := self._doubt(*area):
                self.doubts[place] = doubt

    # -- tables --------------------------------------------------------------------------------------------------------

    def _table(self, band: Band) -> Table:
        """Rows and columns without any text in them are left out; what is merged over them shrinks."""
        self.tables += 1
        numbers = [line.number for line in band.lines]
        columns = sorted({cell.col for line in band.lines for cell in line.cells})
        self._spend(len(numbers) * len(columns))
        shown = {(cell.row, cell.col): cell for line in band.lines for cell in line.cells}
        rows = tuple(tuple(self._row(number, numbers, columns, shown)) for number in numbers)
        place = Place(page=self._sheet.number, table=self.tables)
        return Table(rows, place, exact=True, width=len(columns))

    def _row(self, number: int, numbers: list[int], columns: list[int], shown: dict[tuple[int, int], Shown]) -> Iterator[Cell]:
        index = 0
        while index < len(columns):
            col = columns[index]
            area = self._owner.get((number, col)) or Area(number, col, number, col)
            span = bisect_right(columns, area.right) - index
            first = bisect_left(numbers, area.top)
            height = bisect_right(numbers, area.bottom) - first
            covered = numbers[first] < number
            cell = None if covered else shown.get((number, col))
            raw = cell.text if cell else ""
            place = Place(page=self._sheet.number, table=self.tables, row=number, col=col)
            if doubt := self._doubt(*area):
                self.doubts[place] = doubt
            yield Cell(clean(raw), raw, place, index, span, height, covered)
            index += span
