"""Forms without any line: rows beside one label → their cells."""

from collections.abc import Sequence
from itertools import pairwise

from flows.readers.columns import Column, solve
from flows.readers.form_texts import Part, Row, Text, ways_beside
from flows.readers.ruled import Grid, GridCell

_OVER = 1.5  # points that a text may stand over its cell's side
_TO_SIDE = 6.0  # points: text set to its cell's side is no further from it
Placed = tuple[int, int, float, float, Text | None]  # rows first..last, x0, x1


def _gutters(header: Row, body: Sequence[Text], bounds: tuple[float, float]) -> list[float] | None:
    """The edges between the columns below header words that are centred in them; the first column may have no word.

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
        return edges[1:-1]
    names = [text for text in body if text.x1 <= extents[0].x0]
    if not names:
        return None
    first = Column(min(text.x0 for text in names), max(text.x1 for text in names))
    edges = solve([(first.x1, extents[0].x0), *sides], middles)
    return edges[:-1] if edges else None


def _beside(a: Text, b: Text) -> bool:
    """Do two texts stand over one another?"""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > _OVER


def block_of(
    rows: Sequence[Row],
    floating: Sequence[Text],
    first: int,
    left: float,
    right: float,
    bounds: tuple[float, float],
    above: Sequence[float] = (),
) -> tuple[list[float], list[Placed]]:
    """The cells of rows beside one label, which have columns in common; none where the columns or merged cells are not certain.

    ``above``: the gutters of the block above, in whose columns rows without a header of their own may stand.
    """
    gutters, placed = _headed_block(rows, floating, first, left, right, bounds)
    if not placed and above and not floating:
        return list(above), _block_below(rows, first, [left, *above, right])
    return gutters, placed


def _block_below(rows: Sequence[Row], first: int, edges: Sequence[float]) -> list[Placed]:
    """The cells of rows that stand in columns known from above: each names itself first, and each text is set to its column's middle or side."""
    placed: list[Placed] = []
    whole = list(pairwise(edges))
    columns = list(pairwise(_parted(edges, rows)))
    for number, row in enumerate(rows, start=first):
        homes = {home: text for text in row.texts if (home := _home(text, columns, whole)) is not None}
        if len(homes) < len(row.texts) or 0 not in homes:
            return []
        placed += [(number, number + 1, x0, x1, homes.get(index)) for index, (x0, x1) in enumerate(columns)]
    return placed


def _parted(edges: Sequence[float], rows: Sequence[Row]) -> list[float]:
    """The edges, and those between texts that stand beside each other below one header word, which is over several columns."""
    found = [edges[0]]
    for x0, x1 in pairwise(edges):
        inside = [[text for text in row.texts if x0 - _OVER <= text.x0 and text.x1 <= x1 + _OVER] for row in rows]
        extents: list[list[float]] = []
        for text in sorted((text for texts in inside for text in texts), key=lambda t: t.x0):
            if extents and text.x0 < extents[-1][1]:
                extents[-1][1] = max(extents[-1][1], text.x1)
            else:
                extents.append([text.x0, text.x1])
        if len(extents) > 1 and len(extents) == max(map(len, inside)):
            found += [(a[1] + b[0]) / 2 for a, b in pairwise(extents)]
        found.append(x1)
    return found


def _home(text: Text, columns: Sequence[tuple[float, float]], sure: Sequence[tuple[float, float]]) -> int | None:
    """The column that a text stands in: of those whose sides are sure, at its middle or at one of its sides."""
    for index, (x0, x1) in enumerate(columns):
        if x0 - _OVER <= text.x0 and text.x1 <= x1 + _OVER:
            off = min(abs(text.mid - (x0 + x1) / 2), text.x0 - x0, x1 - text.x1)
            return index if off <= _TO_SIDE or (x0, x1) not in sure else None
    return None


def _headed_block(
    rows: Sequence[Row], floating: Sequence[Text], first: int, left: float, right: float, bounds: tuple[float, float]
) -> tuple[list[float], list[Placed]]:
    if not floating and all(len(row.texts) == 2 and row.texts[1].is_figure and not row.texts[0].is_figure for row in rows):
        return [], _pairs(rows, first, left, right)
    if any(text.is_figure for text in rows[0].texts):
        return [], []  # no header
    found = _gutters(rows[0], [*(text for row in rows[1:] for text in row.texts), *floating], bounds)
    if found is None:
        return [], []
    gutters = found
    edges = [left, *gutters, right]
    total = homes_of_sums(rows[-1], gutters) if len(rows) > 2 and rows[-1].texts[0].x0 > edges[1] - (edges[1] - left) / 2 else []
    sums = total_row(rows[-1], total, gutters, first + len(rows) - 1, left, right) if total else []
    rows = rows[:-1] if sums else rows
    placed = list(sums)
    for x0, x1 in pairwise(edges):
        heads = [text for text in rows[0].texts if x0 - _OVER <= text.x0 and text.x1 <= x1 + _OVER]
        if len(heads) > 1 or (not heads and any(t.is_figure for row in rows[1:] for t in row.texts if x0 < t.mid < x1)):
            return [], []
        placed.append((first, first + 1, x0, x1, heads[0] if heads else None))
    headed = [text is not None for *_, text in placed[len(sums) :]]
    if sum(headed) < len(rows[0].texts) or not any(headed[1:]):
        return [], []  # a name in the first column alone is no header
    below = _body(rows[1:], floating, first + 1, _parted(edges, rows[1:]))
    return (gutters, [*placed, *below]) if below else ([], [])


def _body(rows: Sequence[Row], floating: Sequence[Text], first: int, edges: Sequence[float]) -> list[Placed]:
    """The cells of rows in columns: up to the first that every row fills, cells may be merged over several."""
    homes: list[list[tuple[int, Text]]] = [[] for _ in edges[1:]]  # of each column: row (-1: between rows) and text
    for number, text in [(n, t) for n, row in enumerate(rows) for t in row.texts] + [(-1, t) for t in floating]:
        around = [i for i, (a, b) in enumerate(pairwise(edges)) if a - _OVER <= text.x0 and text.x1 <= b + _OVER]
        if len(around) != 1:
            return []
        homes[around[0]].append((number, text))
    full = next((i for i, home in enumerate(homes) if sorted(n for n, _ in home) == list(range(len(rows)))), None)
    if full is None:
        return []
    placed: list[Placed] = []
    for index, home in enumerate(homes):
        x0, x1 = edges[index], edges[index + 1]
        if index < full:
            ways = ways_beside(sorted((text for _, text in home), key=lambda t: t.height), rows)
            if len(ways) != 1 or any(tile.label is None for tile in ways[0]):
                return []
            placed += [(first + tile.first, first + tile.last, x0, x1, tile.label) for tile in ways[0]]
            continue
        numbers = [number for number, _ in home]
        if -1 in numbers or len(set(numbers)) < len(numbers):
            return []
        by_row = dict(home)
        placed += [(first + n, first + n + 1, x0, x1, by_row.get(n)) for n in range(len(rows))]
    return placed


def _pairs(rows: Sequence[Row], first: int, left: float, right: float) -> list[Placed]:
    """The cells of rows of a name and its figure, below no header."""
    ends, begins = max(row.texts[0].x1 for row in rows), min(row.texts[1].x0 for row in rows)
    if ends >= begins:
        return []
    edges = [left, (ends + begins) / 2, right]
    return [(first + n, first + n + 1, edges[i], edges[i + 1], row.texts[i]) for n, row in enumerate(rows) for i in (0, 1)]


def single_row(row: Row, part: Part, gutters: Sequence[float], left: float, right: float) -> list[Placed]:
    """The cells of a row that has a label of its own, or of a sum below a block, whose figures stand in the block's columns."""
    bounds = [(a.x1 + b.x0) / 2 for a, b in pairwise(row.texts)]
    if part.label is None:
        homes = homes_of_sums(row, gutters)
        if homes:
            return total_row(row, homes, gutters, part.first, left, right)
        if len(row.texts) % 2 or any(text.is_figure for text in row.texts[::2]):
            return []  # no names with their values
    edges = [left, *bounds, right]
    return [(part.first, part.last, a, b, text) for (a, b), text in zip(pairwise(edges), row.texts, strict=True)]


def total_row(row: Row, homes: Sequence[int], gutters: Sequence[float], number: int, left: float, right: float) -> list[Placed]:
    """The cells of a row that sums up: its name over all columns before the first figure, and blanks over all between and behind them."""
    edges = [*gutters, right]
    name, *figures = row.texts
    placed: list[Placed] = [(number, number + 1, left, edges[homes[0]], name)]
    for home, figure, following in zip(homes, figures, [*homes[1:], len(gutters)], strict=True):
        placed.append((number, number + 1, edges[home], edges[home + 1], figure))
        if home + 1 < following:
            placed.append((number, number + 1, edges[home + 1], edges[following], None))
    return placed if all(x0 < x1 for _, _, x0, x1, _ in placed) else []


def homes_of_sums(row: Row, gutters: Sequence[float]) -> list[int]:
    """Of a row that sums up the columns above: the gutters that its figures stand behind."""
    name, *figures = row.texts
    if not gutters or not figures or name.is_figure or not all(text.is_figure for text in figures):
        return []
    ends = [*gutters, float("inf")]
    homes = [[i for i, (a, b) in enumerate(pairwise(ends)) if a - _OVER <= text.x0 and text.x1 <= b + _OVER] for text in figures]
    if any(len(home) != 1 for home in homes) or any(a[0] >= b[0] for a, b in pairwise(homes)) or name.x1 > gutters[homes[0][0]] + _OVER:
        return []
    return [home[0] for home in homes]


def grid_of_placed(page: int, placed: Sequence[Placed], rows: Sequence[Row], em: float) -> Grid | None:
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
