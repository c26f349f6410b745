"""Rows of a sheet → lines that stand alone, and tables: told by ruling, by empty rows and columns, and by how many cells a row fills."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from flows.values.numbers import parse_rate
from flows.values.text import squash

_MOST_EMPTY = 2  # unruled empty rows inside a table
_LONG = 30  # characters: a sentence, not a label
_NOTES = ("注:", "说明:", "备注:")
_FEW = 2  # cells of a line above or below a table: 编制单位 … 金额单位


class Shown(NamedTuple):
    """A cell that shows something, reaching from ``col`` to ``right``."""

    text: str
    is_ruled: bool
    row: int = 0
    col: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its cells that show something, from the left."""

    number: int
    cells: tuple[Shown, ...]

    @property
    def is_single(self) -> bool:
        return len(self.cells) == 1

    @property
    def is_ruled(self) -> bool:
        return any(cell.is_ruled for cell in self.cells)

    @property
    def has_figures(self) -> bool:
        """Several cells, and figures in one of them."""
        return len(self.cells) > 1 and any(parse_rate(cell.text) is not None for cell in self.cells)

    @property
    def is_labelled(self) -> bool:
        """Every cell says what it is itself: 编制单位：… 金额单位：…"""
        return all("：" in cell.text or ":" in cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one table."""

    lines: tuple[Line, ...]


def pieces(rows: list[Line], bridged: Callable[[int, int], bool]) -> Iterator[Line | Band]:
    """Lines and tables from the top. ``bridged``: do the empty rows from … to … belong to the table around them?"""
    for band in _bands(rows, bridged):
        yield from _beside(band)


def _bands(rows: list[Line], bridged: Callable[[int, int], bool]) -> Iterator[list[Line]]:
    """Rows between empty rows."""
    band: list[Line] = []
    for line in rows:
        first, last = (band[-1].number + 1, line.number - 1) if band else (1, 0)
        if band and first <= last and not bridged(first, last) and not _goes_on(band, line, last - first + 1):
            yield band
            band = []
        band.append(line)
    if band:
        yield band


def _goes_on(band: list[Line], line: Line, empty: int) -> bool:
    """Figures below an empty row belong to the table above: a table of its own would begin with a title or a header."""
    if empty > _MOST_EMPTY or not line.has_figures:
        return False
    columns = {cell.col for above in band for cell in above.cells}
    inside = all(cell.col in columns for cell in line.cells) and not _is_sentence(band[-1])
    return band[-1].has_figures or (inside and any(above.has_figures for above in band))


def _is_sentence(line: Line) -> bool:
    text = squash(line.cells[0].text)
    return line.is_single and (len(text) > _LONG or text.startswith(_NOTES))


def _beside(band: list[Line]) -> Iterator[Line | Band]:
    """Tables side by side, each under a title of its own, come one after the other."""
    head = 0
    while head < len(band) and band[head].is_single:
        head += 1
    parts = _column_parts(band[head:])
    if len(parts) > 1 and all(_is_titled(part) for part in parts):
        yield from band[:head]
        for part in parts:
            yield from _apart(part)
    else:
        yield from _apart(band)


def _column_parts(lines: list[Line]) -> list[list[Line]]:
    """The lines cut where an empty column runs through them all."""
    reaches: list[list[int]] = []
    for cell in sorted((cell for line in lines for cell in line.cells), key=lambda c: c.col):
        if reaches and cell.col <= reaches[-1][1] + 1:
            reaches[-1][1] = max(reaches[-1][1], cell.right)
        else:
            reaches.append([cell.col, cell.right])
    parts = []
    for left, right in reaches:
        cut = [Line(line.number, tuple(cell for cell in line.cells if left <= cell.col <= right)) for line in lines]
        parts.append([line for line in cut if line.cells])
    return parts


def _is_titled(part: list[Line]) -> bool:
    title = squash(part[0].cells[0].text)
    return part[0].is_single and "表" in title and len(title) >= 4 and ":" not in title and sum(len(line.cells) > 1 for line in part) > 1


def _apart(band: list[Line]) -> Iterator[Line | Band]:
    """The table, or tables, of a band, and the lines above, between and below."""
    inside = _in_ruling(band) if any(line.is_ruled for line in band) else _in_columns(band)
    table: list[Line] = []
    for line, is_in in zip(band, inside, strict=True):
        if is_in:
            table.append(line)
            continue
        yield from _whole(table)
        table = []
        yield line
    yield from _whole(table)


def _whole(table: list[Line]) -> Iterator[Line | Band]:
    """A table has rows of several cells; cells that only stand below each other are text."""
    if any(not line.is_single for line in table):
        yield Band(tuple(table))
    else:
        yield from table


def _in_ruling(band: list[Line]) -> list[bool]:
    """Which lines stand in a table whose cells are ruled, or go on without ruling."""
    inside = [line.is_ruled or line.has_figures for line in band]
    for index in range(len(band) - 1, 0, -1):  # a header that is not ruled, over rows that are
        if inside[index] and not inside[index - 1] and len(band[index - 1].cells) > _FEW and not band[index - 1].is_labelled:
            above = [cell.text for cell in band[index - 1].cells]
            inside[index - 1] = not any("：" in text or ":" in text for text in above)
    ends = [index for index, is_in in enumerate(inside) if is_in]
    for before, after in pairwise(ends):
        # Where the rows themselves are not ruled, a row of a name alone is one of them.
        if after - before > 1 and not (band[before].is_ruled and band[after].is_ruled):
            inside[before + 1 : after] = [True] * (after - before - 1)
    return inside


def _in_columns(band: list[Line]) -> list[bool]:
    """Without any ruling: from the first row of several cells to the last row that is neither a sentence nor stands across."""
    first = next((index for index, line in enumerate(band) if not line.is_single), len(band))
    last = len(band)
    width = len({cell.col for line in band for cell in line.cells})
    while last > first and band[last - 1].is_single:
        cell = band[last - 1].cells[0]
        across = sum(cell.col <= col <= cell.right for col in {c.col for line in band for c in line.cells})
        if not (len(squash(cell.text)) > _LONG or across * 2 > width or squash(cell.text).startswith(_NOTES)):
            break
        last -= 1
    while first < last and band[first].is_labelled and len(band[first].cells) <= 3:
        first += 1
    return [first <= index < last for index in range(len(band))]
