"""Lays out an account table as a grid: merged headers, blocks side by side, merged totals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, LabelColumn
from flows.typeset.figures import money
from flows.typeset.grid import Cell, Grid

_WIDTHS = {"name": 30, "code": 14, "class": 6, "group": 5, "item": 5, "line_no": 6}
_AMOUNT_WIDTH = 15


def account_grid(table: AccountTable, grouped: bool, indented: bool) -> Grid:
    """Header, lines and totals; grouped: 1,234.56; indented: names of 款 and 项 stand further right."""
    printer = _Printer(table.unit, grouped, indented)
    header = list(_header(table))
    body = [_column_numbers(table)] if table.numbers_columns else []
    body += [_row(table.blocks, lines, printer) for lines in zip_longest(*(block.lines for block in table.blocks))]
    if table.totals:
        body.append(_totals(table, printer))
    body += [tuple(Cell("") for _ in _widths(table)) for _ in range(table.blank_lines)]
    return Grid(_widths(table), tuple(header + body), header_rows=len(header))


class _Printer:
    """How amounts and names of one table are printed."""

    def __init__(self, unit: str, grouped: bool, indented: bool) -> None:
        self.unit, self.grouped, self.indented = unit, grouped, indented

    def amount(self, amount: Decimal | None) -> Cell:
        return Cell("" if amount is None else money(amount, self.unit, self.grouped), align="right")

    def label(self, line: AccountLine, column: LabelColumn) -> Cell:
        code = line.code or ""
        match column.holds:
            case "code":
                return Cell(code, align="left")
            case "class":
                return Cell(code[:3])
            case "group":
                return Cell(code[3:5])
            case "item":
                return Cell(code[5:7])
            case "line_no":
                return Cell(line.line_no or "")
        indent = "  " if self.indented and len(code) > 3 else ""
        return Cell(indent + line.name, align="left")


def _widths(table: AccountTable) -> tuple[int, ...]:
    widths: list[int] = []
    for block in table.blocks:
        widths += [_WIDTHS[column.holds] for column in block.labels] + [_AMOUNT_WIDTH] * len(block.columns)
    return tuple(widths)


def _header(table: AccountTable) -> Iterator[tuple[Cell, ...]]:
    paths = [path for block in table.blocks for path in (*(label.path for label in block.labels), *block.columns)]
    depth = max(len(path) for path in paths)
    for level in range(depth):
        row, column = [], 0
        while column < len(paths):
            path = paths[column]
            span = 1
            if level < len(path) - 1:
                while column + span < len(paths) and paths[column + span][: level + 1] == path[: level + 1]:
                    span += 1
            if level < len(path):
                row.append(Cell(path[level], span, depth - level if level == len(path) - 1 else 1))
            column += span
        yield tuple(row)


def _column_numbers(table: AccountTable) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    number = 0
    for block in table.blocks:
        named = [column for column in block.labels if column.holds != "line_no"]
        cells.append(Cell("栏次", len(named)))
        cells += [Cell("")] * (len(block.labels) - len(named))
        for _ in block.columns:
            number += 1
            cells.append(Cell(str(number)))
    return tuple(cells)


def _row(blocks: Sequence[AccountBlock], lines: Sequence[AccountLine | None], printer: _Printer) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for block, line in zip(blocks, lines, strict=True):
        if line is None:
            cells += [Cell("")] * (len(block.labels) + len(block.columns))
            continue
        if _is_coded(block) and line.code is None:
            cells.append(Cell(line.name, len(block.labels)))
        else:
            cells += [printer.label(line, column) for column in block.labels]
        cells += [printer.amount(amount) for amount in line.amounts]
    return tuple(cells)


def _is_coded(block: AccountBlock) -> bool:
    return any(column.holds in ("code", "class") for column in block.labels)


def _totals(table: AccountTable, printer: _Printer) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for total in table.totals:
        cells += [Cell(total.name, total.label_span), printer.amount(total.amount)]
    return tuple(cells)
