"""Printed lines → rows: told by how far apart they stand, by figures over one another and by cells that wrap."""

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.readers.broken import broken_leading, rows_with_figures_mended
from flows.readers.columns import overlaps
from flows.readers.pieces import Strip

_LEADING = 1.5  # of a character's width: lines of one cell are usually no further apart
_MAX_LEADING = 1.9


def rows_of(lines: Sequence[Strip], em: float) -> tuple[list[list[Strip]], float]:
    """Lines row by row, and the distance above which two lines are of two rows."""
    leading = broken_leading(lines, em)
    if leading is not None:
        return rows_with_figures_mended(lines, leading)
    limit = limit_of(lines, em)
    rows = [[lines[0]]]
    for above, line in pairwise(lines):
        if line.baseline - above.baseline > limit:
            rows.append([])
        rows[-1].append(line)
    return _unwrapped([part for row in rows for part in parted(row)], limit), limit


def limit_of(lines: Sequence[Strip], em: float) -> float:
    """Between the leading of lines inside a cell and the distance of rows, as far as this table shows them."""
    steps = [b.baseline - a.baseline for a, b in pairwise(lines) if a.has_figures and b.has_figures]
    pitch = min(steps, default=None)
    leadings = []
    for index, line in enumerate(lines):
        for piece in line.pieces:
            if piece.is_figure:
                continue
            below = next(
                (p.baseline - piece.baseline for other in lines[index + 1 :] for p in other.pieces if overlaps(p, piece.x0, piece.x1)),
                None,
            )
            if below and below < _MAX_LEADING * em and (pitch is None or below < 0.93 * pitch):
                leadings.append(below)
    if leadings:
        limit = 1.08 * min(leadings)
        return limit if pitch is None else min(limit, 0.97 * pitch)
    return _LEADING * em if pitch is None else min(0.93 * pitch, _LEADING * em)


def parted(row: list[Strip]) -> list[list[Strip]]:
    """A row with figures on several lines of one column is several rows, cut where lines are furthest apart."""
    anchors = [index for index, line in enumerate(row) if line.has_figures]
    for a, b in pairwise(anchors):
        upper, lower = row[a], row[b]
        stacked = any(p.is_figure and q.is_figure and overlaps(p, q.x0, q.x1) for p in upper.pieces for q in lower.pieces)
        if stacked:
            gaps = [row[i + 1].baseline - row[i].baseline for i in range(a, b)]
            cut = a + 1 + gaps.index(max(gaps))
            return [row[:cut], *parted(row[cut:])]
    return [row]


def _unwrapped(rows: list[list[Strip]], limit: float) -> list[list[Strip]]:
    """Where rows are as tight as lines: a line of one piece goes on with the cell above that it fills up."""
    widest: dict[int, float] = {}
    for row in rows:
        for line in row:
            for piece in line.pieces:
                key = round(piece.x0 / 4)
                widest[key] = max(widest.get(key, 0.0), piece.x1)
    joined: list[list[Strip]] = []
    for row in rows:
        if joined and len(row) == 1 and len(row[0].pieces) == 1 and not row[0].has_figures:
            piece, above = row[0].pieces[0], joined[-1][-1]
            full = next((p for p in above.pieces if abs(p.x0 - piece.x0) < 1.5 and not p.is_figure), None)
            em = piece.size * 0.95
            if (
                full
                and piece.baseline - above.baseline <= 1.7 * em
                and len(full.text) >= 6
                and full.x1 > widest[round(full.x0 / 4)] - 1.0 * em
                and not re.match(r"^(?:其中|[一二三四五六七八九十]{1,3}、|[（(]?[\d一二三四五六七八九十]+[)）.、])", piece.text)
                and any(other.is_figure for other in above.pieces)
            ):
                joined[-1].append(row[0])
                continue
        joined.append(row)
    return joined
