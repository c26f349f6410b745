"""Where on a page tables without lines may be: runs of printed lines of several cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.readers.pieces import Piece, Strip
from flows.values.continuation import is_continuation

_CAPTION = re.compile(
    r"单位[:：]|公开\d*表|^(?:编报|编制|填报|填表|公开)?(?:部门|单位|日期|时间)(?:名称|[（(][^()（）]*[)）])?[:：]|^续表|[（(]续表?[)）]$"
)
NOTE = re.compile(r"^[（(]?(?:注|备注|说明|附注|资料来源|数据来源)\d*[:：.、]")
LEADERS = re.compile(r"[.．·…。]{4,}|…{2,}")
_LABEL = re.compile(r"[^:：]{1,12}[:：]")
_MAX_SINGLES = 3  # lines with text in one column only, one after another, inside a table
_ALIGNED = 1.5  # points
_MAX_GAP = 9.0  # of a character's width between lines of one table (rows left blank between them)


@dataclass(slots=True)
class Region:
    """Lines of text that may be a table."""

    lines: list[Strip]
    captioned: bool  # Does a caption stand right above?


def is_row_line(line: Strip) -> bool:
    """Does the line print several cells: no directory line, no line of labels to fill in?"""
    if len(line.pieces) < 2 or LEADERS.search(line.text) or is_caption(line):
        return False
    labels = sum(1 for piece in line.pieces if _LABEL.match(piece.text))
    return labels * 2 < len(line.pieces)


def is_caption(line: Strip) -> bool:
    """A line that stands above a table: its number, its unit, whose it is."""
    return any(_CAPTION.search(piece.text) for piece in line.pieces) and not line.has_figures


def regions(lines: Sequence[Strip], em: float, taken: Sequence[list[float]]) -> Iterable[Region]:
    """Runs of lines that may be tables: rows of several cells, and lines with one cell between them."""
    run: list[Strip] = []
    caption = False
    for line in lines:
        parted = run and any(run[-1].baseline < ys[0] < line.baseline for ys in taken)
        far = run and line.baseline - run[-1].baseline > _MAX_GAP * em
        stops = is_caption(line) or NOTE.match(line.text) or LEADERS.search(line.text)
        if run and (parted or far or stops):
            yield from _cut(run, em, caption)
            run, caption = [], False
        if stops:
            caption = is_caption(line) and not is_continuation(line.text)
            continue
        run.append(line)
    if run:
        yield from _cut(run, em, caption)


def _cut(run: list[Strip], em: float, caption: bool) -> Iterable[Region]:
    """A run without what stands before its first and after its last row, cut where too many lines of one piece follow one another."""
    parts: list[tuple[int, int]] = []
    singles = 0
    rows = [line for line in run if is_row_line(line)]
    for index, line in enumerate(run):
        if not is_row_line(line):
            singles += not (len(line.pieces) == 1 and _is_cell(line.pieces[0], rows, em))
            continue
        if not parts or singles > _MAX_SINGLES:
            parts.append((index, index + 1))
        else:
            parts[-1] = (parts[-1][0], index + 1)
        singles = 0
    for number, (start, stop) in enumerate(parts):
        least = parts[number - 1][1] if number else 0
        most = parts[number + 1][0] if number + 1 < len(parts) else len(run)
        aligned = [piece.x0 for line in run[start:stop] for piece in line.pieces]
        while not caption and start > least and _goes_before(run[start - 1], run[start], aligned, em):
            start -= 1
        while start > least and _may_begin(run[start - 1], run[start], em, caption and least == 0 and start <= _MAX_SINGLES):
            start -= 1
        while stop < most and _may_end(run[stop], run[stop - 1], em):
            stop += 1
        yield Region(run[start:stop], caption and start == 0)


def _is_cell(piece: Piece, rows: Sequence[Strip], em: float) -> bool:
    """May a piece alone on its line be a cell of these rows: does it begin where cells do and is hardly longer, or reach over no two of them?"""
    reach = max((other.x1 for row in rows for other in row.pieces if abs(other.x0 - piece.x0) <= _ALIGNED), default=0.0)
    across = any(sum(1 for other in row.pieces if other.x0 < piece.x1 and piece.x0 < other.x1) > 1 for row in rows)
    return piece.x1 <= reach + 2 * em or not across


def _goes_before(line: Strip, below: Strip, aligned: Sequence[float], em: float) -> bool:
    """May a line of one piece at the top of a page be a row of the table that goes on there: set where its cells are?"""
    piece = line.pieces[0]
    set_there = any(abs(piece.x0 - x) <= 1.0 for x in aligned)
    alike = len(line.pieces) == 1 and abs(piece.size - below.pieces[0].size) <= 0.15 * piece.size
    return alike and set_there and below.baseline - line.baseline < 2.6 * em and line.text[-1:] not in "。；："


def _may_begin(line: Strip, below: Strip, em: float, after_caption: bool) -> bool:
    """May a line of one piece belong to the first row: the first line of a wrapped cell, a header over several columns?"""
    piece = line.pieces[0]
    if abs(piece.size - below.pieces[0].size) > 0.15 * piece.size or len(piece.text) > 20:
        return False
    return below.baseline - line.baseline < (3.2 if after_caption else 1.2) * em


def _may_end(line: Strip, above: Strip, em: float) -> bool:
    piece = line.pieces[0]
    if len(line.pieces) > 1 or abs(piece.size - above.pieces[0].size) > 0.15 * piece.size or line.text[-1:] in "。；":
        return False
    return line.baseline - above.baseline < 2.6 * em
