"""Draws a grid as a table with all, some or none of its lines, over as many pages as it needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from flows.typeset.grid import Grid, PlacedCell
from flows.typeset.lettering import FONT, draw_line, wrap

_SIZE = 9.0
_LEADING = 12.0
_PADDING = 3.0
_DASH = 1.5
_BAND = 0.9  # how light the shading of a band is


@dataclass(frozen=True)
class Drawing:
    """How a table is drawn: which of its lines, and where pages break (rows of each page in turn; none: when the page is full)."""

    lines: Literal["full", "none", "rows", "three_lines", "open_sides", "uprights"] = "full"
    pen: Literal["line", "dashes"] = "line"
    banded: bool = False
    repeat_header: bool = False
    cut_rows: bool = False
    page_rows: Iterator[int] | None = None


class RuledTable:
    """A grid with measured rows, ready to be drawn."""

    def __init__(self, grid: Grid, width: float, drawing: Drawing) -> None:
        self._drawing = drawing
        self._header = range(grid.header_rows)
        self._row_count = len(grid.rows)
        self._columns = [0.0, *accumulate(share * width / sum(grid.widths) for share in grid.widths)]
        self._cells = [(placed, self._wrapped(placed)) for placed in grid.placed()]
        self._heights = self._row_heights()
        self._cut_row: int | None = None  # of which the first lines stand on the page before

    def draw(self, canvas: Canvas, left: float, top: float, bottom: float, turn_page: Callable[[], float]) -> float:
        """Draws downwards from the top and returns where it ends; turn_page gives the next page's top."""
        start, y = 0, top
        while True:
            header = self._header if self._drawing.repeat_header and start else range(0)
            room = y - bottom - self._height(header)
            stop = self._cut(start, room)
            for rows in (header, range(start, stop)):
                self._draw_rows(canvas, left, y, rows)
                y -= self._height(rows)
            if self._drawing.cut_rows and stop < self._row_count:
                self._draw_first_lines(canvas, left, y, stop, room - self._height(range(start, stop)))
            if stop == self._row_count:
                return y
            start, y = stop, turn_page()

    def _wrapped(self, placed: PlacedCell) -> list[str]:
        width = self._columns[placed.column + placed.cell.columns] - self._columns[placed.column]
        return wrap(placed.cell.text, width - 2 * _PADDING, _SIZE)

    def _row_heights(self) -> list[float]:
        """Each row is as high as its highest cell; a merged cell that needs more stretches its last row."""
        heights = [0.0] * self._row_count
        for placed, lines in sorted(self._cells, key=lambda entry: entry[0].cell.rows):
            rows = _rows(placed)
            heights[rows[-1]] += max(0.0, _needed(lines) - sum(heights[row] for row in rows))
        return heights

    def _height(self, rows: range) -> float:
        return sum(self._heights[row] for row in rows)

    def _cut(self, start: int, room: float) -> int:
        """The row before which the page ends; what is left of a merged cell must still hold its text."""
        most = max(1, next(self._drawing.page_rows)) + (0 if start else len(self._header)) if self._drawing.page_rows else self._row_count
        stop = start
        while stop < self._row_count and stop - start < most and self._height(range(start, stop + 1)) <= room:
            stop += 1
        if stop == self._row_count:
            return stop
        wanted = stop
        while stop > start and not self._may_cut(start, stop):
            stop -= 1
        if stop == start and self._drawing.page_rows:
            stop = wanted  # fewer rows were asked for than the text of a merged cell takes
            while stop < self._row_count and not self._may_cut(start, stop):
                stop += 1
            if self._height(range(start, stop)) > room:
                stop = start
        if stop == start:
            raise ValueError(f"row {start} does not fit on a page")
        return stop

    def _may_cut(self, start: int, stop: int) -> bool:
        return all(
            _needed(lines) <= self._height(range(placed.row, stop))
            for placed, lines in self._cells
            if start <= placed.row < stop <= _rows(placed)[-1]
        )

    def _draw_rows(self, canvas: Canvas, left: float, top: float, rows: range) -> None:
        for placed, lines in self._cells:
            part = range(max(placed.row, rows.start), min(_rows(placed).stop, rows.stop))
            if not part:
                continue
            upper = top - self._height(range(rows.start, part.start))
            height = self._height(part)
            x = left + self._columns[placed.column]
            width = left + self._columns[placed.column + placed.cell.columns] - x
            shaded = self._drawing.banded and placed.row % 2 == 1 and placed.cell.rows == 1
            if shaded:
                _shade(canvas, x, upper - height, width, height)
            self._draw_lines(canvas, placed, part, rows, (x, upper - height, x + width, upper))
            # A merged cell that goes on from the page before stays empty here.
            if placed.row in rows:
                self._draw_text(canvas, placed, lines, x, upper, width, height)

    def _draw_lines(self, canvas: Canvas, placed: PlacedCell, part: range, rows: range, box: tuple[float, float, float, float]) -> None:
        """The sides of a cell's part on this page that the table's style draws. Rows are those drawn now, box is x0, y0, x1, y1."""
        x0, y0, x1, y1 = box
        style = self._drawing.lines
        goes_on = self._cut_row is not None and part.start == rows.start == self._cut_row
        if style == "full" and self._drawing.pen == "line" and not goes_on:
            canvas.rect(x0, y0, x1 - x0, y1 - y0)
            return
        across = style in ("full", "rows", "open_sides")
        ends_header = part.stop == self._header.stop and part.start < self._header.stop
        if not goes_on and (across or (style == "three_lines" and part.start == rows.start)):
            self._draw_line(canvas, x0, y1, x1, y1)
        if across or (style == "three_lines" and (part.stop == rows.stop or ends_header)):
            self._draw_line(canvas, x0, y0, x1, y0)
        upright = style in ("full", "uprights")
        if upright or (style == "open_sides" and placed.column):
            self._draw_line(canvas, x0, y0, x0, y1)
        if upright or (style == "open_sides" and placed.column + placed.cell.columns < len(self._columns) - 1):
            self._draw_line(canvas, x1, y0, x1, y1)

    def _draw_line(self, canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        if self._drawing.pen == "line":
            canvas.line(x0, y0, x1, y1)
            return
        length = max(x1 - x0, y1 - y0)
        steps = max(1, round(length / _DASH / 2))
        for step in range(steps):
            a, b = step / steps, (step + 0.5) / steps
            canvas.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)

    def _draw_first_lines(self, canvas: Canvas, left: float, top: float, row: int, room: float) -> None:
        """The first lines of a row's cells where the page has room for no more; the others follow on the next page, no line between."""
        count = int((room - 2 * _PADDING) // _LEADING)
        here = [number for number, (placed, _) in enumerate(self._cells) if placed.row == row]
        alone = all(row not in _rows(placed) or placed.cell.rows == 1 for placed, _ in self._cells)
        most = max((len(self._cells[number][1]) for number in here), default=0)
        if self._drawing.repeat_header or not alone or not 0 < count < most:
            return
        height = count * _LEADING + 2 * _PADDING
        for number in here:
            placed, lines = self._cells[number]
            x = left + self._columns[placed.column]
            width = left + self._columns[placed.column + placed.cell.columns] - x
            if self._drawing.lines in ("full", "uprights"):
                self._draw_line(canvas, x, top - height, x, top)
                self._draw_line(canvas, x + width, top - height, x + width, top)
            self._draw_text(canvas, placed, lines[:count], x, top, width, height)
            self._cells[number] = (placed, lines[count:])
        self._heights[row] = max(_needed(self._cells[number][1]) for number in here)
        self._cut_row = row

    def _draw_text(
        self,
        canvas: Canvas,
        placed: PlacedCell,
        lines: list[str],
        x: float,
        upper: float,
        width: float,
        height: float,
    ) -> None:
        baseline = upper - (height - len(lines) * _LEADING) / 2 - _LEADING + (_LEADING - _SIZE) / 2 + 1
        for line in lines:
            slack = width - stringWidth(line, FONT, _SIZE) - 2 * _PADDING
            shift = {"left": 0.0, "center": slack / 2, "right": slack}[placed.cell.align]
            if line:
                draw_line(canvas, x + _PADDING + shift, baseline, line)
            baseline -= _LEADING


def set_cell_font(canvas: Canvas) -> None:
    """The font and the pen of cells; a new page forgets both."""
    canvas.setFont(FONT, _SIZE)
    canvas.setLineWidth(0.5)


def _shade(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.setFillColorRGB(_BAND, _BAND, _BAND)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def _rows(placed: PlacedCell) -> range:
    return range(placed.row, placed.row + placed.cell.rows)


def _needed(lines: list[str]) -> float:
    return len(lines) * _LEADING + 2 * _PADDING
