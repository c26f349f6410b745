"""Edits of a report's source: one number changed, or cells blanked. A text file is edited in its characters and read again.

A PDF's characters cannot be changed honestly, so what its reader gave is edited instead.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from flows.document import Block, Cell, Document, Paragraph, Place, Table
from flows.ledger.printed import Printed
from flows.readers.encoding import decode
from flows.readers.text import read_text

_MARK = re.compile(r"\[bookmark:[^\]]*\]\s?")


class DishonestEdit(Exception):
    """The edited file does not read as the document with that one edit: the edit missed, or the reader depends on figures."""


def cells_of(document: Document) -> Iterable[tuple[Table, tuple[Cell, ...], Cell]]:
    """Every cell with its table and row."""
    return ((table, row, cell) for table in document.tables() for row in table.rows for cell in row)


# -- the document as read ------------------------------------------------------------------------------------------------


def _each(document: Document, paragraph: Callable[[Paragraph], Paragraph], cell: Callable[[Cell], Cell]) -> Document:
    def edited(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return paragraph(block)
        return replace(block, rows=tuple(tuple(cell(one) for one in row) for row in block.rows))

    return replace(document, blocks=tuple(edited(block) for block in document.blocks))


def _nth_character(text: str, nth: int) -> int:
    """Where the nth character that is no blank stands."""
    return [at for at, char in enumerate(text) if not char.isspace()][nth]


def put(text: str, at: int, char: str) -> str:
    return text[:at] + char + text[at + 1 :]


def _rank(text: str, at: int) -> int:
    return sum(not char.isspace() for char in text[:at])


def changed_document(document: Document, number: Printed, at: int, char: str) -> Document:
    """The document with the character at ``at`` of the number's holder printed as ``char``; ``text`` and ``raw`` keep in step."""
    rank = _rank(number.text, at)

    def paragraph(one: Paragraph) -> Paragraph:
        mine = one.place == number.holder and one.text == number.text and one.kind == number.block
        return replace(one, text=put(one.text, at, char)) if mine else one

    def cell(one: Cell) -> Cell:
        if number.block != "table" or one.place != number.holder or one.covered:
            return one
        return replace(one, text=put(one.text, at, char), raw=put(one.raw, _nth_character(one.raw, rank), char))

    return _each(document, paragraph, cell)


def blanked_document(document: Document, places: frozenset[Place]) -> Document:
    """The document with the cells at ``places`` empty."""
    return _each(document, lambda one: one, lambda one: replace(one, text="", raw="") if one.place in places else one)


# -- text files ----------------------------------------------------------------------------------------------------------


def lines_of(path: Path) -> list[str]:
    """The lines of a text file as its reader counts them."""
    return re.sub(r"\r\n?", "\n", decode(path.read_bytes())).split("\n")


def _read_lines(lines: list[str], scratch: Path) -> Document:
    scratch.write_text("\n".join(lines), encoding="utf8")
    return read_text(scratch)


def _unmarked(line: str) -> list[int]:
    """Positions of a line's characters that are no bookmark mark."""
    marks = {at for mark in _MARK.finditer(line) for at in range(*mark.span())}
    return [at for at in range(len(line)) if at not in marks]


def _is_rows(line: str) -> bool:
    return "\t" in line.strip("\t ") or (line.count("\t") >= 2 and bool(line.strip()))


def _mark_between(line: str) -> str | None:
    """What parts the cells that stand on one line; None where a line holds one cell."""
    return "\t" if _is_rows(line) else "|" if "|" in line and not line.startswith("\t") else None


def _place_among(line: str, mark: str, nth: int) -> int:
    """Which of the pieces between the marks the ``nth`` cell is: a bar may stand before the first one, too."""
    return nth + (mark == "|" and line.strip().startswith("|"))


def _cell_positions(line: str, shown: list[int], nth: int) -> list[int]:
    """The positions of the ``nth`` cell that stands on a line."""
    bare = "".join(line[at] for at in shown)
    mark = _mark_between(bare)
    if mark is None:
        return shown[1:]
    pieces, nth = bare.split(mark), _place_among(bare, mark, nth)
    start = sum(len(piece) + 1 for piece in pieces[:nth])
    return shown[start : start + len(pieces[nth])]


def _positions(lines: list[str], document: Document, number: Printed) -> list[tuple[int, int]]:
    """(line index, position) of each character of the number's holder, blanks left out."""
    first = number.holder.line
    assert first is not None
    index = first - 1
    found: list[tuple[int, int]]
    if number.block == "markup":
        found = [(index, at) for mark in _MARK.finditer(lines[index]) for at in range(*mark.span())]
    elif number.block != "table":
        start = next((-block.lines[0][0] for block in document.blocks if block.place == number.holder and getattr(block, "lines", ())), 0)
        found = [(index, at) for at in _unmarked(lines[index]) if at >= start]
    else:
        row, cell = next((row, cell) for _, row, cell in cells_of(document) if cell.place == number.holder)
        nth = [other.place for other in row if other.place.line == first].index(cell.place)
        found = [(index, at) for at in _cell_positions(lines[index], _unmarked(lines[index]), nth)]
        for further in range(index + 1, index + 1 + cell.raw.count("\n")):
            found += [(further, at) for at in _unmarked(lines[further])]
    return [(line, at) for line, at in found if not lines[line][at].isspace()]


def changed_file(lines: list[str], document: Document, number: Printed, at: int, char: str, scratch: Path) -> Document:
    """Reads the text file with one character of a number changed. Raises DishonestEdit where anything else reads differently."""
    line, position = _positions(lines, document, number)[_rank(number.text, at)]
    if lines[line][position] != number.text[at]:
        raise DishonestEdit(f"{lines[line][position]!r} stands where {number.text[at]!r} was looked for")
    edited = [*lines[:line], put(lines[line], position, char), *lines[line + 1 :]]
    read = _read_lines(edited, scratch)
    if read != changed_document(document, number, at, char):
        raise DishonestEdit("the reader gives another document, not only another number")
    return read


def blanked_file(lines: list[str], document: Document, places: frozenset[Place], scratch: Path) -> Document:
    """Reads the text file with the cells at ``places`` printing nothing; lines that a cell goes on over are taken out."""
    edited: list[str | None] = list(lines)
    for table in document.tables():
        for row in table.rows:
            for cell in row:
                if cell.place in places:
                    _blank(edited, lines, row, cell)
    return _read_lines([line for line in edited if line is not None], scratch)


def _blank(edited: list[str | None], lines: list[str], row: tuple[Cell, ...], cell: Cell) -> None:
    assert cell.place.line is not None
    index = cell.place.line - 1
    together = [other.place for other in row if other.place.line == cell.place.line]
    bare = "".join(lines[index][at] for at in _unmarked(lines[index]))
    if mark := _mark_between(bare):
        before = edited[index]
        pieces = (before if before is not None else bare).split(mark)
        pieces = pieces if len(pieces) == len(bare.split(mark)) else bare.split(mark)
        pieces[_place_among(bare, mark, together.index(cell.place))] = ""
        edited[index] = mark.join(pieces)
    else:
        edited[index] = "\t"
    for further in range(index + 1, index + 1 + cell.raw.count("\n")):
        edited[further] = None
