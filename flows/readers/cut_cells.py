"""A cell that a page break cuts, without a line at the break while cells beside it have one, is one cell with its text on either page.

So a spreadsheet prints a merged cell: other cells end at the last line of the page, it goes on above the first line of the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.document import Cell
from flows.values.text import clean

Row = tuple[Cell, ...]


def goes_through_break(shut_below: Sequence[bool], shut_above: Sequence[bool]) -> bool:
    """Do some cells go on over the page break, while others end there?"""
    return any(shut_below) and not all(shut_below) and any(shut_above) and not all(shut_above)


def with_cut_cells_joined(rows: Sequence[Row], at: int, shut_below: Sequence[bool], shut_above: Sequence[bool]) -> list[Row]:
    """The rows with the cells that go on over the page break above row ``at`` as one.

    ``shut_below`` and ``shut_above``: of each column, whether a line is drawn under the rows before and over the rows after.
    """
    joined = [list(row) for row in rows]
    if not 0 < at < len(rows) or not goes_through_break(shut_below, shut_above):
        return [tuple(row) for row in joined]
    for lower in rows[at]:
        across = range(lower.col, lower.col + lower.colspan)
        if any(shut_below[column] or shut_above[column] for column in across):
            continue
        above = list(_parts(joined, range(at - 1, -1, -1), lower, covered_first=True))
        if above:
            _join(joined, above, list(_parts(joined, range(at, len(joined)), lower, covered_first=False)))
    return [tuple(row) for row in joined]


def _parts(rows: Sequence[Sequence[Cell]], numbers: range, like: Cell, *, covered_first: bool) -> Iterator[tuple[int, int]]:
    """Row and position of every part of the cell with the columns of ``like`` that begins or ends at the first of ``numbers``."""
    for count, number in enumerate(numbers):
        place = next((i for i, cell in enumerate(rows[number]) if (cell.col, cell.colspan) == (like.col, like.colspan)), None)
        if place is None:
            return
        begins = not rows[number][place].covered
        if begins and count and not covered_first:
            return
        yield number, place
        if begins and covered_first:
            return


def _join(rows: Sequence[list[Cell]], above: list[tuple[int, int]], below: list[tuple[int, int]]) -> None:
    upper, lower = rows[above[-1][0]][above[-1][1]], rows[below[0][0]][below[0][1]]
    depth = len(above) + len(below)
    for row, place in (*above, *below):
        rows[row][place] = replace(rows[row][place], text="", raw="", rowspan=depth, covered=True)
    raw = "\n".join(part for part in (upper.raw, lower.raw) if part)
    # The text is where it is printed, though the cell begins on the page before.
    stands = upper.place if upper.raw or not lower.raw else replace(upper.place, page=lower.place.page, box=lower.place.box)
    rows[above[-1][0]][above[-1][1]] = replace(upper, text=clean(raw), raw=raw, place=stands, rowspan=depth)
