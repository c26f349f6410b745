"""Where the columns of a table without upright lines are: gutters that no cell's text reaches into, and edges from what is centred."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise, takewhile

from flows.readers.pieces import Piece, Strip

_OVERLAP = 1.5  # points: a piece this far over another stands over it
_SAME_LINE = 1.2  # of a character's height: cells of one row, whose text is of one or two lines, have no lines further apart
_HAIR = 0.5  # points: so little over another is beside it
_FEWEST_BESIDE = 2  # lines with two pieces side by side in what would be one column
_SLACK = 1.2  # points: how far a header may be off its column's middle


@dataclass(frozen=True, slots=True)
class Column:
    """A column by what is printed in it: from the leftmost to the rightmost character."""

    x0: float
    x1: float


def overlaps(a: Piece, x0: float, x1: float) -> bool:
    """Does the piece stand in x0..x1 with more than a hair?"""
    return min(a.x1, x1) - max(a.x0, x0) > min(_OVERLAP, 0.4 * (a.x1 - a.x0))


def spanning(lines: Sequence[Strip]) -> set[int]:
    """Pieces (by id) that reach over two pieces of another line: cells over several columns."""
    found = set()
    pieces = [piece for line in lines for piece in line.pieces]
    for piece in pieces:
        for line in lines:
            if piece not in line.pieces and sum(1 for other in line.pieces if overlaps(other, piece.x0, piece.x1)) > 1:
                found.add(id(piece))
                break
    return found


def columns_of(lines: Sequence[Strip], rows: Sequence[Sequence[Strip]], limit: float) -> list[Column]:
    """The columns that the pieces of the lines stand in, those left out that reach over several.

    ``rows``: the lines, row by row, the header's first; ``limit``: how far apart lines of one cell are at most.
    """
    over = spanning(lines) | _upper(rows, limit)
    merged = [
        part
        for together in _together([piece for line in lines for piece in line.pieces if id(piece) not in over])
        for part in _without_bridges(together)
    ]
    by_row = [[piece for line in row for piece in line.pieces if id(piece) not in over] for row in rows]
    return _with_headers_joined(
        _without_labels_between([Column(min(p.x0 for p in part), max(p.x1 for p in part)) for part in merged], by_row), by_row
    )


def _together(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand over one another, directly or by others between, from left to right."""
    found: list[list[Piece]] = []
    reach = -1e9
    for piece in sorted(pieces, key=lambda p: (p.x0, p.x1)):
        if piece.x0 < reach - _HAIR:
            found[-1].append(piece)
            reach = max(reach, piece.x1)
        else:
            found.append([piece])
            reach = piece.x1
    return found


def _without_bridges(pieces: list[Piece]) -> list[list[Piece]]:
    """The columns among pieces that stand over one another, where several lines have two of them side by side.

    What makes one of them is then a label merged over both, as 人员经费合计 over a name and its code, which reaches either by a hair.
    """
    lines: dict[float, list[Piece]] = defaultdict(list)
    for piece in pieces:
        lines[round(piece.baseline, 1)].append(piece)
    beside = [piece for line in lines.values() if len(line) > 1 for piece in line]
    if sum(1 for line in lines.values() if len(line) > 1) < _FEWEST_BESIDE:
        return [pieces]
    parts = _together(beside)
    spans = [(min(p.x0 for p in part), max(p.x1 for p in part)) for part in parts]
    alone = [p for line in lines.values() if len(line) == 1 for p in line]
    kept = [p for p in alone if sum(1 for x0, x1 in spans if p.x0 < x1 and x0 < p.x1) < 2]
    return _together([*beside, *kept])


def _upper(rows: Sequence[Sequence[Strip]], limit: float) -> set[int]:
    """Header cells (pieces by id) above other header cells: they may stand over several columns, and the lower ones tell the columns."""
    lines: list[Strip] = []
    for row in rows:
        if any(line.has_figures for line in row):
            break
        lines += row
    found = set()
    for index, line in enumerate(lines):
        for piece in line.pieces:
            below = (o for other in lines[index + 1 :] for o in other.pieces if overlaps(o, piece.x0, piece.x1))
            nearest = next(below, None)
            if nearest and nearest.baseline - piece.baseline > limit:
                found.add(id(piece))
    return found


def _without_labels_between(columns: list[Column], rows: Sequence[Sequence[Piece]]) -> list[Column]:
    """A merged label centred in the gap between two columns is no column: it never stands beside a cell of either.

    Both of them have a header of their own; where one has none, what stands between is its header.
    """
    kept = list(columns)
    has_header = _header_test(rows)
    index = 1
    while index < len(kept) - 1:
        here, sides = kept[index], (kept[index - 1], kept[index + 1])
        own = [row for row in rows if any(overlaps(piece, here.x0, here.x1) for piece in row)]
        figures = any(piece.is_figure and overlaps(piece, here.x0, here.x1) for row in own for piece in row)
        labels = [piece for row in own for piece in row if overlaps(piece, here.x0, here.x1)]
        beside = any(
            overlaps(piece, side.x0, side.x1) and any(abs(piece.baseline - label.baseline) <= _SAME_LINE * label.size for label in labels)
            for row in own
            for piece in row
            for side in sides
        )
        if not figures and not beside and all(map(has_header, sides)):
            del kept[index]
        else:
            index += 1
    return kept


def _header_test(rows: Sequence[Sequence[Piece]]) -> Callable[[Column], bool]:
    """Has a column words above the first row of figures?"""
    words = [piece for row in takewhile(lambda row: not any(piece.is_figure for piece in row), rows) for piece in row]
    return lambda column: any(overlaps(piece, column.x0, column.x1) for piece in words)


def _with_headers_joined(columns: list[Column], rows: Sequence[Sequence[Piece]]) -> list[Column]:
    """A header centred over figures set to the right, or over names set to the left, may touch none of them: they are one column.

    Two columns stand beside each other in some row, at least in the header; these two never do. Two header words with nothing below
    either, as 项 and 名称 in a table without rows, are two columns.
    """
    kept = list(columns)
    has_header = _header_test(rows)
    below = [piece for row in dropwhile(lambda row: not any(piece.is_figure for piece in row), rows) for piece in row]

    def is_bare(column: Column) -> bool:
        return bool(below) and has_header(column) and not any(overlaps(piece, column.x0, column.x1) for piece in below)

    index = 0
    while index < len(kept):
        here = kept[index]
        own = [row for row in rows if any(overlaps(piece, here.x0, here.x1) for piece in row)]
        pieces = [piece for row in own for piece in row if overlaps(piece, here.x0, here.x1)]
        figures = 2 * sum(1 for piece in pieces if piece.is_figure) >= len(pieces)
        for other in (index - 1, index + 1) if figures else (index + 1, index - 1):
            if not 0 <= other < len(kept):
                continue
            beside = kept[other]
            if is_bare(here) and is_bare(beside):
                continue
            if not any(overlaps(piece, beside.x0, beside.x1) for row in own for piece in row):
                kept[min(index, other)] = Column(min(here.x0, beside.x0), max(here.x1, beside.x1))
                del kept[max(index, other)]
                index = max(-1, min(index, other) - 2)
                break
        index += 1
    return kept


def edges(columns: Sequence[Column], middles: Sequence[float | None], left: float | None, right: float | None) -> list[float]:
    """Lines between the columns, and at both ends. ``middles``: where the header of each column has its middle, if it has one.

    A header centred in its column ties the edges on both its sides; the gutters bound each edge. Where ``left`` or ``right`` is known
    (from a drawn line) it stands. Where the ties contradict each other the edges are the middles of the gutters.
    """
    bounds = [(-1e9, columns[0].x0)] if left is None else [(left, left)]
    bounds += [(a.x1, b.x0) for a, b in pairwise(columns)]
    bounds += [(columns[-1].x1, 1e9)] if right is None else [(right, right)]
    plain = [(low + high) / 2 for low, high in bounds]
    gutters = sorted(b.x0 - a.x1 for a, b in pairwise(columns))
    margin = min(6.0, gutters[0] / 2) if gutters else 3.0
    plain[0] = columns[0].x0 - margin if left is None else left
    plain[-1] = columns[-1].x1 + margin if right is None else right
    result = list(plain)
    start = 0
    while start < len(columns):  # runs of columns with known middles are solved together
        if middles[start] is None:
            start += 1
            continue
        stop = start
        while stop < len(columns) and middles[stop] is not None:
            stop += 1
        solved = solve(bounds[start : stop + 1], [m for m in middles[start:stop] if m is not None])
        if solved is not None:
            result[start : stop + 1] = solved
        start = stop
    return result if all(a < b for a, b in pairwise(result)) else plain


def solve(bounds: Sequence[tuple[float, float]], middles: Sequence[float]) -> list[float] | None:
    """Edges with these middles inside these bounds: e[i+1] = 2·m[i] − e[i], so one number settles all."""
    low, high = -1e9, 1e9
    sign, offset = 1.0, 0.0
    terms = []
    for index, (least, most) in enumerate(bounds):
        terms.append((sign, offset))
        a, b = (least - _SLACK - offset) * sign, (most + _SLACK - offset) * sign
        low, high = max(low, min(a, b)), min(high, max(a, b))
        if index < len(middles):
            sign, offset = -sign, 2 * middles[index] - offset
    if low > high or low <= -1e8 or high >= 1e8:
        return None
    first = (low + high) / 2
    return [sign * first + offset for sign, offset in terms]
