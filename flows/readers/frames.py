"""Ruling that makes no closed cells: lines across of one length over each other, upright lines side by side, rows of dashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.readers.page import Char, Segment

_DASH = 9.0  # points: no dash is longer
_DASH_GAP = 9.0
_SHORTEST_DASHED = 10.0  # points: a row of a table is no lower
_FEWEST_DASHES = 5
_SAME = 1.0  # points: marks this close are on one line
_SAME_END = 4.0
_SHORTEST_UPRIGHT = 24.0
_SHORTEST = 90.0  # points: shorter lines underline a word
_INSIDE = 3.0
_MERGED_ROWS = 60.0  # points: rows of merged cells above or below the columns are no higher


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that belong together: their outermost positions, the lines across from top to bottom, and the upright ones."""

    x0: float
    x1: float
    top: float
    bottom: float
    flats: tuple[Segment, ...] = ()
    uprights: tuple[float, ...] = ()

    def holds(self, char: Char) -> bool:
        return self.x0 - 2 <= char.mid_x <= self.x1 + 2 and self.top - 1 <= char.mid_y <= self.bottom + 1

    def full(self) -> list[float]:
        """Heights of the lines that reach from side to side."""
        return [s.at for s in self.flats if s.start <= self.x0 + _SAME_END and s.end >= self.x1 - _SAME_END]


def _in_rows(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments of one direction on one line each, from start to end."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.at):
        if rows and segment.at - rows[-1][0].at <= _SAME:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.start)
    return rows


def with_dashes_joined(segments: Sequence[Segment]) -> list[Segment]:
    """The same lines, each row of short dashes as the line that it looks like."""
    if sum(1 for s in segments if s.end - s.start <= _DASH) < _FEWEST_DASHES:
        return list(segments)
    joined: list[Segment] = []
    for horizontal in (True, False):
        dashes = [s for s in segments if s.horizontal == horizontal and s.end - s.start <= _DASH]
        joined += [s for s in segments if s.horizontal == horizontal and s.end - s.start > _DASH]
        for row in _in_rows(dashes):
            for run in _runs(row, _DASH_GAP):
                ends = max(s.end for s in run)
                gaps = sum(1 for a, b in pairwise(run) if b.start - a.end > 0.2)
                if len(run) >= _FEWEST_DASHES and gaps >= _FEWEST_DASHES - 1 and ends - run[0].start > _SHORTEST_DASHED:
                    joined.append(Segment(horizontal, sum(s.at for s in run) / len(run), run[0].start, ends))
                else:
                    joined += run
    return joined


def _runs(row: Sequence[Segment], gap: float) -> list[list[Segment]]:
    runs: list[list[Segment]] = []
    reach = 0.0
    for segment in row:
        if runs and segment.start - reach <= gap:
            runs[-1].append(segment)
            reach = max(reach, segment.end)
        else:
            runs.append([segment])
            reach = segment.end
    return runs


def _lines(segments: Iterable[Segment]) -> list[Segment]:
    """Segments that touch end to end as one line."""
    found = []
    for row in _in_rows(segments):
        for run in _runs(row, 2.0):
            found.append(Segment(run[0].horizontal, run[0].at, run[0].start, max(s.end for s in run)))
    return found


def find_frames(segments: Sequence[Segment]) -> list[Frame]:
    """Sets of lines across with the same ends, and sets of upright lines of the same height."""
    return [*_across(segments), *_upright(segments)]


def _of_same_ends(lines: Iterable[Segment]) -> list[list[Segment]]:
    """Lines that begin and end alike, together."""
    groups: list[list[Segment]] = []
    for line in lines:
        home = next((g for g in groups if abs(g[0].start - line.start) <= _SAME_END and abs(g[0].end - line.end) <= _SAME_END), None)
        if home:
            home.append(line)
        else:
            groups.append([line])
    return groups


def _across(segments: Sequence[Segment]) -> list[Frame]:
    flats = _lines(s for s in segments if s.horizontal)
    groups = _of_same_ends(line for line in sorted(flats, key=lambda s: s.at) if line.end - line.start >= _SHORTEST)
    frames: list[Frame] = []
    for group in sorted(groups, key=lambda g: g[0].start - g[0].end):
        if len(group) < 2:
            continue
        x0, x1 = min(s.start for s in group), max(s.end for s in group)
        top, bottom = group[0].at, group[-1].at
        if any(f.x0 - _INSIDE <= x0 and x1 <= f.x1 + _INSIDE and f.top - 1 <= top and bottom <= f.bottom + 1 for f in frames):
            continue  # parts of lines inside another frame
        inside = [s for s in flats if x0 - _INSIDE <= s.start and s.end <= x1 + _INSIDE and top - 1 <= s.at <= bottom + 1]
        frames.append(Frame(x0, x1, top, bottom, tuple(sorted(inside, key=lambda s: (s.at, s.start)))))
    return frames


def _upright(segments: Sequence[Segment]) -> list[Frame]:
    uprights = _lines(s for s in segments if not s.horizontal)
    frames: list[Frame] = []
    for group in _interlocking(_of_same_ends(line for line in uprights if line.end - line.start >= _SHORTEST_UPRIGHT)):
        if len(group) < 3:
            continue
        top, bottom = min(s.start for s in group), max(s.end for s in group)
        left, right = min(s.at for s in group), max(s.at for s in group)
        inner = [s.at for s in uprights if top - 1 <= s.start and s.end <= bottom + 1]
        xs = sorted({round(at, 1) for at in inner if left - 1 <= at <= right + 1})
        xs = [x for index, x in enumerate(xs) if index == 0 or x - xs[index - 1] > _INSIDE]
        frames.append(Frame(xs[0], xs[-1], top, bottom, (), tuple(xs)))
    return frames


def _interlocking(groups: Sequence[list[Segment]]) -> list[list[Segment]]:
    """Sets of upright lines, those of one table together: where cells of its first or last rows are merged, lines begin or end short of them."""
    joined: list[list[Segment]] = []
    for group in groups:
        homes = [other for other in joined if _interlock(group, other)]
        joined = [other for other in joined if not any(other is home for home in homes)]
        joined.append([line for part in (*homes, group) for line in part])
    return joined


def _interlock(a: Sequence[Segment], b: Sequence[Segment]) -> bool:
    """Do the lines stand between one another, and do they begin and end at most a few merged rows apart?"""
    beside = min(s.at for s in a) < max(s.at for s in b) and min(s.at for s in b) < max(s.at for s in a)
    tops, bottoms = [min(s.start for s in lines) for lines in (a, b)], [max(s.end for s in lines) for lines in (a, b)]
    over = min(bottoms) - max(tops) > 0
    return beside and over and abs(tops[0] - tops[1]) <= _MERGED_ROWS and abs(bottoms[0] - bottoms[1]) <= _MERGED_ROWS
