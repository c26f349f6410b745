"""The rest of a form without any line, on the page after its columns were told → grid.

The rows that come first go on with the last block of the page before and stand in its columns; a cell that is merged over the page break
prints its text there and is blank here. Below them follow parts with a label each, as on any page.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.readers.form_blocks import Placed, block_of, grid_of_placed, homes_of_sums, single_row, total_row
from flows.readers.form_texts import SAME_MIDDLE, Row, Text, rows_of_texts, texts_of, tiled_from_below
from flows.readers.page import Segment
from flows.readers.pieces import Piece, Strip
from flows.readers.ruled import Grid
from flows.readers.same_columns import edges_of_row, have_same_columns

_OVER = 1.5  # points that a text may stand over its cell's side
_FEWEST_TEXTS = 0.5  # of a block's columns: so few texts may be what is left of a row that the page break cut
_SURE = 0.25  # of the first column's width: how far a sum's name may be off the middle of its cell


def rest_of_form(page: int, lines: Sequence[Strip], em: float, before: Grid, flats: Sequence[Segment] = ()) -> tuple[Grid | None, bool]:
    """What the lines print of the form that ``before`` is, and whether that is all of it. ``flats``: the lines across, if there are.

    Where a row, a column or a merged cell is not certain, the rows above are told if they go on with a block of the page before.
    """
    texts = texts_of(lines, em, flats)
    edges = _edges_of_last_block(before)
    if texts is None or len(edges) < 3:
        return None, False
    left, inner, right = edges[0], edges[1], edges[-1]
    labels = sorted((text for text in texts if text.x1 <= inner + _OVER and text.x0 >= left - _OVER), key=lambda text: text.height)
    ids = {id(text) for text in labels}
    rows, floating = rows_of_texts([text for text in texts if id(text) not in ids], em)
    parts = tiled_from_below(labels, rows)
    if not rows or parts is None or any(text.x0 < left - _OVER for text in texts) or not _are_labels(labels, before, inner):
        return None, False
    first = parts[0].first if parts else len(rows)
    loose = [text for text in floating if first and text.height < rows[first - 1].bottom]
    placed = _open_block(rows[:first], loose, edges, before) if first else []
    if placed is None:
        return None, False
    is_whole = True
    floating = [text for text in floating if text not in loose]
    bounds = max((text.x1 for text in labels), default=left), inner
    gutters = edges[2:-1]
    for part in parts:
        beside = rows[part.first : part.last]
        loose = [text for text in floating if beside[0].top < text.height < beside[-1].bottom]
        floating = [text for text in floating if text not in loose]
        cells: list[Placed]
        if len(beside) > 1:
            gutters, cells = block_of(beside, loose, part.first, inner, right, bounds, gutters)
        else:
            cells = [] if loose else single_row(beside[0], part, gutters, inner, right)
        if not cells:
            if not first:
                return None, False  # it may be another form
            is_whole, rows = False, rows[: part.first]
            floating = [text for text in floating if text.height < rows[-1].bottom]
            break
        placed += [(part.first, part.last, left, inner, part.label), *cells]
    grid = None if floating else grid_of_placed(page, placed, rows, em)
    return (grid, is_whole) if grid and have_same_columns(before, grid) else (None, False)


def _edges_of_last_block(before: Grid) -> list[float]:
    """The edges of the last row with a cell in the first column: a row below may sum up, with its name over more than that."""
    inner = min(before.xs[cell.right] for cell in before.cells if cell.left == 0)
    rows = (edges_of_row(before, row) for row in range(len(before.ys) - 2, -1, -1))
    return next(edges for edges in rows if len(edges) > 1 and edges[1] == inner)


def _are_labels(texts: Sequence[Text], before: Grid, inner: float) -> bool:
    """Have the texts the middle that the texts of the first column have on the page before?"""
    above = [Piece(cell.chars) for cell in before.cells if cell.left == 0 and before.xs[cell.right] <= inner and cell.chars]
    middles = [(min(char.x0 for char in piece.chars) + piece.x1) / 2 for piece in above]
    return all(any(abs(text.mid - middle) <= SAME_MIDDLE for middle in middles) for text in texts)


def _open_block(rows: Sequence[Row], floating: Sequence[Text], edges: Sequence[float], before: Grid) -> list[Placed] | None:
    """The cells of rows that go on with a block, in its columns, and of a row below that sums it up."""
    left, inner, right = edges[0], edges[1], edges[-1]
    placed: list[Placed] = []
    gutters = edges[2:-1]
    sums = homes_of_sums(rows[-1], gutters)
    begins = _begins(rows[-1].texts[0], (left, inner), gutters[sums[0]]) if sums else None
    if begins is not None:
        placed += total_row(rows[-1], sums, gutters, len(rows) - 1, begins, right)
        rows = rows[:-1]
        if begins == inner and not rows:
            placed.append((0, 1, left, inner, None))
    if not rows:
        return None if floating or not placed else placed
    columns = list(pairwise(edges[1:]))
    last = [cell for cell in before.cells if cell.bottom == len(before.ys) - 1 and before.xs[cell.left] >= inner and cell.chars]
    begun = [min(char.x0 for char in cell.chars) for cell in last]  # a block may leave most of its columns blank
    for row in rows:
        alike = len(row.texts) >= len(last) and all(any(abs(text.x0 - x) <= _OVER for x in begun) for text in row.texts)
        if len(row.texts) <= _FEWEST_TEXTS * len(columns) and not alike:
            return None
    placed.append((0, len(rows) + (begins == inner), left, inner, None))
    homes: list[list[tuple[int, Text]]] = [[] for _ in columns]  # of each column: row (-1: between rows) and text
    for number, text in [(n, t) for n, row in enumerate(rows) for t in row.texts] + [(-1, t) for t in floating]:
        around = [i for i, (a, b) in enumerate(columns) if a - _OVER <= text.x0 and (text.x1 <= b + _OVER or b == right)]
        if len(around) != 1:
            return None
        homes[around[0]].append((number, text))
    full = next((i for i, home in enumerate(homes) if sorted(n for n, _ in home) == list(range(len(rows)))), None)
    if full is None:
        return None
    for index, ((x0, x1), home) in enumerate(zip(columns, homes, strict=True)):
        if index < full:
            tiles = tiled_from_below(sorted((text for _, text in home), key=lambda text: text.height), rows)
            if tiles is None:
                return None
            blank = tiles[0].first if tiles else len(rows)
            placed += [(0, blank, x0, x1, None)] if blank else []
            placed += [(tile.first, tile.last, x0, x1, tile.label) for tile in tiles]
            continue
        by_row = dict(home)
        if -1 in by_row or len(by_row) < len(home):
            return None
        placed += [(n, n + 1, x0, x1, by_row.get(n)) for n in range(len(rows))]
    return placed


def _begins(name: Text, sides: tuple[float, float], end: float) -> float | None:
    """Where the cell of a sum's name begins: before or behind the first column, told by what the name is in the middle of."""
    off = [abs(name.mid - (side + end) / 2) for side in sides]
    return sides[off.index(min(off))] if min(off) <= _SURE * (sides[1] - sides[0]) else None
