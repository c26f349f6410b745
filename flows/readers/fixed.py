"""Pages of characters and ruling → Document: what all fixed-layout formats (PDF, OFD, scans) share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from flows.document import Block, Document, Note, Paragraph, Place
from flows.limits import allowed
from flows.readers import continued, layout, ruled
from flows.readers.errors import OverLimit
from flows.readers.page import Box, PageContent

_Frames = Mapping[int, Callable[[Box], Box]]


def document_of(format_name: str, pages: Iterable[PageContent], page_count: int, notes: list[Note]) -> Document:
    """The pages, in order, as one document. ``notes`` may still grow while the pages are drawn from an iterator.

    Raises OverLimit before the first page is drawn where there are too many.
    """
    if page_count > allowed("pages"):
        raise OverLimit("pages", page_count)
    joiner = continued.Joiner()
    frames: dict[int, Callable[[Box], Box]] = {}
    scanned = []
    for page in pages:
        joiner.add_page(page, *page_blocks(page))
        if page.as_shown is not None:
            frames[page.number] = page.as_shown
        if page.scanned:
            scanned.append(page.number)
    blocks = tuple(_as_shown(block, frames) for block in joiner.blocks())
    doubts = {_place_as_shown(place, frames): doubt for place, doubt in joiner.doubts.items()}
    return Document(format_name, blocks, page_count, tuple(notes), doubts, tuple(scanned))


def page_blocks(page: PageContent) -> tuple[list[ruled.Grid], list[layout.Line]]:
    """The tables of a page and the printed lines outside them."""
    grids = ruled.find_grids(page)
    outside = [char for char in page.chars if not any(grid.holds(char) for grid in grids)]
    return grids, layout.lines(outside)


def _as_shown(block: Block, frames: _Frames) -> Block:
    """The same block with its places on the pages as the file shows them."""
    if not frames:
        return block
    place = _place_as_shown(block.place, frames)
    if isinstance(block, Paragraph):
        return replace(block, place=place, lines=tuple((start, _place_as_shown(line, frames)) for start, line in block.lines))
    rows = tuple(tuple(replace(cell, place=_place_as_shown(cell.place, frames)) for cell in row) for row in block.rows)
    return replace(block, place=place, rows=rows)


def _place_as_shown(place: Place, frames: _Frames) -> Place:
    frame = frames.get(place.page) if place.page is not None else None
    return place if frame is None or place.box is None else replace(place, box=frame(place.box))
