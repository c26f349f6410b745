"""Lines across that are drawn cell by cell → grid: each piece of line is as long as the cell it closes, whatever upright lines are missing.

Word processors and spreadsheets draw a cell's upper and lower side as lines of their own, end to end. Read from the top, they tell each
cell: a cell ends where a line of its very width is drawn below it, and the lines there that are no cell's end begin the next ones.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.readers.page import Char, Segment
from flows.readers.pieces import strips
from flows.readers.ruled import Grid, GridCell, clusters
from flows.values.numbers import parse_number, parse_rate

_SAME = 1.6  # points: ends this close are one
_SAME_LINE = 2.0
_OVER = 1.5  # points that a character may reach over its cell's side
_FEWEST_ROWS = 2
_MAX_LEADING = 1.9  # of a character's width: lines of one text are no further apart
_SAME_STEP = 0.15  # of a step: the next may be this much longer

_Span = tuple[int, int]  # of edges, by number
_Box = tuple[int, int, int, int]  # top, bottom, left, right


def tiled_grid(page: int, segments: Sequence[Segment], chars: Sequence[Char], em: float, before: Grid | None = None) -> Grid | None:
    """The table that the lines across and the characters between them make; None where they do not tell every cell.

    ``before``: the table of the page before, of which a single row may be left.
    """
    xs = clusters([end for s in segments for end in (s.start, s.end)])
    ys = _heights([s.at for s in segments])
    if len(xs) < 3 or len(ys) <= _fewest_rows(xs, before) or any(b - a < 2 * _SAME for a, b in pairwise(xs)):
        return None
    spans: list[set[_Span]] = [set() for _ in ys]
    for segment in segments:
        left, right = _nearest(xs, segment.start), _nearest(xs, segment.end)
        if max(abs(xs[left] - segment.start), abs(xs[right] - segment.end)) > _SAME or left == right:
            return None
        spans[_nearest(ys, segment.at)].add((left, right))
    boxes = _boxes(spans, len(xs) - 1)
    if boxes is None:
        return None
    cells = [GridCell(t, b, left, right, _inside(chars, xs[left], xs[right], ys[t], ys[b])) for t, b, left, right in boxes]
    grid = Grid(page, xs, ys, cells, ruled=False)
    if sum(len(cell.chars) for cell in cells) != len(chars):
        return None
    return grid if all(_is_one_text(cell, xs, em) for cell in cells) else None


def _fewest_rows(xs: Sequence[float], before: Grid | None) -> int:
    """A row alone between two lines is no table, but may be the last of the table that as broad lines drew on the page before."""
    goes_on = before is not None and max(abs(before.xs[0] - xs[0]), abs(before.xs[-1] - xs[-1])) <= _SAME
    return 1 if goes_on else _FEWEST_ROWS


def _heights(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SAME_LINE:
            kept.append(value)
    return kept


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _boxes(lines: Sequence[set[_Span]], width: int) -> list[_Box] | None:
    """Cells that have these lines as their upper and lower sides, each line whole; None where they do not add up, or in two ways.

    The first and the last line may be the side of one broad cell beyond them too: a unit or a note that the table is framed with.
    """
    whole = {(0, width)}
    firsts = [lines[0], *([lines[0] - whole] if whole < lines[0] else [])]
    lasts = [lines[-1], *([lines[-1] - whole] if whole < lines[-1] else [])]
    ways = [boxes for first in firsts for last in lasts if (boxes := _boxes_between([first, *lines[1:-1], last], width))]
    return ways[0] if len(ways) == 1 else None


def _boxes_between(lines: Sequence[set[_Span]], width: int) -> list[_Box] | None:
    """As ``_boxes``, with nothing beyond the first and the last line."""
    opened = dict.fromkeys(lines[0], 0)
    if not _tiles(opened, [(0, width)]):
        return None
    boxes = []
    for number, drawn in enumerate(lines[1:], start=1):
        ended = {span for span in opened if span in drawn}
        boxes += [(opened.pop(span), number, *span) for span in sorted(ended)]
        if number == len(lines) - 1:
            return None if opened or drawn - ended else boxes
        begun = drawn - ended
        begun |= {span for span in ended if not any(_overlap(span, other) for other in begun)}
        if not _tiles(begun, ended):
            return None
        opened |= dict.fromkeys(begun, number)
    return None


def _overlap(a: _Span, b: _Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _tiles(parts: Sequence[_Span] | set[_Span] | dict[_Span, int], wholes: Sequence[_Span] | set[_Span]) -> bool:
    """Do the parts cover what the wholes cover, each place once?"""
    covered = sorted(column for left, right in parts for column in range(left, right))
    return covered == sorted(column for left, right in wholes for column in range(left, right))


def _inside(chars: Sequence[Char], x0: float, x1: float, y0: float, y1: float) -> tuple[Char, ...]:
    return tuple(char for char in chars if x0 <= char.mid_x < x1 and y0 <= char.mid_y < y1)


def _is_one_text(cell: GridCell, xs: Sequence[float], em: float) -> bool:
    """Stands what is printed in a cell inside it, with no gap that would part two cells, beside or under one another?"""
    found = [char for char in cell.chars if not char.text.isspace()]
    if not found:
        return True
    if xs[cell.left] - _OVER > min(c.x0 for c in found) or max(c.x1 for c in found) > xs[cell.right] + _OVER:
        return False
    lines = strips(cell.chars, em)
    if any(len(line.pieces) > 1 for line in lines) or not _are_evenly_set([line.baseline for line in lines], em):
        return False
    figures = len(lines) > 1 and all(line.has_figures for line in lines)
    return not figures or _is_figure("".join(line.text for line in lines))  # 12.50 over 3.20: of two rows


def _are_evenly_set(baselines: Sequence[float], em: float) -> bool:
    """Are the lines as far apart as those of one text, but where lines are left blank? Those of several rows stand in pairs and apart."""
    steps = [b - a for a, b in pairwise(baselines)]
    if not steps:
        return True
    least = min(steps)
    return least <= _MAX_LEADING * em and all(abs(step - round(step / least) * least) <= _SAME_STEP * least for step in steps)


def _is_figure(text: str) -> bool:
    return parse_number(text) is not None or parse_rate(text) is not None
