"""A table as cells with spans, independent of how it is typeset."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Cell:
    """What is printed, and over how many columns and rows the cell reaches."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Align = "center"


@dataclass(frozen=True)
class PlacedCell:
    """A cell with the position of its upper left corner."""

    cell: Cell
    row: int
    column: int


@dataclass(frozen=True)
class Grid:
    """Rows list the cells that begin in them, from left to right; widths are relative."""

    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0

    def __post_init__(self) -> None:
        taken = [position for placed in self.placed() for position in _positions(placed)]
        if len(taken) != len(set(taken)) or len(taken) != len(self.widths) * len(self.rows):
            raise ValueError(f"cells do not fill the grid: {self.rows[0]} …")

    def placed(self) -> Iterator[PlacedCell]:
        """Every cell with its position, row by row; cells slide right past spans from above."""
        covered: set[tuple[int, int]] = set()
        for row_no, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (row_no, column) in covered:
                    column += 1
                placed = PlacedCell(cell, row_no, column)
                covered.update(_positions(placed))
                yield placed
                column += cell.columns


def _positions(placed: PlacedCell) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(placed.row, placed.row + placed.cell.rows)
        for column in range(placed.column, placed.column + placed.cell.columns)
    ]
