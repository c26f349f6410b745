"""Lists set in two or three blocks side by side, under the same header each time → the blocks one below the other."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flows.document import Cell, Table
from flows.values.text import squash

_MOST_BLOCKS = 4
_LEAST_COLUMNS = 3
_FIRST_ROWS = 6  # titles and units may stand above the header

Row = tuple[Cell, ...]


def stacked(table: Table) -> Table:
    """The table with each block's rows below those of the block to its left; as it is where its header does not come again.

    Places stay those of the print. Rows with a cell across the blocks come last.
    """
    if not table.exact:
        return table
    found = next(((at, edges) for at, row in enumerate(table.rows[:_FIRST_ROWS]) if (edges := _edges(row))), None)
    if found is None:
        return table
    at, edges = found
    whole = [row for row in table.rows[at:] if any(_crosses(cell, edges) for cell in row)]
    parted = [row for row in table.rows[at:] if not any(row is other for other in whole)]
    bounds = [*edges, table.width]
    blocks = [
        tuple(replace(cell, col=cell.col - left + edges[0]) for cell in row if left <= cell.col < right)
        for left, right in pairwise(bounds)
        for row in parted
    ]
    return replace(table, rows=(*table.rows[:at], *(row for row in blocks if row), *whole))


def _edges(row: Sequence[Cell]) -> list[int] | None:
    """Where the blocks of a header begin; None where it is no header that comes again."""
    labels = [squash(cell.text) for cell in row]
    for count in range(_MOST_BLOCKS, 1, -1):
        size, over = divmod(len(labels), count)
        if over or size < _LEAST_COLUMNS or len(set(labels[:size])) < size or not all(labels) or labels != labels[:size] * count:
            continue
        return [row[size * block].col for block in range(count)]
    return None


def _crosses(cell: Cell, edges: Sequence[int]) -> bool:
    return any(cell.col < edge < cell.col + cell.colspan for edge in edges)
