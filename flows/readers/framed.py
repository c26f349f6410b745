"""Tables with some of their lines: only those across, only a few of those, or only upright ones."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from flows.readers.between_lines import banded
from flows.readers.blocks import ALIGNED, touched_by
from flows.readers.cells import grid_of
from flows.readers.columns import Column, columns_of
from flows.readers.empty_table import header_of_empty
from flows.readers.evidence import is_table
from flows.readers.frames import Frame
from flows.readers.going_on import fits, header_again
from flows.readers.page import Segment
from flows.readers.pieces import Strip
from flows.readers.regions import NOTE, is_caption
from flows.readers.ruled import Grid
from flows.readers.text_rows import limit_of, parted, rows_of
from flows.readers.tiled import tiled_grid


def framed(number: int, lines: Sequence[Strip], frame: Frame, loose: Sequence[Segment], em: float, before: Grid | None) -> list[Grid]:
    """The tables inside a frame. Those of one width under one another share it: a caption or note between them parts them."""
    if frame.uprights:
        grid = _between_uprights(number, lines, frame, em, before)
        return [grid] if grid else []
    grids: list[Grid] = []
    for top, bottom in _sections(lines, frame.full()):
        inside = [line for line in lines if top < _height(line) < bottom]
        flats = tuple(s for s in frame.flats if top - 1 <= s.at <= bottom + 1)
        part = Frame(frame.x0, frame.x1, top, bottom, flats)
        if inside:
            drawn = [
                s for s in loose if s.horizontal and frame.x0 - 3 <= s.start and s.end <= frame.x1 + 3 and top - 1 <= s.at <= bottom + 1
            ]
            bands = [[line for line in inside if a < _height(line) < b] for a, b in pairwise(part.full())]
            chars = [char for line in inside for piece in line.pieces for char in piece.chars]
            may_tile = not any(_lists_figures(band) for band in bands)
            grid = tiled_grid(number, drawn, chars, em, None if grids else before) if may_tile else None
            grid = grid or _between_flats(number, inside, part, em, None if grids else before)
            if grid:
                grids.append(grid)
    return grids


def _lists_figures(band: Sequence[Strip]) -> bool:
    """Are there names and figures, line under line, with no line drawn between them: rows of a table, not one row of a form?"""
    return len(band) > 2 and all(len(line.pieces) > 1 and line.has_figures for line in band) and len(parted(list(band))) == len(band)


def _height(line: Strip) -> float:
    return line.pieces[0].chars[0].mid_y


def _sections(lines: Sequence[Strip], ys: Sequence[float]) -> list[tuple[float, float]]:
    """From line to line as far as no caption, note or larger title stands between."""
    sections: list[list[float]] = []
    usual = median(line.pieces[0].size for line in lines)
    open_ = False
    for line_above, bottom in pairwise(ys):
        band = [line for line in lines if line_above < _height(line) < bottom]
        top = line_above
        while not open_ and len(band) > 1 and is_caption(band[0]) and not is_caption(band[-1]):
            top = (_height(band[0]) + _height(band[1])) / 2  # the unit, printed inside the frame
            band = band[1:]
        stops = any(
            is_caption(line) or NOTE.match(line.text) or (len(line.pieces) == 1 and line.pieces[0].size > 1.2 * usual) for line in band
        )
        if stops or (not band and bottom - top > 3 * usual):
            open_ = False
            continue
        if open_:
            sections[-1][1] = bottom
        else:
            sections.append([top, bottom])
            open_ = True
    return [(top, bottom) for top, bottom in sections]


def _between_flats(number: int, lines: Sequence[Strip], frame: Frame, em: float, before: Grid | None) -> Grid | None:
    ys = distinct([s.at for s in frame.flats])
    bands = [[line for line in lines if a < _height(line) < b] for a, b in pairwise(ys)]
    stacked = any(len(parted(band)) > 1 for band in bands if band)
    if stacked or len(frame.full()) <= 3:
        return _loosely_ruled(number, lines, frame, bands, em, before)
    filled = [band for band in bands if band]
    xs = _columns_before(lines, frame, before, em)
    columns = [Column(a, b) for a, b in pairwise(xs)] if xs else columns_of(lines, filled, limit_of(lines, em))
    first = next((index for index, band in enumerate(filled) if any(line.has_figures for line in band)), len(filled))
    if len(filled) < 2 or not any(len(line.pieces) > 1 for line in lines):
        return None
    if not xs and not is_table([[line] for band in filled[:first] for line in band], filled[first:], columns):
        return None  # a form: rows have columns of their own, and lines as broad as the table do not tell them
    return banded(number, ys, bands, columns, frame, xs) if len(columns) > 1 else None


def _columns_before(lines: Sequence[Strip], frame: Frame, before: Grid | None, em: float) -> list[float] | None:
    """The edges of the table of the page before, where what is printed here fits its columns between the same outer lines."""
    if before is None or abs(before.xs[0] - frame.x0) > 3 or abs(before.xs[-1] - frame.x1) > 3:
        return None
    rows = rows_of(lines, em)[0]
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    if body is None:
        texts = [piece for line in lines for piece in line.pieces]
        return before.xs if sum(len(touched_by(piece, before.xs)) > 1 for piece in texts) <= 0.25 * len(texts) else None
    again = header_again(rows[:body], before)
    return before.xs if again is not None and fits(lines, before, em, again > 0) else None


def distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > ALIGNED:
            kept.append(value)
    return kept


def _loosely_ruled(
    number: int, lines: Sequence[Strip], frame: Frame, bands: Sequence[list[Strip]], em: float, before: Grid | None
) -> Grid | None:
    """Lines only above, below and under the header: rows are those of the text, and the header ends where the second line is."""
    rows, limit = rows_of(lines, em)
    xs = _columns_before(lines, frame, before, em)
    columns = [Column(a, b) for a, b in pairwise(xs)] if xs else columns_of([line for row in rows for line in row], rows, limit)
    if len(columns) < 2:
        return None
    head = list(bands[0]) if bands and not any(line.has_figures for line in bands[0]) and len(bands) > 1 else []
    if head:
        body = [line for line in lines if line not in head]
        if not body:
            return None
        rows = rows_of(body, em)[0]
    else:
        first = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
        if first is None:
            return None
        if xs and before is not None:
            first = header_again(rows[:first], before) or 0
        head, rows = [line for row in rows[:first] for line in row], rows[first:]
    is_empty = header_of_empty([head, *rows]) == 1
    if not is_empty and not any(line.has_figures for row in rows for line in row):
        return None
    if not is_empty and not xs and not (head and is_table([head], rows, columns)):
        return None
    return grid_of(number, [head] if head else [], rows, columns, xs, em, limit, frame)


def _between_uprights(number: int, lines: Sequence[Strip], frame: Frame, em: float, before: Grid | None) -> Grid | None:
    while len(lines) > 1 and is_caption(lines[0]):
        lines = lines[1:]  # the unit, printed inside the frame
    rows, limit = rows_of(lines, em)
    columns = [Column(a, b) for a, b in pairwise(frame.uprights)]
    first = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    again = header_again(rows[:first], before) if before is not None and _have_same_edges(before, frame.uprights) else None
    if again is not None:
        first = again
    elif first is None:
        first = header_of_empty(rows)
    elif len(rows) < 2:
        return None
    return None if first is None else grid_of(number, rows[:first], rows[first:], columns, frame.uprights, em, limit)


def _have_same_edges(before: Grid, xs: Sequence[float]) -> bool:
    return len(before.xs) == len(xs) and all(abs(a - b) <= ALIGNED for a, b in zip(before.xs, xs, strict=True))
