"""Prose set in two columns → one column, the right below the left, so that each line goes on with the next of its own column.

Told by a white strip down the page with no line drawn in it, and on both sides of it many lines of sentences, each side with edges of its own
that most of its lines reach. The cells of a table stand beside each other in another way: few of them fill theirs.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from flows.readers.layout import Line, lines
from flows.readers.page import Box, Char, PageContent

_MIDDLE = (0.35, 0.65)  # of the page's width: where the strip may be
_STRIP = 1.2  # of the character size: how broad it is at least
_LINES = 10  # on either side
_FULL = 0.5  # of the lines reach both edges of their column
_SIGNS = "，。；、"
_PART_OF_PAGE = 0.5  # of the height over which the page has text
_ALIKE = 0.15  # how much the columns may differ in width


@dataclass(frozen=True, slots=True)
class _Columns:
    """The strip from ``left`` to ``right``, and the heights between which the page is set in columns."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def in_one_column(page: PageContent) -> PageContent:
    """The page with the right column moved below the left one; the page itself where it has no such columns."""
    chars = [char for char in page.chars if not char.text.isspace()]
    if len(chars) < 2 * _LINES or page.as_shown is not None:
        return page
    size = median(char.size for char in chars)
    found = _columns(page, chars, size)
    if found is None:
        return page
    inside = [char for char in chars if found.top < char.baseline < found.bottom]
    left = lines(char for char in inside if char.mid_x < found.middle)
    right = lines(char for char in inside if char.mid_x > found.middle)
    if not (_is_column(left, size) and _is_column(right, size)) or not _alike(left, right):
        return page
    across = min(line.x0 for line in right) - min(line.x0 for line in left)
    pitch = median(b.baseline - a.baseline for a, b in pairwise(left))
    down = left[-1].baseline + pitch - right[0].baseline
    end = left[-1].baseline + pitch / 2

    def moved(x: float, y: float) -> tuple[float, float]:
        if y >= found.bottom:
            return 0.0, down
        return (-across, down) if x > found.middle and y > found.top else (0.0, 0.0)

    def as_shown(box: Box) -> Box:
        x0, top, x1, bottom = box
        if top < end - size:
            return box
        beside = across if top < found.bottom + down - size else 0.0
        return x0 + beside, top - down, x1 + beside, bottom - down

    def shift(char: Char) -> Char:
        x, y = moved(char.mid_x, char.baseline)
        return replace(char, x0=char.x0 + x, x1=char.x1 + x, top=char.top + y, bottom=char.bottom + y, baseline=char.baseline + y)

    segments = []
    for segment in page.segments:
        middle = (segment.start + segment.end) / 2
        x, y = moved(middle, segment.at) if segment.horizontal else moved(segment.at, middle)
        along, off = (x, y) if segment.horizontal else (y, x)
        segments.append(replace(segment, at=segment.at + off, start=segment.start + along, end=segment.end + along))
    width = max(line.x1 for line in left) + min(line.x0 for line in left)
    chars = [shift(char) for char in page.chars]
    return replace(page, width=width, height=page.height + down, chars=chars, segments=segments, as_shown=as_shown)


def _columns(page: PageContent, chars: Sequence[Char], size: float) -> _Columns | None:
    """The white strip and how far it reaches: between the lines that cross it, where those leave most of the page's text."""
    crossed: Counter[int] = Counter()
    for char in chars:
        crossed.update(range(int(char.x0), int(char.x1) + 1))
    start, stop = (int(page.width * part) for part in _MIDDLE)
    few = max(2, len(chars) // 200)  # a title, a page number
    runs: list[list[int]] = []
    for x in range(start, stop):
        if crossed[x] > few:
            continue
        if runs and runs[-1][-1] == x - 1:
            runs[-1].append(x)
        else:
            runs.append([x])
    strip = max(runs, key=len, default=[])
    if len(strip) < _STRIP * size:
        return None
    left, right = float(strip[0]), float(strip[-1] + 1)
    heights = sorted(char.baseline for char in chars)
    middle, least = (left + right) / 2, 0.3 * size
    over = sorted({char.baseline for char in chars if char.x1 > middle - least and char.x0 < middle + least})
    bounds = [heights[0] - size, *over, heights[-1] + size]
    top, bottom = max(pairwise(bounds), key=lambda pair: pair[1] - pair[0])
    bottom -= 0.3 * size
    if bottom - top < _PART_OF_PAGE * (heights[-1] - heights[0]) or any(
        segment.end >= left and segment.start <= right if segment.horizontal else left <= segment.at <= right
        for segment in page.segments
        if (top < segment.at < bottom if segment.horizontal else segment.end > top and segment.start < bottom)
    ):
        return None
    return _Columns(left, right, top, bottom)


def _is_column(column: Sequence[Line], size: float) -> bool:
    if len(column) < _LINES or sum(char.text in _SIGNS for line in column for char in line.chars) < _LINES:
        return False
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = sum(line.x0 - left < 2.5 * size and right - line.x1 < 1.5 * size for line in column)
    return full >= _FULL * len(column)


def _alike(left: Sequence[Line], right: Sequence[Line]) -> bool:
    one, other = (max(line.x1 for line in side) - min(line.x0 for line in side) for side in (left, right))
    return abs(one - other) <= _ALIKE * max(one, other)
