"""What tells that rows of text are a table: figures under one another below a header that names their columns."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from flows.readers.blocks import ALIGNED
from flows.readers.columns import Column, overlaps
from flows.readers.pieces import Piece, Strip

_MIN_SHARE = 0.6
_FEWEST_HEADED = 2
_MANY_ROWS = 5
_PURE = 0.75  # of what a column of figures holds below its header are figures


def is_table(
    head: Sequence[Sequence[Strip]], body: Sequence[Sequence[Strip]], columns: Sequence[Column], is_captioned: bool = False
) -> bool:
    """Figures under one another below a header that names their columns; of many rows below a caption a single one is enough."""
    if not head or not body:
        return False
    body = [row for row in body if not numbers_columns(row)] or body
    named, counts, figures = [], [], []
    for column in columns:
        named.append(any(overlaps(p, column.x0, column.x1) for row in head for line in row for p in line.pieces))
        cells = [p for row in body for line in row for p in line.pieces if overlaps(p, column.x0, column.x1)]
        counts.append(len(cells))
        figures.append([p for p in cells if p.is_figure])
    if sum(named) < max(2, _MIN_SHARE * len(columns)):
        return False
    measured = [index for index, found in enumerate(figures) if found]
    if not measured or not all(named[index] or len(columns) > 4 for index in measured):
        return False
    if not any(lined_up(figures[index]) for index in measured):
        return False
    if any(len(figures[index]) < _PURE * count for index, count in enumerate(counts) if figures[index]):
        return False  # words and figures mixed in a column: a form, whose cells are not those of columns
    if any(_heads_columns(row, [columns[index] for index in measured]) for row in body):
        return False
    pieces = [p for row in body for line in row for p in line.pieces]
    across = [p for p in pieces if sum(1 for c in columns if overlaps(p, c.x0, c.x1)) > 1]
    if len(across) > 0.15 * len(pieces):
        return False
    if len(body) == 1:
        return len(columns) >= 3 and len(measured) >= 2
    is_long = is_captioned and all(named) and len(body) >= _MANY_ROWS
    return is_long or len(measured) >= 3 or any(len(figures[index]) >= 2 for index in measured)


def _heads_columns(row: Sequence[Strip], measured: Sequence[Column]) -> bool:
    """Do words stand in several columns of figures? Then another header begins there: it is a form, of parts with columns of their own.

    A label merged over several columns is one word, and heads none.
    """
    words = [piece for line in row for piece in line.pieces if not piece.is_figure]
    heading = [piece for piece in words if any(overlaps(piece, column.x0, column.x1) for column in measured)]
    headed = [column for column in measured if any(overlaps(piece, column.x0, column.x1) for piece in heading)]
    return min(len(heading), len(headed)) >= _FEWEST_HEADED


def numbers_columns(row: Sequence[Strip]) -> bool:
    """Does the row print 1, 2, 3 … below the header, in the middle of columns whose figures are set to the right?"""
    figures = [piece.text for line in row for piece in line.pieces if piece.is_figure]
    return len(figures) > 1 and figures == [str(number) for number in range(1, len(figures) + 1)]


def lined_up(pieces: Sequence[Piece]) -> bool:
    """Do most of the pieces of a column share an edge or their middle?"""
    for where in (lambda p: p.x1, lambda p: p.x0, lambda p: p.mid):
        centre = median(where(piece) for piece in pieces)
        if sum(1 for piece in pieces if abs(where(piece) - centre) <= ALIGNED) >= 0.7 * len(pieces):
            return True
    return False


def without_tail(rows: list[list[Strip]], columns: Sequence[Column]) -> list[list[Strip]]:
    """Rows without the lines at the end that are none: text that crosses columns, or stands apart."""
    rows = list(rows)
    while len(rows) > 1:
        last = rows[-1]
        pieces = [piece for line in last for piece in line.pieces]
        touched = [column for column in columns if any(overlaps(piece, column.x0, column.x1) for piece in pieces)]
        distances = [b[0].baseline - a[-1].baseline for a, b in pairwise(rows[:-1])]
        far = distances and last[0].baseline - rows[-2][-1].baseline > 1.6 * max(distances)
        if len(pieces) == 1 and not pieces[0].is_figure and (len(touched) > 1 or far):
            rows.pop()
        else:
            break
    return rows
