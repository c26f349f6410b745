"""Pages of characters and ruling → Document: what all fixed-layout formats (PDF, OFD, scans) share."""

from collections.abc import Iterable

from flows.document import Document, Note
from flows.limits import allowed
from flows.readers import continued, layout, ruled
from flows.readers.errors import OverLimit
from flows.readers.page import PageContent


def document_of(format_name: str, pages: Iterable[PageContent], page_count: int, notes: list[Note]) -> Document:
    """The pages, in order, as one document. ``notes`` may still grow while the pages are drawn from an iterator.

    Raises OverLimit before the first page is drawn where there are too many.
    """
    if page_count > allowed("pages"):
        raise OverLimit("pages", page_count)
    joiner = continued.Joiner()
    for page in pages:
        joiner.add_page(page, *page_blocks(page))
    return Document(format_name, tuple(joiner.blocks()), page_count, tuple(notes))


def page_blocks(page: PageContent) -> tuple[list[ruled.Grid], list[layout.Line]]:
    """The tables of a page and the printed lines outside them."""
    grids = ruled.find_grids(page)
    outside = [char for char in page.chars if not any(grid.holds(char) for grid in grids)]
    return grids, layout.lines(outside)
