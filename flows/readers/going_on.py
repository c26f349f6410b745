"""Rows at the top of a page that go on with the table of the page before: they fit its columns, below its header or none."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flows.readers.blocks import touched_by
from flows.readers.cells import grid_of
from flows.readers.columns import Column
from flows.readers.evidence import lined_up, without_tail
from flows.readers.pieces import Piece, Strip
from flows.readers.ruled import Grid
from flows.readers.text_rows import rows_of
from flows.values.text import squash


def rows_going_on(number: int, lines: Sequence[Strip], em: float, before: Grid) -> Grid | None:
    """The lines as rows of the table of the page before, where they fit its columns and hold figures."""
    rows, limit = rows_of(lines, em)
    columns = [Column(a, b) for a, b in pairwise(before.xs)]
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    if body is None:
        return None
    head = header_again(rows[:body], before)
    if head is None or not fits([line for row in rows for line in row], before, em, head > 0):
        return None
    return grid_of(number, rows[:head], without_tail(rows[head:], columns), columns, before.xs, em, limit)


def header_again(rows: Sequence[Sequence[Strip]], before: Grid) -> int | None:
    """How many of the rows above the first figures print the header of the table before again; names without figures may follow it.

    Where none does, all are such names (0) if they leave the columns of figures blank; what stands over those is another header (None).
    """
    again = next((stop for stop in range(len(rows), 0, -1) if _same_header(rows[:stop], before)), 0)
    figures = {cell.left for cell in before.cells if cell.right == cell.left + 1 and cell.chars and Piece(cell.chars).is_figure}
    names = [piece for row in rows[again:] for line in row for piece in line.pieces]
    return again if figures.isdisjoint(column for piece in names for column in touched_by(piece, before.xs)) else None


def _same_header(head: Sequence[Sequence[Strip]], before: Grid) -> bool:
    """Is nothing printed above the figures but what the table before begins with?"""
    here = Counter("".join(line.text for row in head for line in row))
    there: Counter[str] = Counter()
    for row in range(len(before.ys) - 1):
        if there == here:
            return True
        there.update(squash("".join(char.text for cell in before.cells if cell.top == row for char in cell.chars)))
    return there == here


def fits(lines: Sequence[Strip], before: Grid, em: float, has_header: bool = False) -> bool:
    """Do the lines stand in the columns of the table before: figures lined up as there, hardly any text across but labels of figures?

    ``has_header``: the header of the table before is printed again, so that no figure contradicts it is enough.
    """
    pieces = [piece for line in lines for piece in line.pieces]
    if any(piece.x0 < before.xs[0] - em or piece.x1 > before.xs[-1] + em for piece in pieces):
        return False
    crossing = [(piece, line) for line in lines for piece in line.pieces if len(touched_by(piece, before.xs)) > 1]
    text = [piece for piece, line in crossing if not line.has_figures]
    if any(piece.is_figure for piece, _ in crossing) or len(text) > 0.25 * len(pieces):
        return False
    aligned = contrary = 0
    for index in range(len(before.xs) - 1):
        there = [Piece(c.chars) for c in before.cells if (c.left, c.right) == (index, index + 1) and c.chars]
        there = [piece for piece in there if piece.is_figure]
        here = [piece for piece in pieces if piece.is_figure and touched_by(piece, before.xs) == [index]]
        if there and here:
            if lined_up([*there, *here]) or lined_up([there[-1], *here]):
                aligned += 1
            else:
                contrary += 1
    return aligned > contrary or (has_header and not contrary)
