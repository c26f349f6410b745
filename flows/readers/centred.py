"""Forms without any line → grid, where every cell's text is set to the middle of its rows and so tells which rows they are.

All cells of one row have their middle at one height, however many lines each prints. A cell merged over several rows has it at the middle
of those rows. Where such cells fill their column, each row once and in one way only, the rows they stand for are certain; where they do not,
there is no grid.
"""

from collections.abc import Sequence

from flows.readers.form_blocks import Placed, block_of, grid_of_placed, single_row
from flows.readers.form_texts import SAME_MIDDLE, Part, Row, Text, rows_of_texts, texts_of, ways_beside
from flows.readers.page import Segment
from flows.readers.pieces import Strip
from flows.readers.ruled import Grid

_FEWEST_LABELS = 3
_MOST_ROWS = 80
_FEWEST_ROWS = 3  # of a block: a header and two rows
_PADDING = 6.0  # points: text set to its cell's side is no further from it


def centred_grid(
    page: int, lines: Sequence[Strip], em: float, begins: bool = False, has_block: bool = False, flats: Sequence[Segment] = ()
) -> Grid | None:
    """The form that the lines print; None where a row, a column or a merged cell is not certain.

    ``begins``: only if a label comes first; ``has_block``: only if a label stands beside several rows with columns of their own;
    ``flats``: the lines across, if there are.
    """
    texts = texts_of(lines, em, flats)
    if texts is None:
        return None
    labels = _labels(texts)
    ids = {id(text) for text in labels}
    rows, floating = rows_of_texts([text for text in texts if id(text) not in ids], em)
    if len(labels) < _FEWEST_LABELS or not 2 < len(rows) <= _MOST_ROWS:
        return None
    sides = min(text.x0 for text in texts) - 3, max(text.x1 for text in texts) + 3
    ways = [parts for parts in ways_beside(labels, rows) if parts[0].label or not begins]
    if has_block:
        ways = [parts for parts in ways if any(len(rows[p.first].texts) > 1 and p.last - p.first >= _FEWEST_ROWS for p in parts)]
    grids = [grid for parts in ways if (grid := _grid(page, parts, rows, floating, sides, em))]
    return grids[0] if len(grids) == 1 else None


def _grid(
    page: int, parts: Sequence[Part], rows: Sequence[Row], floating: Sequence[Text], sides: tuple[float, float], em: float
) -> Grid | None:
    """The form whose labels stand beside these rows."""
    left, right = sides
    labels = [part.label for part in parts if part.label]
    bounds = max(text.x1 for text in labels), min(t.x0 for p in parts if p.label for r in rows[p.first : p.last] for t in r.texts)
    bounds = max(bounds[0], bounds[1] - _PADDING), bounds[1]
    inner = sum(bounds) / 2
    if bounds[0] >= bounds[1]:
        return None
    placed: list[Placed] = []
    gutters: list[float] = []
    for part in parts:
        beside = rows[part.first : part.last]
        loose = [text for text in floating if beside[0].top < text.height < beside[-1].bottom]
        floating = [text for text in floating if text not in loose]
        if part.label:
            placed.append((part.first, part.last, left, inner, part.label))
        if len(beside) > 1:
            gutters, cells = block_of(beside, loose, part.first, inner, right, bounds, gutters)
        else:
            cells = [] if loose else single_row(beside[0], part, gutters, left if part.label is None else inner, right)
        if not cells:
            return None
        placed += cells
    return None if floating else grid_of_placed(page, placed, rows, em)


def _labels(texts: Sequence[Text]) -> list[Text]:
    """The texts of the first column: those set to the leftmost middle that several have in common."""
    for text in sorted(texts, key=lambda t: t.mid):
        alike = [other for other in texts if abs(other.mid - text.mid) <= SAME_MIDDLE]
        if len(alike) >= _FEWEST_LABELS:
            return sorted(alike, key=lambda t: t.height)
    return []
