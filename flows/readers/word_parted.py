"""Is a table the rest of the one before it? Word keeps a table that was parted as two, one right after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.document import Cell, Table
from flows.values.numbers import parse_number
from flows.values.text import squash

_SAME_EDGE = 120  # twentieths of a point


@dataclass(slots=True)
class Sheet:
    """The last table: its grid's edges, where it stands among the blocks, and whether nothing at all came after it."""

    table: Table
    edges: tuple[int, ...]
    index: int
    touches: bool


def goes_on(before: Sheet, table: Table, edges: tuple[int, ...]) -> int | None:
    """How many rows of ``table`` print the header of ``before`` again, where it goes on with it; None where it is a table of its own.

    Only blank paragraphs stand between the two. Their columns must be the same. Where the header is not printed again, the two must touch,
    and the rest begin neither with a header or caption of its own nor as the first one did.
    """
    if not edges or len(edges) != len(before.edges) or any(abs(a - b) > _SAME_EDGE for a, b in zip(edges, before.edges, strict=True)):
        return None
    repeated = _repeated_header(before.table.rows, table.rows)
    if repeated:
        return repeated
    first = _texts(table.rows[0])
    filled = [text for text in first if text]
    if not before.touches or not filled or not _has_numbers(before.table.rows):
        return None
    is_caption = len(filled) == 1 and len(filled[0]) > 3 and parse_number(filled[0]) is None
    is_header = not any(re.search(r"\d", text) for text in filled)
    begins_alike = any(text and text == other for text, other in zip(first, _texts(before.table.rows[0]), strict=False))
    return None if is_caption or is_header or begins_alike else 0


def _texts(row: Sequence[Cell]) -> list[str]:
    return [squash(cell.text) for cell in row]


def _has_numbers(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(parse_number(cell.text) is not None for row in rows for cell in row)


def _repeated_header(first: Sequence[Sequence[Cell]], later: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top of ``later`` print the same as the top of ``first``, and stand over figures."""
    count = 0
    for a, b in zip(first, later, strict=False):
        texts = _texts(a)
        if not any(texts) or texts != _texts(b) or any(parse_number(text) is not None for text in texts):
            break
        count += 1
    return count if count < len(first) and any(re.search(r"\d", text) for text in _texts(first[count])) else 0
