"""Do the tables of two pages have their columns in common?"""

from flows.readers.ruled import Grid

_SAME_EDGE = 6.0  # points
_MANY_EDGES = 4


def have_same_columns(before: Grid, grid: Grid) -> bool:
    """Do both reach from the same to the same side, and do the edges of one stand among those of the other?"""
    if abs(before.xs[0] - grid.xs[0]) > _SAME_EDGE or abs(before.xs[-1] - grid.xs[-1]) > _SAME_EDGE:
        return False
    more, fewer = (before.xs, grid.xs) if len(before.xs) >= len(grid.xs) else (grid.xs, before.xs)
    return not any(min(abs(x - y) for y in more) > _SAME_EDGE for x in fewer) or _cut_alike(before, grid)


def edges_of_row(grid: Grid, row: int) -> list[float]:
    """Where the cells of a row begin and end."""
    inside = [cell for cell in grid.cells if cell.top <= row < cell.bottom]
    return sorted({grid.xs[edge] for cell in inside for edge in (cell.left, cell.right)})


def _cut_alike(before: Grid, grid: Grid) -> bool:
    """Do the last row of a page and the first of the next have the same columns, whatever other rows of a form have?"""
    last, first = edges_of_row(before, len(before.ys) - 2), edges_of_row(grid, 0)
    return len(first) > _MANY_EDGES and len(last) == len(first) and all(abs(x - y) <= _SAME_EDGE for x, y in zip(last, first, strict=True))
