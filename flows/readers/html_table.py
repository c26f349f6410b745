"""The cells of a web page's table → its exact grid, as browsers lay it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.document import Cell, Place, Table
from flows.readers.errors import Unreadable
from flows.readers.markup import Node

_MOST_COLSPAN = 1000  # as browsers have it
_MOST_ROWSPAN = 65534
MOST_SLOTS = 3_000_000


@dataclass(slots=True)
class Placed:
    """A cell (its node's index) with the grid columns and rows it covers; ``node`` None: nothing stands there."""

    node: int | None
    row: int
    left: int
    right: int
    bottom: int


def rows_of(nodes: Sequence[Node], table: int) -> list[list[list[int]]]:
    """The row groups of a table as rows of cells (node indexes), in the order of the page: head first, foot last. Hidden ones are none."""
    groups: dict[int, list[list[int]]] = {}
    kinds: dict[int, str] = {}
    row_at: dict[int, list[int]] = {}
    index = table + 1
    while index < nodes[table].end:
        node = nodes[index]
        if node.hidden or (node.tag == "table"):
            index = node.end
            continue
        if node.tag == "tr":
            group = node.parent
            if group not in groups:
                groups[group] = []
                kinds[group] = nodes[group].tag
            row_at[index] = []
            groups[group].append(row_at[index])
        elif node.tag in ("td", "th") and node.parent in row_at:
            row_at[node.parent].append(index)
            index = node.end
            continue
        index += 1
    order = list(groups)
    head = next((group for group in order if kinds[group] == "thead"), None)
    foot = next((group for group in order if kinds[group] == "tfoot"), None)
    middle = [group for group in order if group not in (head, foot)]
    return [groups[group] for group in [head, *middle, foot] if group is not None]


def _span(node: Node, name: str, most: int) -> int:
    digits = node.attributes.get(name, "").strip().split(".")[0]
    return min(int(digits[:9]), most) if digits.isascii() and digits.isdigit() else 1


def place(nodes: Sequence[Node], groups: Sequence[Sequence[Sequence[int]]]) -> tuple[list[list[Placed]], int]:
    """Every row's cells from left to right, those reaching down from above included, without gap or overlap; and how many columns.

    A cell goes to the first free column; where one from above is in its way it ends before it; rowspan 0 and rowspans beyond it end with
    the row group. Columns in which no cell begins are none. Raises Unreadable for spans beyond all use.
    """
    placed: list[Placed] = []
    taken: dict[int, dict[int, Placed]] = {}
    slots = first = 0
    for group in groups:
        last = first + len(group)
        for row_number, row in enumerate(group, start=first):
            here = taken.setdefault(row_number, {})
            column = 0
            for index in row:
                while column in here:
                    column += 1
                wide = max(1, _span(nodes[index], "colspan", _MOST_COLSPAN))
                high = _span(nodes[index], "rowspan", _MOST_ROWSPAN)
                bottom = last if high == 0 else min(last, row_number + high)
                right = column + 1
                while right < column + wide and right not in here:
                    right += 1
                slots += (right - column) * (bottom - row_number)
                if slots > MOST_SLOTS:
                    raise Unreadable("too_large", "网页表格的合并单元格大得不合理（跨行跨列过多），没有读取；请另存为 PDF 或 Excel 再放入")
                cell = Placed(index, row_number, column, right, bottom)
                placed.append(cell)
                for below in range(row_number, bottom):
                    line = taken.setdefault(below, {})
                    line.update(dict.fromkeys(range(column, right), cell))
                column = right
        first = last
    width = max((cell.right for cell in placed), default=0)
    starts = sorted({cell.left for cell in placed})
    begins, number = set(starts), {0: 0}  # column → its number among those in which a cell begins
    for column in range(width):
        number[column + 1] = number[column] + (column in begins)
    return _rows(taken, first, number, starts), len(starts)


def _rows(taken: dict[int, dict[int, Placed]], count: int, number: dict[int, int], starts: list[int]) -> list[list[Placed]]:
    rows = []
    for row_number in range(count):
        line = taken.get(row_number, {})
        row: list[Placed] = []
        for column in starts:
            cell = line.get(column)
            if cell is None:
                row.append(Placed(None, row_number, number[column], number[column] + 1, row_number + 1))
            elif not row or row[-1].node != cell.node:
                row.append(Placed(cell.node, cell.row, number[cell.left], max(number[cell.left] + 1, number[cell.right]), cell.bottom))
        rows.append(row)
    return rows


def build(rows: Sequence[Sequence[Placed]], width: int, texts: dict[int, tuple[str, str]], line: int, number: int) -> Table:
    """The table; ``texts``: a cell's text and raw text by its node."""
    built = []
    for row_number, row in enumerate(rows):
        cells = []
        for cell in row:
            covered = cell.row < row_number
            text, raw = ("", "") if covered or cell.node is None else texts[cell.node]
            at = Place(line=line, table=number, row=row_number + 1, col=cell.left + 1)
            cells.append(Cell(text, raw, at, cell.left, cell.right - cell.left, cell.bottom - cell.row, covered))
        built.append(tuple(cells))
    return Table(tuple(built), Place(line=line, table=number), exact=True, width=width)
