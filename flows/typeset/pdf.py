"""Typesets a document as PDF: prose on upright pages, wide tables on broad ones."""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from flows.typeset.document import Block, Cover, Heading, Paragraph, PartTitle, Table, TableCaption
from flows.typeset.layouts import Layout
from flows.typeset.lettering import FONT, draw_line, wrap
from flows.typeset.pdf_table import RuledTable, set_cell_font

_MARGIN = 48.0
_PROSE, _PROSE_LEADING = 11.0, 20.0
_CAPTION, _CAPTION_LEADING = 14.0, 20.0
_SMALL, _SMALL_LEADING = 9.0, 14.0


def pdf(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """The blocks as a PDF whose bytes depend on nothing else."""
    buffer = BytesIO()
    draw(Canvas(buffer, pagesize=A4, invariant=1), blocks, title, layout)
    return buffer.getvalue()


def draw(canvas: Canvas, blocks: Iterable[Block], title: str, layout: Layout) -> None:
    """Lays the blocks out on a canvas, or on what has its methods, and saves it."""
    canvas.setTitle(title)
    pages = _Pages(canvas, layout.repeated_header)
    for block in blocks:
        pages.add(block)
    pages.close()


class _Pages:
    """The page being written, and how far down it is filled."""

    def __init__(self, canvas: Canvas, repeat_header: bool) -> None:
        self._canvas = canvas
        self._repeat_header = repeat_header
        self._number = 0
        self._size = A4
        self._y = 0.0
        self._holds_prose = False
        # A part's title waits for what follows it, which decides how the page lies.
        self._part_title = ""

    def add(self, block: Block) -> None:
        match block:
            case Cover(lines):
                self._cover(lines)
            case PartTitle(text):
                self._part_title = text
                self._holds_prose = False
            case Heading(text):
                self._prose(text, indent=0)
            case Paragraph(text):
                self._prose(text, indent=2 * _PROSE)
            case Table():
                self._table(block)

    def close(self) -> None:
        self._finish_page()
        self._canvas.save()

    def _turn_to(self, size: tuple[float, float]) -> None:
        if self._number:
            self._finish_page()
        self._size = size
        self._number += 1
        self._y = size[1] - _MARGIN
        self._canvas.setPageSize(size)
        if self._part_title:
            self._line(self._part_title, _CAPTION, _CAPTION_LEADING + 8, "center")
            self._part_title = ""

    def _finish_page(self) -> None:
        self._canvas.setFont(FONT, _SMALL)
        self._canvas.drawCentredString(self._size[0] / 2, _MARGIN / 2, f"— {self._number} —")
        self._canvas.showPage()

    def _line(self, text: str, size: float, leading: float, align: str) -> None:
        width = stringWidth(text, FONT, size)
        slack = self._size[0] - 2 * _MARGIN - width
        shift = {"left": 0.0, "center": slack / 2, "right": slack}[align]
        self._y -= leading
        self._canvas.setFont(FONT, size)
        draw_line(self._canvas, _MARGIN + shift, self._y + (leading - size) / 2, text)

    def _cover(self, lines: tuple[str, ...]) -> None:
        self._turn_to(A4)
        self._y -= 180
        title, *others = lines
        self._line(title, 22, 60, "center")
        for line in others:
            self._line(line, 12, 30, "center")

    def _prose(self, text: str, indent: float) -> None:
        if not self._holds_prose:
            self._turn_to(A4)
            self._holds_prose = True
        for number, line in enumerate(wrap(text, self._size[0] - 2 * _MARGIN, _PROSE, indent)):
            if self._y - _PROSE_LEADING < _MARGIN:
                self._turn_to(A4)
            self._y -= _PROSE_LEADING
            self._canvas.setFont(FONT, _PROSE)
            draw_line(self._canvas, _MARGIN + (0 if number else indent), self._y + 4, line)

    def _table(self, table: Table) -> None:
        size = landscape(A4) if table.broad else A4
        self._turn_to(size)
        self._holds_prose = False
        self._caption(table.caption)
        set_cell_font(self._canvas)

        def turn_page() -> float:
            self._turn_to(size)
            set_cell_font(self._canvas)
            return self._y

        ruled = RuledTable(table.grid, size[0] - 2 * _MARGIN)
        self._y = ruled.draw(self._canvas, _MARGIN, self._y, _MARGIN, turn_page, self._repeat_header)
        for note in table.notes:
            self._note(note)

    def _note(self, note: str) -> None:
        for line in wrap(note, self._size[0] - 2 * _MARGIN, _SMALL):
            if self._y - _SMALL_LEADING < _MARGIN / 2 + _SMALL:
                self._turn_to(self._size)
            self._line(line, _SMALL, _SMALL_LEADING, "left")

    def _caption(self, caption: TableCaption) -> None:
        for line in caption.title:
            self._line(line, _CAPTION, _CAPTION_LEADING, "center")
        if caption.number:
            self._line(caption.number, _SMALL, _SMALL_LEADING, "right")
        if caption.subject:
            bureau, _period, unit = caption.subject
            self._line(bureau, _SMALL, _SMALL_LEADING, "left")
            self._y += _SMALL_LEADING
            self._line(unit, _SMALL, _SMALL_LEADING, "right")
        self._y -= 4
