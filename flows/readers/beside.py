"""Tables too broad for the paper: the columns that a sheet prints on further pages, with the names of the lines on the first alone."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from flows.readers.layout import text_of
from flows.readers.ruled import Grid, GridCell, clusters
from flows.values.numbers import parse_number, parse_rate
from flows.values.text import squash

_SAME_ROW = 1.5  # points: one sheet has its rows at the same heights on all its pages
_LEAST_ROWS = 4
_NOTHING = re.compile(r"[-—–－/]+")


def goes_on_beside(left: Grid, right: Grid) -> bool:
    """Are the rows of ``right`` those of ``left``, which names its lines while ``right`` holds nothing but figures below its header?"""
    rows = range(len(right.ys) - 1)
    first = next((row for row in rows if any(_is_figure(text) for text in _texts(right, row))), None)
    if first is None or len(rows) - first < _LEAST_ROWS or right.xs[0] > left.xs[0] + _SAME_ROW:
        return False
    # Headers may be cut into rows otherwise: 小计 below 本年支出 on one page, a name over both rows on the other.
    heights = len(right.ys) - first
    if abs(left.ys[0] - right.ys[0]) > _SAME_ROW or len(left.ys) < heights:
        return False
    if any(abs(a - b) > _SAME_ROW for a, b in zip(left.ys[-heights:], right.ys[first:], strict=True)):
        return False
    body = range(first, len(rows))
    if not all(_is_figure(text) or _NOTHING.fullmatch(text) for row in body for text in _texts(right, row)):
        return False
    lines = range(len(left.ys) - heights, len(left.ys) - 1)
    named = [row for row in lines if any(not _is_figure(text) and not _NOTHING.fullmatch(text) for text in _texts(left, row))]
    return 2 * len(named) > len(lines)


def _texts(grid: Grid, row: int) -> list[str]:
    texts = (squash(text_of(cell.chars)) for cell in grid.cells if cell.top == row)
    return [text for text in texts if text]


def _is_figure(text: str) -> bool:
    return parse_number(text) is not None or parse_rate(text) is not None


def side_by_side(grids: Sequence[Grid]) -> Grid:
    """One grid of those that go on beside one another. Its cells know their own pages (``Grid.place_of``)."""
    first, *further = grids
    if not further:
        return first
    shifts = list(accumulate((before.xs[-1] - after.xs[0] for before, after in zip(grids, further, strict=False))))
    ys = clusters([y for grid in grids for y in grid.ys])
    xs, cells, parts = list(first.xs), _in_rows(first, ys, 0), [(0, first.page, 0.0)]
    above, below = first.shut_above, first.shut_below
    for grid, shift in zip(further, shifts, strict=True):
        start = len(xs) - 1
        parts.append((start, grid.page, shift))
        xs += [x + shift for x in grid.xs[1:]]
        cells += _in_rows(grid, ys, start)
        above, below = above + grid.shut_above, below + grid.shut_below
    return replace(first, xs=xs, ys=ys, cells=cells, parts=tuple(parts), shut_above=above, shut_below=below)


def _in_rows(grid: Grid, ys: Sequence[float], start: int) -> list[GridCell]:
    """The grid's cells in rows between ``ys``, their columns counted from ``start``."""
    rows = [min(range(len(ys)), key=lambda i, y=y: abs(ys[i] - y)) for y in grid.ys]  # type: ignore[misc]
    return [GridCell(rows[c.top], rows[c.bottom], c.left + start, c.right + start, c.chars) for c in grid.cells]
