"""Tables without ruling, or with only some of it → grids, from how their text is aligned.

A table is taken for one only where its columns can be told: figures under one another in columns that no text crosses, below a header or
where the table of the page before goes on, or text in columns between drawn lines. Everything else stays running text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from flows.readers.broken import broken_leading, rows_with_figures_mended
from flows.readers.columns import Column, columns_of, edges, overlaps
from flows.readers.frames import Frame
from flows.readers.page import Char, PageContent, Segment
from flows.readers.pieces import Piece, Stacked, Strip, em_of, strips
from flows.readers.ruled import Grid, GridCell
from flows.readers.tiled import tiled_grid
from flows.values.text import squash

_LEADING = 1.5  # of a character's width: lines of one cell are usually no further apart
_MAX_LEADING = 1.9
_CAPTION = re.compile(
    r"单位[:：]|公开\d*表|^(?:编报|编制|填报|填表|公开)?(?:部门|单位|日期|时间)(?:名称|[（(][^()（）]*[)）])?[:：]|^续表|[（(]续表?[)）]$"
)
NOTE = re.compile(r"^[（(]?(?:注|备注|说明|附注|资料来源|数据来源)\d*[:：.、]")
LEADERS = re.compile(r"[.．·…。]{4,}|…{2,}")
_LABEL = re.compile(r"[^:：]{1,12}[:：]")
_ALIGNED = 2.0  # points
_CENTRED = 2.6  # points: how far a merged cell's text may be off the middle of its columns
_NEAR = 9.0  # points: text this close to its cell's side is set to that side
_MAX_SINGLES = 3  # lines with text in one column only, one after another, inside a table
_MAX_GAP = 9.0  # of a character's width between lines of one table (rows left blank between them)
_MIN_SHARE = 0.6
_PURE = 0.75  # of what a column of figures holds below its header are figures
_NAMED = 0.8  # of the columns of a table have words in its header


@dataclass(slots=True, eq=False)
class _Block(Stacked):
    """The lines of one cell."""

    pieces: list[Piece]
    left: int
    right: int

    @property
    def mid(self) -> float:
        return median(piece.mid for piece in self.pieces)

    @property
    def chars(self) -> tuple[Char, ...]:
        return tuple(char for piece in self.pieces for char in piece.chars)


@dataclass(slots=True)
class _Region:
    """Lines of text that may be a table, and what is drawn around and in it."""

    lines: list[Strip]
    frame: Frame | None = None
    above: bool = field(default=False)  # Does a caption stand right above?


def find_unruled(
    page: PageContent, chars: Sequence[Char], frames: Sequence[Frame], loose: Sequence[Segment], before: Grid | None
) -> list[Grid]:
    """The tables among characters outside ruled tables, top to bottom.

    ``loose``: the lines that make no closed cells, each as drawn; ``before``: the last table of the page before, if not ruled.
    """
    if not chars:
        return []
    em = em_of(chars)
    grids = []
    rest = list(chars)
    first = True
    for frame in sorted(frames, key=lambda f: f.top):
        inside = [char for char in rest if frame.holds(char)]
        lines = strips(inside, em)
        if not lines:
            continue
        for grid in _framed(page.number, lines, frame, loose, em, before if first else None):
            first = False
            grids.append(grid)
            taken = {id(char) for cell in grid.cells for char in cell.chars}
            rest = [char for char in rest if id(char) not in taken]
    lines = strips(rest, em)
    for region in _regions(lines, em, [grid.ys for grid in grids]):
        free = _free(page.number, region, em, before if first else None)
        if free:
            grids.append(free)
            first = False
    return sorted(grids, key=lambda grid: grid.ys[0])


# -- where tables may be ---------------------------------------------------------------------------------------------------


def is_row_line(line: Strip) -> bool:
    """Does the line print several cells: no directory line, no line of labels to fill in?"""
    if len(line.pieces) < 2 or LEADERS.search(line.text) or is_caption(line):
        return False
    labels = sum(1 for piece in line.pieces if _LABEL.match(piece.text))
    return labels * 2 < len(line.pieces)


def is_caption(line: Strip) -> bool:
    """A line that stands above a table: its number, its unit, whose it is."""
    return any(_CAPTION.search(piece.text) for piece in line.pieces) and not line.has_figures


def _regions(lines: Sequence[Strip], em: float, taken: Sequence[list[float]]) -> Iterable[_Region]:
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
            caption = is_caption(line)
            continue
        run.append(line)
    if run:
        yield from _cut(run, em, caption)


def _cut(run: list[Strip], em: float, caption: bool) -> Iterable[_Region]:
    """A run without what stands before its first and after its last row, cut where too many lines of one piece follow one another."""
    parts: list[tuple[int, int]] = []
    singles = 0
    widest: dict[int, float] = {}  # of the text that begins at a place in rows of several cells
    for line in run:
        for piece in line.pieces if is_row_line(line) else ():
            widest[round(piece.x0)] = max(widest.get(round(piece.x0), 0.0), piece.x1)
    for index, line in enumerate(run):
        if not is_row_line(line):
            first = line.pieces[0]
            reach = max(widest.get(round(first.x0) + shift, 0.0) for shift in (-1, 0, 1))
            singles += not (len(line.pieces) == 1 and first.x1 <= reach + 2 * em)
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
        yield _Region(run[start:stop], above=caption and start == 0)


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


# -- rows ------------------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Strip], em: float) -> tuple[list[list[Strip]], float]:
    """Lines row by row, and the distance above which two lines are of two rows."""
    leading = broken_leading(lines, em)
    if leading is not None:
        return rows_with_figures_mended(lines, leading)
    limit = _limit(lines, em)
    rows = [[lines[0]]]
    for above, line in pairwise(lines):
        if line.baseline - above.baseline > limit:
            rows.append([])
        rows[-1].append(line)
    return _unwrapped([part for row in rows for part in _parted(row)], limit), limit


def _limit(lines: Sequence[Strip], em: float) -> float:
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


def _parted(row: list[Strip]) -> list[list[Strip]]:
    """A row with figures on several lines of one column is several rows, cut where lines are furthest apart."""
    anchors = [index for index, line in enumerate(row) if line.has_figures]
    for a, b in pairwise(anchors):
        upper, lower = row[a], row[b]
        stacked = any(p.is_figure and q.is_figure and overlaps(p, q.x0, q.x1) for p in upper.pieces for q in lower.pieces)
        if stacked:
            gaps = [row[i + 1].baseline - row[i].baseline for i in range(a, b)]
            cut = a + 1 + gaps.index(max(gaps))
            return [row[:cut], *_parted(row[cut:])]
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


# -- a table without any line ----------------------------------------------------------------------------------------------


def _free(number: int, region: _Region, em: float, before: Grid | None) -> Grid | None:
    lines = region.lines
    if len(lines) < 2:
        return None
    if before is not None:
        grid = _continuing(number, lines, em, before)
        if grid:
            return grid
    rows, limit = _rows(lines, em)
    columns = columns_of([line for row in rows for line in row], rows, limit)
    if len(columns) < 2:
        return None
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), len(rows))
    head, below = rows[:body], rows[body:]
    if not _is_table(head, below, columns):
        return None
    below = _without_tail(below, columns)
    return _grid(number, head, below, columns, None, em, limit)


def _continuing(number: int, lines: Sequence[Strip], em: float, before: Grid) -> Grid | None:
    """The lines as rows of the table of the page before, where they fit its columns and hold figures."""
    rows, limit = _rows(lines, em)
    columns = [Column(a, b) for a, b in pairwise(before.xs)]
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    if body is None or not _fits([line for row in rows for line in row], before, em):
        return None
    if not _same_header(rows[:body], before):
        if any(len(line.pieces) > 1 for row in rows[:body] for line in row):
            return None
        body = 0  # names without figures come first
    return _grid(number, rows[:body], _without_tail(rows[body:], columns), columns, before.xs, em, limit)


def _same_header(head: Sequence[Sequence[Strip]], before: Grid) -> bool:
    """Is nothing printed above the figures but what the table before begins with?"""
    here = Counter("".join(line.text for row in head for line in row))
    there: Counter[str] = Counter()
    for row in range(len(before.ys) - 1):
        if there == here:
            return True
        there.update(squash("".join(char.text for cell in before.cells if cell.top == row for char in cell.chars)))
    return there == here


def _fits(lines: Sequence[Strip], before: Grid, em: float) -> bool:
    """Do the lines stand in the columns of the table before: figures lined up as there, hardly any text across?"""
    pieces = [piece for line in lines for piece in line.pieces]
    if any(piece.x0 < before.xs[0] - em or piece.x1 > before.xs[-1] + em for piece in pieces):
        return False
    crossing = [piece for piece in pieces if len(_touched(piece, before.xs)) > 1]
    if any(piece.is_figure for piece in crossing) or len(crossing) > 0.25 * len(pieces):
        return False
    aligned = contrary = 0
    for index in range(len(before.xs) - 1):
        there = [Piece(c.chars) for c in before.cells if (c.left, c.right) == (index, index + 1) and c.chars]
        there = [piece for piece in there if piece.is_figure]
        here = [piece for piece in pieces if piece.is_figure and _touched(piece, before.xs) == [index]]
        if there and here:
            if _lined_up([*there, *here]) or _lined_up([there[-1], *here]):
                aligned += 1
            else:
                contrary += 1
    return aligned > contrary


def _is_table(head: Sequence[Sequence[Strip]], body: Sequence[Sequence[Strip]], columns: Sequence[Column]) -> bool:
    """Figures under one another below a header that names their columns."""
    if not head or not body:
        return False
    body = [row for row in body if not _numbers_columns(row)] or body
    named, counts, figures = [], [], []
    for column in columns:
        named.append(any(overlaps(p, column.x0, column.x1) for row in head for line in row for p in line.pieces))
        cells = [p for row in body for line in row for p in line.pieces if overlaps(p, column.x0, column.x1)]
        counts.append(len(cells))
        figures.append([p for p in cells if p.is_figure])
    if sum(named) < max(2, _MIN_SHARE * len(columns)):
        return False
    measured = [index for index, found in enumerate(figures) if found]
    if not measured or not all(named[index] or len(columns) > 4 for index in measured):
        return False
    if not any(_lined_up(figures[index]) for index in measured):
        return False
    if any(len(figures[index]) < _PURE * count for index, count in enumerate(counts) if figures[index]):
        return False  # words and figures mixed in a column: a form, whose cells are not those of columns
    pieces = [p for row in body for line in row for p in line.pieces]
    across = [p for p in pieces if sum(1 for c in columns if overlaps(p, c.x0, c.x1)) > 1]
    if len(across) > 0.15 * len(pieces):
        return False
    if len(body) == 1:
        return len(columns) >= 3 and len(measured) >= 2
    return len(measured) >= 3 or any(len(figures[index]) >= 2 for index in measured)


def _numbers_columns(row: Sequence[Strip]) -> bool:
    """Does the row print 1, 2, 3 … below the header, in the middle of columns whose figures are set to the right?"""
    figures = [piece.text for line in row for piece in line.pieces if piece.is_figure]
    return len(figures) > 1 and figures == [str(number) for number in range(1, len(figures) + 1)]


def _lined_up(pieces: Sequence[Piece]) -> bool:
    """Do most of the pieces of a column share an edge or their middle?"""
    for where in (lambda p: p.x1, lambda p: p.x0, lambda p: p.mid):
        centre = median(where(piece) for piece in pieces)
        if sum(1 for piece in pieces if abs(where(piece) - centre) <= _ALIGNED) >= 0.7 * len(pieces):
            return True
    return False


def _without_tail(rows: list[list[Strip]], columns: Sequence[Column]) -> list[list[Strip]]:
    """Rows without the lines at the end that are none: text that crosses columns, or stands apart."""
    rows = list(rows)
    while len(rows) > 1:
        last = rows[-1]
        pieces = [piece for line in last for piece in line.pieces]
        touched = [column for column in columns if any(overlaps(piece, column.x0, column.x1) for piece in pieces)]
        distances = [b[0].baseline - a[-1].baseline for a, b in pairwise(rows[:-1])]
        far = distances and last[0].baseline - rows[-2][-1].baseline > 1.6 * max(distances)
        if len(pieces) == 1 and not pieces[0].is_figure and (len(touched) > 1 or far):
            rows.pop()
        else:
            break
    return rows


# -- cells -----------------------------------------------------------------------------------------------------------------


def _touched(piece: Piece, xs: Sequence[float]) -> list[int]:
    """The columns that a piece reaches into; where it is in none, the nearest."""
    found = [index for index, (a, b) in enumerate(pairwise(xs)) if overlaps(piece, a, b)]
    return found or [min(range(len(xs) - 1), key=lambda index: abs((xs[index] + xs[index + 1]) / 2 - piece.mid))]


def _grid(
    number: int,
    head: Sequence[Sequence[Strip]],
    body: Sequence[Sequence[Strip]],
    columns: Sequence[Column],
    xs: Sequence[float] | None,
    em: float,
    limit: float,
    frame: Frame | None = None,
) -> Grid | None:
    header_lines = [line for row in head for line in row]
    if xs is None:
        middles = _middles(header_lines, columns, limit)
        xs = edges(columns, middles, frame.x0 if frame else None, frame.x1 if frame else None)
    cells, ys = _header(header_lines, xs, em, limit)
    depth = len(ys)
    ends = [row[-1].baseline + 0.25 * em for row in body]
    starts = [row[0].baseline - 0.9 * em for row in body]
    if not ys:
        ys = [starts[0] - 1]
        depth = 0
    else:
        ys.append((header_lines[-1].baseline + 0.25 * em + starts[0]) / 2 if body else header_lines[-1].baseline + 0.4 * em)
    for end, start in zip(ends, starts[1:], strict=False):
        ys.append((end + start) / 2)
    if body:
        ys.append(ends[-1] + 1)
    for index, row in enumerate(body):
        cells += [GridCell(depth + index, depth + index + 1, b.left, b.right, b.chars) for b in _body_blocks(row, xs)]
    if any(a >= b for a, b in pairwise(ys)):
        return None
    return Grid(number, list(xs), ys, _with_blanks(cells, len(ys) - 1, len(xs) - 1), ruled=False)


def _with_blanks(cells: Sequence[GridCell], rows: int, columns: int) -> list[GridCell]:
    taken = {(r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)}
    blanks = [GridCell(r, r + 1, c, c + 1, ()) for r in range(rows) for c in range(columns) if (r, c) not in taken]
    return [*cells, *blanks]


def _body_blocks(row: Sequence[Strip], xs: Sequence[float]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in row:
        for piece in line.pieces:
            touched = _touched(piece, xs)
            left, right = touched[0], touched[-1] + 1
            same = [block for block in blocks if block.left < right and left < block.right]
            merged = _Block([*(p for block in same for p in block.pieces), piece], left, right)
            for block in same:
                merged.left, merged.right = min(merged.left, block.left), max(merged.right, block.right)
                blocks.remove(block)
            blocks.append(merged)
    for block in blocks:
        _widen(block, [other for other in blocks if other is not block], xs)
    return blocks


def _widen(block: _Block, others: Sequence[_Block], xs: Sequence[float]) -> None:
    """A text that is not centred in its own columns, but in more of them that are else blank, is a cell over all of those."""
    a, b = xs[block.left], xs[block.right]
    room = block.x1 - block.x0
    if block.right - block.left == 1 and (block.x0 - a < _NEAR or b - block.x1 < _NEAR or abs((a + b) / 2 - block.mid) <= _CENTRED):
        return
    found = []
    for left in range(block.left + 1):
        for right in range(block.right, len(xs)):
            if right - left < 2 or any(other.left < right and left < other.right for other in others):
                continue
            if abs((xs[left] + xs[right]) / 2 - block.mid) <= _CENTRED and xs[right] - xs[left] > room:
                found.append((right - left, left, right))
    if found:
        _, block.left, block.right = min(found)


def _header_blocks(lines: Sequence[Strip], xs: Sequence[float], limit: float) -> list[_Block]:
    """The cells of a header: lines close to each other with one middle or one left edge."""
    blocks: list[_Block] = []
    for line in lines:
        for piece in line.pieces:
            home = next(
                (
                    block
                    for block in blocks
                    if 0 < piece.baseline - block.bottom <= limit
                    and overlaps(piece, block.x0 - 1, block.x1 + 1)
                    and (abs(block.pieces[-1].mid - piece.mid) <= _ALIGNED or abs(block.pieces[-1].x0 - piece.x0) <= _ALIGNED)
                ),
                None,
            )
            if home:
                home.pieces.append(piece)
            else:
                blocks.append(_Block([piece], 0, 0))
    for block in blocks:
        touched = sorted({index for piece in block.pieces for index in _touched(piece, xs)})
        block.left, block.right = touched[0], touched[-1] + 1
    return blocks


def _middles(lines: Sequence[Strip], columns: Sequence[Column], limit: float) -> list[float | None]:
    """Of each column: the middle of the lowest header cell over it alone."""
    rough = [columns[0].x0 - 3, *((a.x1 + b.x0) / 2 for a, b in pairwise(columns)), columns[-1].x1 + 3]
    blocks = _header_blocks(lines, rough, limit)
    middles: list[float | None] = []
    for index in range(len(columns)):
        own = [block for block in blocks if block.left == index and block.right == index + 1]
        lowest = max(own, key=lambda block: block.bottom, default=None)
        spread = max(abs(piece.mid - lowest.mid) for piece in lowest.pieces) if lowest else 0.0
        middles.append(lowest.mid if lowest and spread <= _ALIGNED else None)
    return middles


def _header(lines: Sequence[Strip], xs: Sequence[float], em: float, limit: float) -> tuple[list[GridCell], list[float]]:
    """Header cells with their spans, and where the header's rows begin."""
    if not lines:
        return [], []
    blocks = _header_blocks(lines, xs, limit)
    width = len(xs) - 1
    leaves: list[_Block | None] = []
    for index in range(width):
        own = [block for block in blocks if block.left == index and block.right == index + 1]
        leaves.append(max(own, key=lambda block: block.bottom, default=None))
    leaf_ids = {id(leaf) for leaf in leaves if leaf}
    upper = [block for block in blocks if id(block) not in leaf_ids]
    for block in sorted(upper, key=lambda b: -b.height):
        _spread(block, [b for b in upper if b is not block], leaves, xs, em)
    stacks: list[list[_Block]] = []
    for index in range(width):
        over = sorted((b for b in upper if b.left <= index < b.right), key=lambda b: b.height)
        leaf = leaves[index]
        stacks.append([*over, leaf] if leaf and leaf not in over else over)
    depth = max(len(stack) for stack in stacks)
    cells = []
    ends: dict[int, list[float]] = {}
    begins: dict[int, list[float]] = {}
    for block in blocks:
        mine = [stack for stack in stacks if block in stack]
        if not mine:
            continue
        level = max(stack.index(block) for stack in mine)
        end = min((stack.index(block) + 1 if stack[-1] is not block else depth) for stack in mine)
        if end <= level:
            return _flat_header(blocks, lines, em)
        cells.append(GridCell(level, end, block.left, block.right, block.chars))
        ends.setdefault(end, []).append(block.bottom + 0.25 * em)
        begins.setdefault(level, []).append(block.top - 0.9 * em)
    if _collide(cells):
        return _flat_header(blocks, lines, em)
    ys = [lines[0].baseline - 0.9 * em - 1]
    last = lines[-1].baseline + 0.25 * em
    for level in range(1, depth):
        upper_end = max(ends.get(level, [ys[-1]]))
        lower_begin = min(begins.get(level, [last]))
        ys.append(max((upper_end + lower_begin) / 2, ys[-1] + 1.0))
    return cells, ys


def _collide(cells: Sequence[GridCell]) -> bool:
    seen = [(r, c) for cell in cells for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)]
    return len(seen) != len(set(seen))


def _flat_header(blocks: Sequence[_Block], lines: Sequence[Strip], em: float) -> tuple[list[GridCell], list[float]]:
    """A header whose levels cannot be told: every column's words together in one row, as far as they stand over it."""
    owners: list[_Block] = []
    for block in sorted(blocks, key=lambda b: (b.top, b.left)):
        same = [o for o in owners if o.left < block.right and block.left < o.right]
        merged = _Block([*(p for o in same for p in o.pieces), *block.pieces], block.left, block.right)
        for other in same:
            merged.left, merged.right = min(merged.left, other.left), max(merged.right, other.right)
            owners.remove(other)
        owners.append(merged)
    return [GridCell(0, 1, o.left, o.right, o.chars) for o in owners], [lines[0].baseline - 0.9 * em - 1]


def _spread(block: _Block, others: Sequence[_Block], leaves: Sequence[_Block | None], xs: Sequence[float], em: float) -> None:
    """Sets the columns of a header cell that stands over others: those whose middle is its own, with cells below in each."""
    found = []
    for left in range(block.left + 1):
        for right in range(max(block.right, left + 2), len(xs)):
            if abs((xs[left] + xs[right]) / 2 - block.mid) > _CENTRED:
                continue
            below = [leaf for leaf in leaves[left:right] if leaf]
            if not below:
                continue
            lowest = max(leaf.height for leaf in below)
            if any(leaf.height < block.height + max(0.5 * em, 0.75 * (lowest - block.height)) for leaf in below):
                continue
            beside = [o for o in others if abs(o.height - block.height) < 0.5 * em]
            if any(o.left < right and left < o.right for o in beside):
                continue
            found.append((right - left, left, right))
    if found:
        _, block.left, block.right = max(found)


# -- a table with some lines -----------------------------------------------------------------------------------------------


def _framed(number: int, lines: Sequence[Strip], frame: Frame, loose: Sequence[Segment], em: float, before: Grid | None) -> list[Grid]:
    """The tables inside a frame. Those of one width under one another share it: a caption or note between them parts them."""
    if frame.uprights:
        grid = _between_uprights(number, lines, frame, em)
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
    return len(band) > 2 and all(len(line.pieces) > 1 and line.has_figures for line in band) and len(_parted(list(band))) == len(band)


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
    ys = _distinct([s.at for s in frame.flats])
    bands = [[line for line in lines if a < _height(line) < b] for a, b in pairwise(ys)]
    stacked = any(len(_parted(band)) > 1 for band in bands if band)
    if stacked or len(frame.full()) <= 3:
        return _loosely_ruled(number, lines, frame, bands, em, before)
    filled = [band for band in bands if band]
    xs = _columns_before(lines, frame, before, em)
    columns = [Column(a, b) for a, b in pairwise(xs)] if xs else columns_of(lines, filled, _limit(lines, em))
    first = next((index for index, band in enumerate(filled) if any(line.has_figures for line in band)), len(filled))
    if len(filled) < 2 or not any(len(line.pieces) > 1 for line in lines):
        return None
    if not xs and not _is_table([[line] for band in filled[:first] for line in band], filled[first:], columns):
        return None  # a form: rows have columns of their own, and lines as broad as the table do not tell them
    return _banded(number, ys, bands, columns, frame, xs) if len(columns) > 1 else None


def _columns_before(lines: Sequence[Strip], frame: Frame, before: Grid | None, em: float) -> list[float] | None:
    """The edges of the table of the page before, where what is printed here fits its columns between the same outer lines."""
    if before is None or abs(before.xs[0] - frame.x0) > 3 or abs(before.xs[-1] - frame.x1) > 3:
        return None
    rows = _rows(lines, em)[0]
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    if body is None:
        texts = [piece for line in lines for piece in line.pieces]
        return before.xs if sum(len(_touched(piece, before.xs)) > 1 for piece in texts) <= 0.25 * len(texts) else None
    if not _same_header(rows[:body], before) and any(len(line.pieces) > 2 for row in rows[:body] for line in row):
        return None
    return before.xs if _fits(lines, before, em) else None


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _ALIGNED:
            kept.append(value)
    return kept


def _loosely_ruled(
    number: int, lines: Sequence[Strip], frame: Frame, bands: Sequence[list[Strip]], em: float, before: Grid | None
) -> Grid | None:
    """Lines only above, below and under the header: rows are those of the text, and the header ends where the second line is."""
    rows, limit = _rows(lines, em)
    xs = _columns_before(lines, frame, before, em)
    columns = [Column(a, b) for a, b in pairwise(xs)] if xs else columns_of([line for row in rows for line in row], rows, limit)
    if len(columns) < 2:
        return None
    head = list(bands[0]) if bands and not any(line.has_figures for line in bands[0]) and len(bands) > 1 else []
    if head:
        body = [line for line in lines if line not in head]
        if not body:
            return None
        rows = _rows(body, em)[0]
    else:
        first = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
        if first is None:
            return None
        if xs and before is not None and not _same_header(rows[:first], before):
            first = 0  # names without figures come first
        head, rows = [line for row in rows[:first] for line in row], rows[first:]
    if not any(line.has_figures for row in rows for line in row):
        return None
    if not xs and head and not _is_table([head], rows, columns):
        return None
    return _grid(number, [head] if head else [], rows, columns, xs, em, limit, frame)


def _between_uprights(number: int, lines: Sequence[Strip], frame: Frame, em: float) -> Grid | None:
    while len(lines) > 1 and is_caption(lines[0]):
        lines = lines[1:]  # the unit, printed inside the frame
    rows, limit = _rows(lines, em)
    columns = [Column(a, b) for a, b in pairwise(frame.uprights)]
    first = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), None)
    if first is None or len(rows) < 2:
        return None
    return _grid(number, rows[:first], rows[first:], columns, frame.uprights, em, limit)


def _banded(
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
    blocks: dict[tuple[int, int], list[_Block]] = {}
    for r, band in enumerate(bands):
        for line in band:
            for piece in line.pieces:
                touched = _touched(piece, xs)
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


def _put(blocks: list[_Block], piece: Piece, left: int, right: int) -> None:
    same = [block for block in blocks if block.left < right and left < block.right]
    merged = _Block([*(p for block in same for p in block.pieces), piece], left, right)
    for block in same:
        merged.left, merged.right = min(merged.left, block.left), max(merged.right, block.right)
        blocks.remove(block)
    blocks.append(merged)


def _widen_in_run(block: _Block, others: Sequence[_Block], same: Sequence[int], xs: Sequence[float], over_others: bool) -> None:
    """As ``_widen``, over blank cells of the same rows only. ``over_others``: a header cell with header cells below, which none is blank."""
    a, b = xs[block.left], xs[block.right]
    if not over_others:
        single = block.right - block.left == 1
        if single and (abs((a + b) / 2 - block.mid) <= _CENTRED or block.x0 - a < _NEAR or b - block.x1 < _NEAR):
            return
    found = []
    for left in range(block.left + 1):
        for right in range(block.right, len(xs)):
            if right - left < 2 or any(c not in same for c in range(left, right)):
                continue
            if any(other.left < right and left < other.right for other in others):
                continue
            if abs((xs[left] + xs[right]) / 2 - block.mid) <= _CENTRED:
                found.append((right - left, left, right))
    if found:
        _, block.left, block.right = max(found) if over_others else min(found)


def _drawn(flats: Sequence[Segment], y: float, x0: float, x1: float) -> bool:
    """Is there a line at this height over most of x0..x1?"""
    covered = sum(max(0.0, min(s.end, x1) - max(s.start, x0)) for s in flats if abs(s.at - y) <= _ALIGNED)
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
        middles.append(median(mids) if mids and max(mids) - min(mids) <= 2 * _ALIGNED else None)
    return middles
