"""Draws a grid as a ruled table, over as many pages as it needs."""

from collections.abc import Callable
from itertools import accumulate

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from flows.typeset.grid import Grid, PlacedCell
from flows.typeset.lettering import FONT, draw_line, wrap

_SIZE = 9.0
_LEADING = 12.0
_PADDING = 3.0


class RuledTable:
    """A grid with measured rows, ready to be drawn."""

    def __init__(self, grid: Grid, width: float) -> None:
        self._header = range(grid.header_rows)
        self._row_count = len(grid.rows)
        self._columns = [0.0, *accumulate(share * width / sum(grid.widths) for share in grid.widths)]
        self._cells = [(placed, self._wrapped(placed)) for placed in grid.placed()]
        self._heights = self._row_heights()

    def draw(
        self,
        canvas: Canvas,
        left: float,
        top: float,
        bottom: float,
        turn_page: Callable[[], float],
        repeat_header: bool,
    ) -> float:
        """Draws downwards from the top and returns where it ends; turn_page gives the next page's top."""
        start, y = 0, top
        while True:
            header = self._header if repeat_header and start else range(0)
            stop = self._cut(start, y - bottom - self._height(header))
            for rows in (header, range(start, stop)):
                self._draw_rows(canvas, left, y, rows)
                y -= self._height(rows)
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
        stop = start
        while stop < self._row_count and self._height(range(start, stop + 1)) <= room:
            stop += 1
        if stop == self._row_count:
            return stop
        while stop > start and not self._may_cut(start, stop):
            stop -= 1
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
            canvas.rect(x, upper - height, width, height)
            # A merged cell that goes on from the page before stays empty here.
            if placed.row in rows:
                self._draw_text(canvas, placed, lines, x, upper, width, height)

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


def _rows(placed: PlacedCell) -> range:
    return range(placed.row, placed.row + placed.cell.rows)


def _needed(lines: list[str]) -> float:
    return len(lines) * _LEADING + 2 * _PADDING
