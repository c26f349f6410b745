"""Lays a document out on sheets: one for each table or form, and one for each run of prose between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from flows.typeset.document import Block, Cover, Heading, Paragraph, PartTitle, Table
from flows.typeset.grid import Align

_PROSE_COLUMNS = 10
_PROSE_WIDTH = 9  # characters a column
_NAME_LENGTH = 31  # what a workbook allows
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'：]")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+\.\d{2}")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)\.(\d{1,4})")
_COUNT = re.compile(r"-?(?:0|[1-9]\d?)")  # a longer one may be a code or a year, which are text
_RATE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d{1,2}))?%")


@dataclass(frozen=True)
class SheetCell:
    """What is printed from ``row`` and ``col`` (counted from 0) over so many rows and columns."""

    text: str
    row: int
    col: int
    rows: int = 1
    cols: int = 1
    align: Align = "left"
    is_ruled: bool = False
    is_title: bool = False


@dataclass
class SheetPlan:
    """A sheet: its cells, and how many characters wide each column is."""

    name: str
    widths: tuple[int, ...]
    cells: list[SheetCell] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows are taken."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    def line(self, text: str, align: Align = "left", is_title: bool = False) -> None:
        """Adds a row with one cell over the whole width."""
        self.cells.append(SheetCell(text, self.height, 0, 1, len(self.widths), align, is_title=is_title))


def plan(blocks: Iterable[Block]) -> list[SheetPlan]:
    """The sheets of a document, each under a name of its own."""
    sheets: list[SheetPlan] = []
    names: set[str] = set()
    prose: SheetPlan | None = None
    for block in blocks:
        if isinstance(block, Table):
            sheets.append(_table_sheet(block, _name(block.caption.title[0], names)))
            prose = None
            continue
        lines = list(_lines(block))
        if prose is None:
            prose = SheetPlan(_name("封面" if isinstance(block, Cover) else lines[0][0], names), (_PROSE_WIDTH,) * _PROSE_COLUMNS)
            sheets.append(prose)
        for text, is_title in lines:
            prose.line(text, "center" if is_title else "left", is_title)
    return sheets


def _lines(block: Block) -> Iterator[tuple[str, bool]]:
    match block:
        case Cover(lines):
            yield from ((line, number == 0) for number, line in enumerate(lines))
        case PartTitle(text):
            yield text, True
        case Heading(text) | Paragraph(text):
            yield text, False


def _name(wanted: str, names: set[str]) -> str:
    """A sheet's name: short, without what a workbook forbids, and of its own."""
    base = _NOT_IN_NAMES.sub("", wanted).strip()[:_NAME_LENGTH] or "表"
    name, number = base, 1
    while name.lower() in names:
        number += 1
        name = f"{base[: _NAME_LENGTH - 4]}（{number}）"
    names.add(name.lower())
    return name


def _table_sheet(table: Table, name: str) -> SheetPlan:
    sheet = SheetPlan(name, table.grid.widths)
    for line in table.caption.title:
        sheet.line(line, "center", is_title=True)
    if table.caption.number:
        sheet.line(table.caption.number, "right")
    if table.caption.subject:
        bureau, period, unit = table.caption.subject
        last = len(sheet.widths) - 1
        row = sheet.height
        texts = {0: bureau, last // 2: period, last: unit} if last > 1 else {0: bureau, last: unit}
        sheet.cells += [SheetCell(text, row, col, align="right" if col == last else "left") for col, text in texts.items()]
    top = sheet.height
    for placed in table.grid.placed():
        cell = placed.cell
        sheet.cells.append(
            SheetCell(cell.text, top + placed.row, placed.column, cell.rows, cell.columns, cell.align, is_ruled=True),
        )
    for note in table.notes:
        sheet.line(note)
    return sheet


def number_of(text: str) -> tuple[Decimal, str] | None:
    """The number that a cell holds and the format under which it prints ``text``; None where it is text, as codes are."""
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), "#,##0.00"
    if found := _PLAIN.fullmatch(text):
        return Decimal(text), "0." + "0" * len(found[1])
    if _COUNT.fullmatch(text):
        return Decimal(text), "General"
    if found := _RATE.fullmatch(text):
        return Decimal(text[:-1]) / 100, f"0.{'0' * len(found[1])}%" if found[1] else "0%"
    return None
