"""The one model of a report that readers give and everything after them takes.

A ``Document`` is its blocks - paragraphs and tables - in reading order. Every piece knows its ``Place`` in the file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page and box of a fixed-layout file, line of a text file; table, row, column; offset.

    A workbook's sheets are its pages, and rows and columns are the sheet's own. In a flowing format without lines (Word, web page) the
    line is the number of the paragraph or table from the beginning of the file. Pages, lines, tables, rows and columns count from 1,
    offsets (in characters) from 0; box is x0, top, x1, bottom in points.
    """

    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    offset: int | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def ref(self) -> str:
        """``p5/t1/r3/c2@71,121,160,140`` or ``L907/t12/r5/c3+35``: what ``source_ref`` holds everywhere."""
        parts = [
            f"{mark}{value}"
            for mark, value in (("p", self.page), ("L", self.line), ("t", self.table), ("r", self.row), ("c", self.col))
            if value is not None
        ]
        ref = "/".join(parts)
        if self.offset is not None:
            ref += f"+{self.offset}"
        if self.box is not None:
            ref += "@" + ",".join(f"{edge:.0f}" for edge in self.box)
        return ref

    def at(self, offset: int) -> "Place":
        """The place ``offset`` characters further on."""
        return replace(self, offset=offset)


_REF = re.compile(
    r"(?:p(?P<page>\d+))?(?:/?L(?P<line>\d+))?(?:/?t(?P<table>\d+))?(?:/?r(?P<row>\d+))?(?:/?c(?P<col>\d+))?(?:\+(?P<offset>\d+))?"
    r"(?:@(?P<box>-?\d+(?:,-?\d+){3}))?",
    re.ASCII,
)


def parse_ref(ref: str) -> Place:
    """The place that ``Place.ref`` wrote, its box in whole points. Raises ValueError for anything else."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise ValueError(f"no place: {ref!r}")
    parts: dict[str, Any] = {name: int(text) for name, text in found.groupdict().items() if text is not None and name != "box"}
    if found["box"] is not None:
        parts["box"] = tuple(float(edge) for edge in found["box"].split(","))
    place = Place(**parts)
    if place.ref != ref:
        raise ValueError(f"no place: {ref!r}")
    return place


LOOSE_CELLS = "loose_cells"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without line breaks; ``lines`` says where in ``text`` each printed line begins.

    ``kind`` is ``text``, ``page_number``, ``repeated`` (a table's caption printed again on the page where the table goes on), ``markup``
    (marks of the file's own that no page shows) or ``loose_cells`` (a printed line of a table whose cells cannot be told: no running text).
    """

    text: str
    place: Place
    lines: tuple[tuple[int, Place], ...] = ()
    kind: str = "text"

    def place_at(self, offset: int) -> Place:
        """The printed line that holds the character at ``offset``."""
        found, start = self.place, 0
        for begin, place in self.lines:
            if begin > offset:
                break
            found, start = place, begin
        return found.at(offset - start)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: cleaned text, as printed (``raw`` keeps line breaks), grid position.

    ``col`` and ``colspan`` are grid columns where the table's grid is known (``Table.exact``); else ``col`` is the cell's
    number in its row. ``covered`` marks the continuation of a cell that began in an earlier row.
    """

    text: str
    raw: str
    place: Place
    col: int
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. ``exact``: columns are known from geometry or markup; otherwise rows may be ragged."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    exact: bool
    width: int

    @property
    def is_empty(self) -> bool:
        return not any(cell.text for row in self.rows for cell in row)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader could not read, with its place. ``scope``: what it is, as in ``set_aside``: page, attachment …"""

    reason: str
    place: Place
    text: str = ""
    scope: str = "page"


STRUCK = "划去（加删除线）的文字没有作为内容读入"  # the reason of a note


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read. ``pages`` is None where the format has none.

    ``doubts``: why what stands in a cell or paragraph may not be what is printed (a scan's unclear character), by its place; facts read
    from there say so in ``inferred``. In a paragraph the place holds the offset of the unclear character. ``ocr_pages``: numbers of the pages
    whose characters were recognised from a picture.
    """

    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[Note, ...] = field(default=())
    doubts: Mapping[Place, str] = field(default_factory=dict)
    ocr_pages: tuple[int, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph) and block.kind == "text")

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
