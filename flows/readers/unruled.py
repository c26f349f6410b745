"""Tables without ruling, or with only some of it → grids, from how their text is aligned.

A table is taken for one only where its columns can be told: figures under one another in columns that no text crosses, below a header or
where the table of the page before goes on, or text in columns between drawn lines. Everything else stays running text.
"""

from collections.abc import Sequence

from flows.readers.cells import grid_of
from flows.readers.centred import centred_grid
from flows.readers.columns import columns_of
from flows.readers.empty_table import header_of_empty
from flows.readers.evidence import is_table, numbers_columns, without_tail
from flows.readers.framed import framed
from flows.readers.frames import Frame
from flows.readers.going_on import rows_going_on
from flows.readers.page import Char, PageContent, Segment
from flows.readers.pieces import em_of, strips
from flows.readers.regions import Region, regions
from flows.readers.ruled import Grid
from flows.readers.text_rows import rows_of
from flows.values.continuation import is_continuation


def find_unruled(
    page: PageContent, chars: Sequence[Char], frames: Sequence[Frame], loose: Sequence[Segment], before: Grid | None, form_goes_on: bool
) -> list[Grid]:
    """The tables among characters outside ruled tables, top to bottom.

    ``loose``: the lines that make no closed cells, each as drawn; ``before``: the last table of the page before, if not ruled;
    ``form_goes_on``: a form without lines does, so that what comes first here is no table of its own.
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
        for grid in framed(page.number, lines, frame, loose, em, before if first else None):
            first = False
            grids.append(grid)
            taken = {id(char) for cell in grid.cells for char in cell.chars}
            rest = [char for char in rest if id(char) not in taken]
    lines = strips(rest, em)
    for region in regions(lines, em, [grid.ys for grid in grids]):
        if form_goes_on and all(is_continuation(line.text) for line in lines[: lines.index(region.lines[0])]):
            continue
        free = _free(page.number, region, em, before if first else None)
        if free:
            grids.append(free)
            first = False
    return sorted(grids, key=lambda grid: grid.ys[0])


def _free(number: int, region: Region, em: float, before: Grid | None) -> Grid | None:
    lines = region.lines
    if before is not None:
        grid = rows_going_on(number, lines, em, before)
        if grid:
            return grid
    if len(lines) < 2:
        return None
    rows, limit = rows_of(lines, em)
    columns = columns_of([line for row in rows for line in row], rows, limit)
    if len(columns) < 2:
        return None
    empty = header_of_empty(rows)
    if empty is not None:
        is_told = len(columns) > 2 and (region.captioned or any(numbers_columns(row) for row in rows[empty:]))
        return grid_of(number, rows[:empty], rows[empty:], columns, None, em, limit) if is_told else None
    body = next((index for index, row in enumerate(rows) if any(line.has_figures for line in row)), len(rows))
    head, below = rows[:body], rows[body:]
    if not is_table(head, below, columns, region.captioned) or centred_grid(number, lines, em, has_block=True):
        return None
    below = without_tail(below, columns)
    return grid_of(number, head, below, columns, None, em, limit)
