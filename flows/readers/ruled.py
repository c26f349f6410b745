"""Ruling of a page → grids of cells with spans.

Lines that touch make one table; its cells are the rectangles between them, and a rectangle without a line across is one
spanning cell. Narrow slits between doubled lines are no columns. A row whose outer line fell off at a page break
is closed at the end of its upright lines.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from flows.readers.page import Box, Char, PageContent, Segment

_SNAP = 3.2  # lines closer than this are one line
_TOUCH = 3.5
_COVER = 0.55  # of a cell's side must be drawn for the side to part two cells
_MIN_CELLS = 2
_ROW = 6  # points that no row is lower than
_OPEN_ROWS = 4  # so many lines across with one end are rows, even with no text at that end
_OPEN_SIDE = 12.0  # points that lines across go on past the outermost upright line where a side is left open


@dataclass(frozen=True, slots=True)
class GridCell:
    """Rows top..bottom and columns left..right (half-open) of the grid, and the characters inside."""

    top: int
    bottom: int
    left: int
    right: int
    chars: tuple[Char, ...]


@dataclass(slots=True)
class Grid:
    """A table on one page: line positions and cells. ``ruled``: its lines are drawn, not told from how text is aligned.

    ``parts``: of a table printed on several pages side by side, each part's first column, its page and how far its x are moved.
    ``shut_above`` and ``shut_below``: of each column of a ruled table, whether a line is drawn over its first and under its last row.
    """

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(default_factory=list)
    open_top: bool = False
    open_bottom: bool = False
    ruled: bool = True
    shut_above: tuple[bool, ...] = ()
    shut_below: tuple[bool, ...] = ()
    parts: tuple[tuple[int, int, float], ...] = ()

    def place_of(self, cell: GridCell) -> tuple[int, Box]:
        """The page that a cell is printed on, and its box there."""
        page, shift = next(((page, shift) for start, page, shift in reversed(self.parts) if cell.left >= start), (self.page, 0.0))
        return page, (self.xs[cell.left] - shift, self.ys[cell.top], self.xs[cell.right] - shift, self.ys[cell.bottom])

    def holds(self, char: Char) -> bool:
        return self.xs[0] - 1 <= char.mid_x <= self.xs[-1] + 1 and self.ys[0] - 1 <= char.mid_y <= self.ys[-1] + 1


def clusters(values: list[float]) -> list[float]:
    """Positions that lie together as one, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _components(segments: list[Segment]) -> list[list[Segment]]:
    """Sets of lines that touch one another, directly or over others."""
    parent = list(range(len(segments)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    across = [(s.at, i) for i, s in enumerate(segments) if s.horizontal]
    across.sort()
    positions = [at for at, _ in across]
    for i, upright in enumerate(segments):
        if upright.horizontal:
            continue
        start = bisect_right(positions, upright.start - _TOUCH)
        for at, j in across[start:]:
            if at > upright.end + _TOUCH:
                break
            flat = segments[j]
            if flat.start - _TOUCH <= upright.at <= flat.end + _TOUCH:
                parent[find(i)] = find(j)
    groups: dict[int, list[Segment]] = {}
    for i, segment in enumerate(segments):
        groups.setdefault(find(i), []).append(segment)
    return list(groups.values())


def _covered(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    drawn = 0.0
    reach = start
    for low, high in spans:
        low, high = max(low, reach), min(high, end)
        if high > low:
            drawn += high - low
            reach = high
    return drawn >= _COVER * (end - start)


def _spans_at(segments: list[Segment], positions: list[float], horizontal: bool) -> list[list[tuple[float, float]]]:
    spans: list[list[tuple[float, float]]] = [[] for _ in positions]
    for segment in segments:
        if segment.horizontal == horizontal:
            nearest = min(range(len(positions)), key=lambda i: abs(positions[i] - segment.at))
            if abs(positions[nearest] - segment.at) <= _SNAP:
                spans[nearest].append((segment.start, segment.end))
    for found in spans:
        found.sort()
    return spans


def _merge(rows: int, cols: int, right_open: list[list[bool]], below_open: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """Rectangles (top, bottom, left, right) of elementary cells with no line between them.

    Where broken ruling joins an area that is no rectangle, the area is cut row by row.
    """
    owner = [[-1] * cols for _ in range(rows)]
    rectangles: list[tuple[int, int, int, int]] = []
    for r in range(rows):
        for c in range(cols):
            if owner[r][c] >= 0:
                continue
            right = c + 1
            while right < cols and owner[r][right] < 0 and right_open[r][right - 1]:
                right += 1
            bottom = r + 1
            while bottom < rows and all(below_open[bottom - 1][k] and owner[bottom][k] < 0 for k in range(c, right)):
                edges_shut = (c == 0 or not right_open[bottom][c - 1]) and (right == cols or not right_open[bottom][right - 1])
                inner_open = all(right_open[bottom][k] for k in range(c, right - 1))
                if not (edges_shut and inner_open):
                    break
                bottom += 1
            for i in range(r, bottom):
                for k in range(c, right):
                    owner[i][k] = len(rectangles)
            rectangles.append((r, bottom, c, right))
    return rectangles


def _grid(page: PageContent, segments: list[Segment]) -> Grid | None:
    flats = [s for s in segments if s.horizontal]
    uprights = [s for s in segments if not s.horizontal]
    if len(flats) < 1 or len(uprights) < 1:
        return None
    xs, ys = _with_open_sides(clusters([s.at for s in uprights]), flats, page.chars), clusters([s.at for s in flats])
    top, bottom = min(s.start for s in uprights), max(s.end for s in uprights)
    open_top = _reaches(uprights, xs, ys[0], top, -1)
    open_bottom = _reaches(uprights, xs, ys[-1], bottom, 1)
    if open_top:
        ys.insert(0, top)
    if open_bottom:
        ys.append(bottom)
    if len(xs) < 2 or len(ys) < 2:
        return None
    upright_spans = _spans_at(uprights, xs, False)
    flat_spans = _spans_at(flats, ys, True)
    rows, cols = len(ys) - 1, len(xs) - 1
    right_open = [[not _covered(upright_spans[c + 1], ys[r], ys[r + 1]) for c in range(cols - 1)] for r in range(rows)]
    below_open = [[not _covered(flat_spans[r + 1], xs[c], xs[c + 1]) for c in range(cols)] for r in range(rows - 1)]
    shut_above, shut_below = (tuple(_covered(flat_spans[edge], xs[c], xs[c + 1]) for c in range(cols)) for edge in (0, -1))
    grid = Grid(page.number, xs, ys, open_top=open_top, open_bottom=open_bottom, shut_above=shut_above, shut_below=shut_below)
    rectangles = _merge(rows, cols, right_open, below_open)
    if len(rectangles) < _MIN_CELLS:
        return None
    owner = {(r, c): i for i, (t, b, left, right) in enumerate(rectangles) for r in range(t, b) for c in range(left, right)}
    inside: list[list[Char]] = [[] for _ in rectangles]
    for char in page.chars:
        if grid.holds(char):
            r = min(max(bisect_right(ys, char.mid_y) - 1, 0), rows - 1)
            c = min(max(bisect_right(xs, char.mid_x) - 1, 0), cols - 1)
            inside[owner[(r, c)]].append(char)
    grid.cells = [GridCell(t, b, left, right, tuple(chars)) for (t, b, left, right), chars in zip(rectangles, inside, strict=True)]
    return grid


def _with_open_sides(xs: list[float], flats: list[Segment], chars: list[Char]) -> list[float]:
    """Upright lines, and the ends of the lines across where at least two, and most, go on past the outermost upright over text.

    A blank cell that goes on from the page before has no text and no line but its sides: a table is as broad as its first and last line.
    """
    found = list(xs)
    top, bottom = min(s.at for s in flats), max(s.at for s in flats)
    for edge, ends, outward in ((xs[0], [s.start for s in flats], -1), (xs[-1], [s.end for s in flats], 1)):
        beyond = [end for end in ends if (end - edge) * outward > _OPEN_SIDE]
        if len(beyond) < 2:
            continue
        end = max(beyond) if outward > 0 else min(beyond)
        rows = [s.at for s in flats if abs((s.end if outward > 0 else s.start) - end) <= _SNAP]
        low, high = min(edge, end), max(edge, end)
        inside = len(rows) > 1 and any(low < char.mid_x < high and min(rows) < char.mid_y < max(rows) for char in chars)
        around = min(rows) - top <= _SNAP and bottom - max(rows) <= _SNAP and bottom - top > _OPEN_SIDE
        if inside or around or len(rows) >= _OPEN_ROWS:
            found.append(end)
    return sorted(found)


def _reaches(uprights: list[Segment], xs: list[float], edge: float, extent: float, direction: int) -> bool:
    """Do both sides, or at least two upright lines and most columns, go on beyond the outermost flat line by a row's height?"""
    if (extent - edge) * direction < _ROW:
        return False
    beyond = {
        x for s in uprights for x in xs if abs(x - s.at) <= _SNAP and ((s.end if direction > 0 else s.start) - edge) * direction > _ROW
    }
    return {xs[0], xs[-1]} <= beyond or len(beyond) >= max(2, len(xs) // 2)


def find_grids(page: PageContent) -> list[Grid]:
    """The ruled tables of a page, top to bottom."""
    grids = [grid for part in _components(page.segments) if (grid := _grid(page, part))]
    grids = [grid for grid in grids if any(cell.chars for cell in grid.cells)]
    outer = [g for g in grids if not any(_inside(g, other) for other in grids if other is not g)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.xs[0] - 1 <= grid.xs[0]
        and grid.xs[-1] <= other.xs[-1] + 1
        and other.ys[0] - 1 <= grid.ys[0]
        and grid.ys[-1] <= other.ys[-1] + 1
        and (len(other.cells), other.xs) > (len(grid.cells), grid.xs)
    )
