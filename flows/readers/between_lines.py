"""A line between all rows, no upright ones → grid: a cell ends where a line ends it, and merged cells have none inside."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from flows.readers.blocks import ALIGNED, CENTRED, NEAR, Block, touched_by
from flows.readers.columns import Column, edges, overlaps
from flows.readers.frames import Frame
from flows.readers.page import Segment
from flows.readers.pieces import Piece, Strip
from flows.readers.ruled import Grid, GridCell

_NAMED = 0.8  # of the columns of a table have words in its header


def banded(
    number: int, ys: list[float], bands: Sequence[list[Strip]], columns: Sequence[Column], frame: Frame, xs: list[float] | None
) -> Grid:
    """Lines between all rows: a cell ends where a line ends it, and merged cells have none inside."""
    width, height = len(columns), len(bands)
    closed = [[_drawn(frame.flats, ys[r + 1], column.x0, column.x1) for column in columns] for r in range(height - 1)]
    run_of: list[list[tuple[int, int]]] = [[(0, 0)] * width for _ in range(height)]
    for c in range(width):
        start = 0
        for r in range(height):
            if r == height - 1 or closed[r][c]:
                for inner in range(start, r + 1):
                    run_of[inner][c] = (start, r + 1)
                start = r + 1
    xs = xs or _snapped(edges(columns, _band_middles(bands, columns, run_of), frame.x0, frame.x1), columns, frame)
    figures = [index for index, band in enumerate(bands) if any(line.has_figures for line in band)]
    header = range(figures[0]) if figures else range(1)
    words = [piece for band in bands[: header.stop] for line in band for piece in line.pieces]
    if sum(1 for column in columns if any(overlaps(piece, column.x0, column.x1) for piece in words)) < _NAMED * width:
        header = range(0)  # a form: labels and texts, no header above all columns
    blocks: dict[tuple[int, int], list[Block]] = {}
    for r, band in enumerate(bands):
        for line in band:
            for piece in line.pieces:
                touched = touched_by(piece, xs)
                run = run_of[r][touched[0]]
                touched = [c for c in touched if run_of[r][c] == run]
                _put(blocks.setdefault(run, []), piece, touched[0], touched[-1] + 1)
    cells: list[GridCell] = []
    for (start, stop), found in blocks.items():
        same = [c for c in range(width) if run_of[start][c] == (start, stop)]
        for block in found:
            _widen_in_run(block, [b for b in found if b is not block], same, xs, stop in header)
            block.pieces.sort(key=lambda p: (p.baseline, p.x0))
            cells.append(GridCell(start, stop, block.left, block.right, block.chars))
    taken = {(r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)}
    for r in range(height):
        for c in range(width):
            start, stop = run_of[r][c]
            if r == start and (r, c) not in taken:
                cells.append(GridCell(start, stop, c, c + 1, ()))
    return Grid(number, xs, ys, cells, ruled=False)


def _put(blocks: list[Block], piece: Piece, left: int, right: int) -> None:
    same = [block for block in blocks if block.left < right and left < block.right]
    merged = Block([*(p for block in same for p in block.pieces), piece], left, right)
    for block in same:
        merged.left, merged.right = min(merged.left, block.left), max(merged.right, block.right)
        blocks.remove(block)
    blocks.append(merged)


def _widen_in_run(block: Block, others: Sequence[Block], same: Sequence[int], xs: Sequence[float], over_others: bool) -> None:
    """As ``_widen``, over blank cells of the same rows only. ``over_others``: a header cell with header cells below, which none is blank."""
    a, b = xs[block.left], xs[block.right]
    if not over_others:
        single = block.right - block.left == 1
        if single and (abs((a + b) / 2 - block.mid) <= CENTRED or block.x0 - a < NEAR or b - block.x1 < NEAR):
            return
    found = []
    for left in range(block.left + 1):
        for right in range(block.right, len(xs)):
            if right - left < 2 or any(c not in same for c in range(left, right)):
                continue
            if any(other.left < right and left < other.right for other in others):
                continue
            if abs((xs[left] + xs[right]) / 2 - block.mid) <= CENTRED:
                found.append((right - left, left, right))
    if found:
        _, block.left, block.right = max(found) if over_others else min(found)


def _drawn(flats: Sequence[Segment], y: float, x0: float, x1: float) -> bool:
    """Is there a line at this height over most of x0..x1?"""
    covered = sum(max(0.0, min(s.end, x1) - max(s.start, x0)) for s in flats if abs(s.at - y) <= ALIGNED)
    return covered >= 0.5 * (x1 - x0)


def _snapped(xs: list[float], columns: Sequence[Column], frame: Frame) -> list[float]:
    """Edges moved to where lines across end, in the gutters where some do."""
    ends = [end for s in frame.flats for end in (s.start, s.end)]
    moved = list(xs)
    for index, (a, b) in enumerate(pairwise(columns), start=1):
        inside = [end for end in ends if a.x1 - 1 <= end <= b.x0 + 1]
        if inside:
            moved[index] = median(inside)
    return moved if all(a < b for a, b in pairwise(moved)) else xs


def _band_middles(
    bands: Sequence[list[Strip]], columns: Sequence[Column], run_of: Sequence[Sequence[tuple[int, int]]]
) -> list[float | None]:
    """Of each column: the middle of its cell in the row with most words in columns of their own, which is the header's lowest."""
    best: dict[int, dict[int, list[Piece]]] = {}
    for r, band in enumerate(bands):
        for line in band:
            for piece in line.pieces:
                touched = [c for c, column in enumerate(columns) if overlaps(piece, column.x0, column.x1)]
                if len(touched) == 1 and not piece.is_figure:
                    stop = run_of[r][touched[0]][1]
                    best.setdefault(stop, {}).setdefault(touched[0], []).append(piece)
    if not best:
        return [None] * len(columns)
    richest = max(best.values(), key=len)
    middles: list[float | None] = []
    for index in range(len(columns)):
        pieces = richest.get(index, [])
        mids = [piece.mid for piece in pieces]
        middles.append(median(mids) if mids and max(mids) - min(mids) <= 2 * ALIGNED else None)
    return middles
