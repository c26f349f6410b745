"""A Word table's markup → cells on the columns of a grid: spans, merges downwards and sideways, rows that begin late or end early."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from flows.readers.ooxml import Element
from flows.readers.word_names import MC, W, chosen, value, whole

# Twentieths of a point: edges closer than this are one edge, drawn by hand (a column so narrow holds no text) …
_SNAP = 64
# … and rows whose right ends differ no more than this end together.
_SAME_END = 240
_MAX_SPAN = 256


@dataclass(slots=True)
class GridCell:
    """A cell over the columns left..right (half-open). ``origin``: the cell above that it continues.

    ``swallowed``: cells merged into it sideways, which print nothing.
    """

    element: Element
    left: int
    right: int
    merge: str | None
    rowspan: int = 1
    origin: "GridCell | None" = None
    swallowed: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class WordGrid:
    """Rows of cells from left to right. ``edges``: where the columns begin and end (twentieths of a point), empty where not known."""

    rows: list[list[GridCell]]
    width: int
    edges: tuple[int, ...]

    @property
    def only_cell(self) -> GridCell | None:
        """The cell of a table that is a mere frame around text."""
        cells = [cell for row in self.rows for cell in row]
        return cells[0] if len(cells) == 1 else None


def inside(container: Element, *names: str) -> Iterator[Element]:
    """The elements of these names (p, tbl, tr, tc, altChunk) in a container, through content controls and accepted insertions."""
    wanted = {W + name for name in names}
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag == MC + "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from inside(branch, *names)
        elif child.tag in _THROUGH:
            yield from inside(child, *names)


_THROUGH = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def grid_of(table: Element) -> WordGrid:
    """The cells of a table on its grid."""
    rows, ends = [], []
    for row in inside(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells, end = _row(row)
        if cells:
            rows.append(cells)
            ends.append(end + whole(value(row, "trPr gridAfter")))
    widths = [whole(column.get(W + "w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    edges: tuple[int, ...] = ()
    if len(set(ends)) > 1 and _set_by_widths(rows):
        edges = _edges_by_widths(rows)
    elif rows and len(widths) >= max(ends) and sum(widths) > 0:
        edges = _set_without_slits(rows, [0, *accumulate(widths)])
    _merge_downwards(rows)
    return WordGrid(rows, max((cell.right for cells in rows for cell in cells), default=0), edges)


def _row(row: Element) -> tuple[list[GridCell], int]:
    cells: list[GridCell] = []
    at = whole(value(row, "trPr gridBefore"))
    for element in inside(row, "tc"):
        span = min(max(whole(value(element, "tcPr gridSpan"), 1), 1), _MAX_SPAN)
        properties = element.find(W + "tcPr")
        sideways = _merge(properties, "hMerge")
        if sideways == "continue" and cells:
            cells[-1].right += span
            cells[-1].swallowed.append(element)
        else:
            cells.append(GridCell(element, at, at + span, _merge(properties, "vMerge")))
        at += span
    return cells, at


def _merge(properties: Element | None, name: str) -> str | None:
    """``restart`` or ``continue`` of w:vMerge and w:hMerge; without a value it means continue."""
    mark = properties.find(W + name) if properties is not None else None
    return None if mark is None else mark.get(W + "val", "continue")


def _width(cell: GridCell) -> int:
    total = 0
    for element in (cell.element, *cell.swallowed):
        if value(element, "tcPr tcW", "type") not in ("dxa", None):
            return 0
        total += whole(value(element, "tcPr tcW", "w"))
    return total


def _row_edges(cells: list[GridCell]) -> list[int]:
    return [0, *accumulate(_width(cell) for cell in cells)]


def _edges_by_widths(rows: list[list[GridCell]]) -> tuple[int, ...]:
    """The edges of all rows' cells, those that lie together as one."""
    edges: list[int] = []
    for edge in sorted({edge for cells in rows for edge in _row_edges(cells)}):
        if not edges or edge - edges[-1] > _SNAP:
            edges.append(edge)
    return tuple(edges)


def _set_by_widths(rows: list[list[GridCell]]) -> bool:
    """Sets cells on columns by their widths where rows disagree about the number of columns and all end at the same place."""
    if any(_width(cell) <= 0 for cells in rows for cell in cells) or any(cells[0].left for cells in rows):
        return False
    lines = [_row_edges(cells) for cells in rows]
    if max(line[-1] for line in lines) - min(line[-1] for line in lines) > _SAME_END:
        return False
    edges = _edges_by_widths(rows)
    nearest = [[min(range(len(edges)), key=lambda i, at=at: abs(edges[i] - at)) for at in line] for line in lines]  # type: ignore[misc]
    for columns in nearest:
        columns[-1] = len(edges) - 1
    if any(left >= right for columns in nearest for left, right in pairwise(columns)):
        return False
    for cells, columns in zip(rows, nearest, strict=True):
        for cell, (left, right) in zip(cells, pairwise(columns), strict=True):
            cell.left, cell.right = left, right
    return True


def _set_without_slits(rows: list[list[GridCell]], edges: list[int]) -> tuple[int, ...]:
    """Takes columns too narrow to hold anything out of the grid, unless a cell stands in one alone."""
    kept, column = [edges[0]], [0]
    for edge in edges[1:]:
        if edge - kept[-1] > _SNAP:
            kept.append(edge)
        column.append(len(kept) - 1)
    if len(kept) == len(edges) or any(column[cell.left] >= column[cell.right] for cells in rows for cell in cells):
        return tuple(edges)
    for cells in rows:
        for cell in cells:
            cell.left, cell.right = column[cell.left], column[cell.right]
    return tuple(kept)


def _merge_downwards(rows: list[list[GridCell]]) -> None:
    above: dict[tuple[int, int], GridCell] = {}
    for cells in rows:
        here: dict[tuple[int, int], GridCell] = {}
        for cell in cells:
            place = (cell.left, cell.right)
            if cell.merge == "continue" and place in above:
                cell.origin = here[place] = above[place]
                cell.origin.rowspan += 1
            elif cell.merge is not None:
                here[place] = cell
        above = here
