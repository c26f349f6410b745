"""Advice and opinions of a form: rows of block, option, tick and text; or options with boxes in one cell."""

import re
from collections.abc import Iterator

from flows.document import Cell, Place
from flows.findings import Row as Fact
from flows.forms import words
from flows.forms.parts import TICKS, Row
from flows.values.text import is_blank, squash

_BOX = re.compile(r"([□☐○☑☒√✓✔■])\s*([^□☐○☑☒√✓✔■]+)")
_OPEN_BOXES = "□☐○"

Advice = tuple[Place, str, Fact]


def is_advice_row(row: Row) -> bool:
    """Under an advice block: does this row look like one of its options?"""
    filled = sum(1 for cell in row if not is_blank(cell.text))
    return len(row) >= 2 and filled <= 4 and (is_blank(row[0].text) or bool(words.role("advice", row[0].text)))


def read_advice(row: Row, block: str) -> Iterator[Advice]:
    """What is ticked or written in a row of ``block``: place, text as printed, values. Rows that only offer an option give nothing."""
    cells = list(row)
    goes_on = is_blank(cells[0].text)  # under the block above: what comes first is an option, even where the row breaks off
    if goes_on or words.role("advice", cells[0].text) == "block":
        cells = cells[1:]
    if any(words.role("advice", cell.text) == "header" for cell in cells):
        return
    width = len(cells)
    boxes = next((cell for cell in cells if "□" in cell.text or "☑" in cell.text), None)
    if boxes is not None:
        yield from _read_boxes(boxes, block)
        return
    ticked = next((cell for cell in cells if squash(cell.text) in TICKS), None)
    written = [cell for cell in cells if not is_blank(cell.text) and cell is not ticked]
    option = None
    if ticked or len(written) > 1:  # plain text leaves empty cells where a merged block name reached over
        cells = cells[next(i for i, cell in enumerate(cells) if not is_blank(cell.text)) :]
    if (goes_on or width >= 3) and written and written[0] is cells[0]:
        option = written.pop(0)
    text = "".join(cell.text for cell in written)
    if ticked or text:
        source = " ".join(cell.text for cell in cells if not is_blank(cell.text))
        values = {"block": block, "option": option.text if option else None, "is_checked": ticked is not None, "text": text or None}
        yield (ticked or written[0]).place, source, values


def _read_boxes(cell: Cell, block: str) -> Iterator[Advice]:
    """Options with boxes in one cell: ☑继续安排 □调整预算 …: those ticked."""
    for mark, option in _BOX.findall(cell.text):
        if mark not in _OPEN_BOXES:
            values = {"block": block, "option": option.strip(" ；;，,、"), "is_checked": True, "text": None}
            yield cell.place, f"{mark}{option}".strip(), values
