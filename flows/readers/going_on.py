"""Rows at the top of a page that go on with the table of the page before: they fit its columns, below its header or none."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from flows.readers.cells import grid_of, touched_by
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
    if body is None or not fits([line for row in rows for line in row], before, em):
        return None
    if not same_header(rows[:body], before):
        if any(len(line.pieces) > 1 for row in rows[:body] for line in row):
            return None
        body = 0  # names without figures come first
    return grid_of(number, rows[:body], without_tail(rows[body:], columns), columns, before.xs, em, limit)


def same_header(head: Sequence[Sequence[Strip]], before: Grid) -> bool:
    """Is nothing printed above the figures but what the table before begins with?"""
    here = Counter("".join(line.text for row in head for line in row))
    there: Counter[str] = Counter()
    for row in range(len(before.ys) - 1):
        if there == here:
            return True
        there.update(squash("".join(char.text for cell in before.cells if cell.top == row for char in cell.chars)))
    return there == here


def fits(lines: Sequence[Strip], before: Grid, em: float) -> bool:
    """Do the lines stand in the columns of the table before: figures lined up as there, hardly any text across?"""
    pieces = [piece for line in lines for piece in line.pieces]
    if any(piece.x0 < before.xs[0] - em or piece.x1 > before.xs[-1] + em for piece in pieces):
        return False
    crossing = [piece for piece in pieces if len(touched_by(piece, before.xs)) > 1]
    if any(piece.is_figure for piece in crossing) or len(crossing) > 0.25 * len(pieces):
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
    return aligned > contrary
