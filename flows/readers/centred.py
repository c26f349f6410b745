"""Forms without any line → grid, where every cell's text is set to the middle of its rows and so tells which rows they are.

All cells of one row have their middle at one height, however many lines each prints. A cell merged over several rows has it at the middle
of those rows. Where such cells fill their column, each row once and in one way only, the rows they stand for are certain; where they do not,
there is no grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.readers.columns import Column, overlaps, solve
from flows.readers.pieces import Piece, Stacked, Strip
from flows.readers.ruled import Grid, GridCell

_LEADING = 1.55  # of a character's width: lines of one cell are no further apart
_SAME_HEIGHT = 1.3  # points: middles this close are one
_SAME_MIDDLE = 1.2
_FEWEST_LABELS = 3
_MOST_ROWS = 80
_OVER = 1.5  # points that a text may stand over its cell's side
_MOST_UNLABELLED = 4
_PADDING = 6.0  # points: text set to its cell's side is no further from it


@dataclass(frozen=True)
class _Text(Stacked):
    """The lines of one cell."""

    pieces: tuple[Piece, ...]

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def is_figure(self) -> bool:
        return len(self.pieces) == 1 and self.pieces[0].is_figure


@dataclass
class _Row:
    """Texts with their middle at one height, from the left."""

    texts: list[_Text]

    @property
    def top(self) -> float:
        return min(text.top for text in self.texts)

    @property
    def bottom(self) -> float:
        return max(text.bottom for text in self.texts)

    @property
    def strip(self) -> Strip:
        return Strip(self.texts[0].height, tuple(piece for text in self.texts for piece in text.pieces))


@dataclass
class _Part:
    """Rows first..last (half-open) beside one label; ``label`` None: a row whose first cell begins at the form's side."""

    label: _Text | None
    first: int
    last: int


_Placed = tuple[int, int, float, float, _Text | None]  # rows first..last, x0, x1


def centred_grid(page: int, lines: Sequence[Strip], em: float) -> Grid | None:
    """The form that the lines print; None where a row, a column or a merged cell is not certain."""
    texts = _texts(lines, em)
    if texts is None:
        return None
    labels = _labels(texts)
    ids = {id(text) for text in labels}
    rows, floating = _rows([text for text in texts if id(text) not in ids], em)
    if len(labels) < _FEWEST_LABELS or not 2 < len(rows) <= _MOST_ROWS:
        return None
    parts = _parts(labels, rows)
    if parts is None:
        return None
    left, right = min(text.x0 for text in texts) - 3, max(text.x1 for text in texts) + 3
    bounds = max(text.x1 for text in labels), min(t.x0 for p in parts if p.label for r in rows[p.first : p.last] for t in r.texts)
    bounds = max(bounds[0], bounds[1] - _PADDING), bounds[1]
    inner = sum(bounds) / 2
    if bounds[0] >= bounds[1]:
        return None
    placed: list[_Placed] = []
    gutters: list[float] = []
    for part in parts:
        beside = rows[part.first : part.last]
        loose = [text for text in floating if beside[0].top < text.height < beside[-1].bottom]
        floating = [text for text in floating if text not in loose]
        if part.label:
            placed.append((part.first, part.last, left, inner, part.label))
        if len(beside) > 1:
            gutters, cells = _block(beside, loose, part.first, inner, right, bounds)
        else:
            cells = [] if loose else _single(beside[0], part, gutters, left if part.label is None else inner, right)
        if not cells:
            return None
        placed += cells
    return None if floating else _grid(page, placed, rows, em)


def _texts(lines: Sequence[Strip], em: float) -> list[_Text] | None:
    """Pieces under one another as the lines of one cell. None: rows of figures stand as close as lines, and are not to be told from them."""
    chains: list[list[Piece]] = []
    for line in lines:
        for piece in line.pieces:
            near = (c for c in chains if 0 < piece.baseline - c[-1].baseline <= _LEADING * em and overlaps(piece, c[-1].x0, c[-1].x1))
            above = next(near, None)
            if above is None:
                chains.append([piece])
            elif above[-1].is_figure and piece.is_figure:
                return None
            elif min(abs(above[-1].x0 - piece.x0), abs(_mid(above[-1]) - _mid(piece))) <= _SAME_MIDDLE:
                above.append(piece)
            else:
                chains.append([piece])
    return [_Text(tuple(chain)) for chain in chains]


def _mid(piece: Piece) -> float:
    return piece.mid


def _labels(texts: Sequence[_Text]) -> list[_Text]:
    """The texts of the first column: those set to the leftmost middle that several have in common."""
    for text in sorted(texts, key=lambda t: t.mid):
        alike = [other for other in texts if abs(other.mid - text.mid) <= _SAME_MIDDLE]
        if len(alike) >= _FEWEST_LABELS:
            return sorted(alike, key=lambda t: t.height)
    return []


def _rows(texts: Sequence[_Text], em: float) -> tuple[list[_Row], list[_Text]]:
    """Rows from the top, and the texts between two rows, which are merged over several."""
    rows: list[_Row] = []
    for text in sorted(texts, key=lambda t: (t.height, t.x0)):
        if rows and text.height - rows[-1].texts[-1].height <= _SAME_HEIGHT:
            rows[-1].texts.append(text)
        else:
            rows.append(_Row([text]))
    floating: list[_Text] = []
    kept: list[_Row] = []
    for row in sorted(rows, key=lambda r: -len(r.texts)):
        if any(row.top - other.bottom < _LEADING * em and other.top - row.bottom < _LEADING * em for other in kept):
            floating += row.texts
        else:
            kept.append(row)
    for row in kept:
        row.texts.sort(key=lambda t: t.x0)
    return sorted(kept, key=lambda r: r.top), floating


def _parts(labels: Sequence[_Text], rows: Sequence[_Row]) -> list[_Part] | None:
    """The rows beside each label: each label in the middle of its rows, as few rows as possible without one, in one way only."""
    ways: list[tuple[int, list[_Part]]] = []

    def go(row: int, label: int, missed: int, parts: list[_Part]) -> None:
        if ways and missed > ways[0][0]:
            return
        if row == len(rows):
            if label == len(labels):
                ways[:] = [way for way in ways if way[0] <= missed] + [(missed, parts)]
                ways.sort(key=lambda way: way[0])
                del ways[8:]
            return
        for stop in range(row + 1, len(rows) + 1) if label < len(labels) else ():
            middle = (rows[row].top + rows[stop - 1].bottom) / 2
            if abs(middle - labels[label].height) <= _SAME_HEIGHT:
                go(stop, label + 1, missed, [*parts, _Part(labels[label], row, stop)])
            if middle > labels[label].height + _SAME_HEIGHT:
                break
        if missed < _MOST_UNLABELLED:
            go(row + 1, label, missed + 1, [*parts, _Part(None, row, row + 1)])

    go(0, 0, 0, [])
    best = [parts for missed, parts in ways if missed == ways[0][0]]
    return best[0] if len(best) == 1 else None


def _columns(header: _Row, body: Sequence[_Text], bounds: tuple[float, float]) -> tuple[list[Column], list[float]] | None:
    """The columns below header words that are centred in them, and the edges between; the first column may have no word.

    ``bounds``: between what the first column's left side stands.
    """
    words = header.texts
    extents = []
    for word in words:
        own = [text for text in body if [w for w in words if _beside(text, w)] == [word]]
        extents.append(Column(min(text.x0 for text in (word, *own)), max(text.x1 for text in (word, *own))))
    sides = [*((a.x1, b.x0) for a, b in pairwise(extents)), (extents[-1].x1, 1e9)]
    middles = [word.mid for word in words]
    edges = solve([bounds, *sides], middles)
    if edges:
        return extents, edges[1:-1]
    names = [text for text in body if text.x1 <= extents[0].x0]
    if not names:
        return None
    first = Column(min(text.x0 for text in names), max(text.x1 for text in names))
    edges = solve([(first.x1, extents[0].x0), *sides], middles)
    return ([first, *extents], edges[:-1]) if edges else None


def _beside(a: _Text, b: _Text) -> bool:
    """Do two texts stand over one another?"""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > _OVER


def _block(
    rows: Sequence[_Row], floating: Sequence[_Text], first: int, left: float, right: float, bounds: tuple[float, float]
) -> tuple[list[float], list[_Placed]]:
    """The cells of rows beside one label, which have columns in common; none where the columns or merged cells are not certain."""
    if not floating and all(len(row.texts) == 2 and row.texts[1].is_figure and not row.texts[0].is_figure for row in rows):
        return [], _pairs(rows, first, left, right)
    found = _columns(rows[0], [*(text for row in rows[1:] for text in row.texts), *floating], bounds)
    if found is None:
        return [], []
    columns, gutters = found
    edges = [left, *gutters, right]
    total = _below(rows[-1], gutters) if len(rows) > 2 and rows[-1].texts[0].x0 > edges[1] - (edges[1] - left) / 2 else []
    sums = _total(rows[-1], total, first + len(rows) - 1, left, right) if total else []
    rows = rows[:-1] if sums else rows
    homes: list[list[tuple[int, _Text]]] = [[] for _ in columns]  # of each column: row (-1: between rows) and text
    for number, text in [(n, t) for n, row in enumerate(rows) for t in row.texts] + [(-1, t) for t in floating]:
        around = [i for i, (a, b) in enumerate(pairwise(edges)) if a - _OVER <= text.x0 and text.x1 <= b + _OVER]
        if len(around) != 1:
            return [], []
        homes[around[0]].append((number, text))
    full = next((i for i, home in enumerate(homes) if sum(n > 0 for n, _ in home) == len(rows) - 1 and all(n >= 0 for n, _ in home)), None)
    if full is None:
        return [], []
    placed = sums
    for index, home in enumerate(homes):
        x0, x1 = edges[index], edges[index + 1]
        header = [text for number, text in home if number == 0]
        body = sorted((text for number, text in home if number != 0), key=lambda t: t.height)
        if len(header) > 1 or (not header and any(text.is_figure for text in body)):
            return [], []
        placed.append((first, first + 1, x0, x1, header[0] if header else None))
        if index < full:
            tiles = _parts(body, rows[1:])
            if tiles is None or any(tile.label is None for tile in tiles):
                return [], []
            placed += [(first + 1 + tile.first, first + 1 + tile.last, x0, x1, tile.label) for tile in tiles]
            continue
        numbers = [number for number, _ in home]
        if -1 in numbers or len(set(numbers)) < len(numbers):
            return [], []
        by_row = dict(home)
        placed += [(first + n, first + n + 1, x0, x1, by_row.get(n)) for n in range(1, len(rows))]
    return gutters, placed


def _pairs(rows: Sequence[_Row], first: int, left: float, right: float) -> list[_Placed]:
    """The cells of rows of a name and its figure, below no header."""
    ends, begins = max(row.texts[0].x1 for row in rows), min(row.texts[1].x0 for row in rows)
    if ends >= begins:
        return []
    edges = [left, (ends + begins) / 2, right]
    return [(first + n, first + n + 1, edges[i], edges[i + 1], row.texts[i]) for n, row in enumerate(rows) for i in (0, 1)]


def _single(row: _Row, part: _Part, gutters: Sequence[float], left: float, right: float) -> list[_Placed]:
    """The cells of a row that has a label of its own, or of a sum below a block, whose figures stand in the block's columns."""
    bounds = [(a.x1 + b.x0) / 2 for a, b in pairwise(row.texts)]
    if part.label is None:
        below = _below(row, gutters)
        if below:
            return _total(row, below, part.first, left, right)
        if len(row.texts) % 2 or any(text.is_figure for text in row.texts[::2]):
            return []  # no names with their values
    edges = [left, *bounds, right]
    return [(part.first, part.last, a, b, text) for (a, b), text in zip(pairwise(edges), row.texts, strict=True)]


def _total(row: _Row, gutters: Sequence[float], number: int, left: float, right: float) -> list[_Placed]:
    """The cells of a row that sums up: its name over all columns before the first figure, a blank over all behind the last."""
    edges = [left, *gutters, right]
    texts: list[_Text | None] = [*row.texts, *([None] if len(edges) - 1 > len(row.texts) else [])]
    if any(a >= b for a, b in pairwise(edges)):
        return []
    return [(number, number + 1, a, b, text) for (a, b), text in zip(pairwise(edges), texts, strict=True)]


def _below(row: _Row, gutters: Sequence[float]) -> list[float]:
    """Edges of the figures of a row that sums up the columns above: on their left, and behind the last where columns follow."""
    name, *figures = row.texts
    if not gutters or not figures or name.is_figure or not all(text.is_figure for text in figures):
        return []
    ends = [*gutters, float("inf")]
    homes = [[i for i, (a, b) in enumerate(pairwise(ends)) if a - _OVER <= text.x0 and text.x1 <= b + _OVER] for text in figures]
    if any(len(home) != 1 for home in homes) or any(a[0] + 1 != b[0] for a, b in pairwise(homes)):
        return []
    last = homes[-1][0]
    return [*(gutters[home[0]] for home in homes), *gutters[last + 1 : last + 2]]


def _grid(page: int, placed: Sequence[_Placed], rows: Sequence[_Row], em: float) -> Grid | None:
    xs = sorted({round(x, 2) for _, _, x0, x1, _ in placed for x in (x0, x1)})
    at = {x: index for index, x in enumerate(xs)}
    ys = [rows[0].top - 0.9 * em - 1, *((a.bottom + b.top) / 2 - 0.35 * em for a, b in pairwise(rows)), rows[-1].bottom + 0.25 * em + 1]
    cells = [
        GridCell(first, last, at[round(x0, 2)], at[round(x1, 2)], tuple(c for p in text.pieces for c in p.chars) if text else ())
        for first, last, x0, x1, text in placed
    ]
    covered = sorted((r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right))
    if covered != [(r, c) for r in range(len(rows)) for c in range(len(xs) - 1)]:
        return None
    return Grid(page, xs, ys, cells, ruled=False)
