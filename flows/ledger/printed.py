"""Every number a document prints, with its place: digits of any width, and Chinese numerals that measure something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from flows.document import Cell, Document, Paragraph, Place, Table
from flows.values.numbers import NumberSpan, find_chinese_numerals, find_numbers, fold_digits, to_decimal

# What counts as one number where nothing is known of its meaning: digits with separators of thousands and a decimal point.
# A list mark before a year (1.2024年) is a number of its own, as in a table of contents.
# A full-width comma parts thousands only where nothing else can be meant: before a decimal point or 元, or between two groups alone.
_TOKEN = re.compile(
    r"(?<![\d.,])\d{1,2}(?=\.(?:19|20)\d{2}\s*年)"
    r"|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:，\d{3})+(?=\.\d|\s*[万亿]?元)|(?<!\d，)\d{1,3}，\d{3}(?!\d|，\d)|\d+)(?:\.\d+)?"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: ``text[start:end]`` of the cell or paragraph at ``holder``.

    ``block`` is ``table``, or the paragraph's kind (text, page_number, repeated, markup).
    """

    holder: Place
    place: Place
    text: str
    start: int
    end: int
    value: Decimal
    block: str
    is_digits: bool

    @property
    def printed(self) -> str:
        return self.text[self.start : self.end]


def count_tokens(text: str) -> int:
    """How many numbers in digits a printed line holds."""
    return sum(1 for _ in _TOKEN.finditer(fold_digits(text)))


def printed_numbers(document: Document) -> Iterator[Printed]:
    """The numbers of a document in reading order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for start, end, value, is_digits in _numbers(block.text):
                yield Printed(block.place, block.place_at(start), block.text, start, end, value, block.kind, is_digits)
        else:
            for cell in _cells(block):
                for start, end, value, is_digits in _numbers(cell.text):
                    yield Printed(cell.place, cell.place.at(start), cell.text, start, end, value, "table", is_digits)


def joined_over_lines(document: Document) -> int:
    """How many numbers more the file prints, line by line, than the document holds: those broken over lines, read as one."""
    return sum(_joined(holder) for block in document.blocks for holder in ([block] if isinstance(block, Paragraph) else _cells(block)))


def _cells(table: Table) -> Iterator[Cell]:
    return (cell for row in table.rows for cell in row if not cell.covered)


def _numbers(text: str) -> list[tuple[int, int, Decimal, bool]]:
    folded = fold_digits(text)
    tokens = [match.span() for match in _TOKEN.finditer(folded)]
    found = [(n.start, n.end, n.value, True) for n in find_numbers(text) if _is_whole(n, tokens, folded)]
    taken = {at for start, end, _, _ in found for at in range(start, end)}
    for start, end in tokens:
        value = to_decimal(folded[start:end])
        if start not in taken and value is not None:
            found.append((start, end, value, True))
    found += [(n.start, n.end, n.value, False) for n in find_chinese_numerals(text)]
    return sorted(found)


def _is_whole(number: NumberSpan, tokens: list[tuple[int, int]], folded: str) -> bool:
    """Does a number read from the text cut through no printed token, and join several only where a blank groups their digits?"""
    inside = [(start, end) for start, end in tokens if start < number.end and number.start < end]
    if any(start < number.start or number.end < end for start, end in inside):
        return False
    return all(any(char.isspace() for char in folded[end:start]) for (_, end), (start, _) in pairwise(inside))


def _joined(holder: Paragraph | Cell) -> int:
    if isinstance(holder, Paragraph):
        cuts = [start for start, _ in holder.lines[1:]]
        lines = [holder.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(holder.text)], strict=True)]
    else:
        lines = holder.raw.split("\n")
    whole = sum(is_digits for *_, is_digits in _numbers(holder.text))
    return sum(count_tokens(line) for line in lines) - whole
