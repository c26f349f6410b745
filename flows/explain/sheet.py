"""Where a fact stands in a workbook: its sheet by name, its cell as C7, and the rows around it as displayed."""

from dataclasses import dataclass
from pathlib import Path

from flows.document import Cell, Document, Paragraph, Place
from flows.readers import read
from flows.readers.sheets import WORKBOOKS, sheet_name

__all__ = ["WORKBOOKS", "SheetRow", "cell_name", "sheet_rows"]
_AROUND = 2


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number there, what its cells show by column letters, and whether the place stands in it."""

    number: int
    cells: tuple[tuple[str, str], ...]
    is_place: bool


def cell_name(place: Place) -> str:
    """``C7``, as the program names the cell; only what is known of it."""
    letters, col = "", place.col or 0
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{place.row or ''}"


def sheet_rows(path: Path, place: Place) -> tuple[str, list[SheetRow]]:
    """The name of the place's sheet, and its row with the rows around it that show something. Raises Unreadable."""
    document = read(path)
    shown = _shown(document, place.page or 0)
    numbers = sorted(shown)
    at = next((index for index, number in enumerate(numbers) if number >= (place.row or 0)), len(numbers))
    near = numbers[max(0, at - _AROUND) : at + _AROUND + 1] if place.row else []
    rows = [SheetRow(number, tuple(shown[number]), number == place.row) for number in near]
    return sheet_name(document, place.page or 0), rows


def _shown(document: Document, page: int) -> dict[int, list[tuple[str, str]]]:
    """The cells of a sheet that show something, by row."""
    rows: dict[int, list[tuple[str, str]]] = {}
    for block in document.blocks:
        cells: list[Paragraph | Cell] = [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        for cell in cells:
            place = cell.place
            if place.page == page and place.row and place.line is None and cell.text:
                rows.setdefault(place.row, []).append((cell_name(Place(col=place.col)), cell.text))
    return rows
