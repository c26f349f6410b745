"""Pages of characters and ruling → Document: what all fixed-layout formats (PDF, OFD, scans) share."""

from collections.abc import Iterable

from flows.document import Document, Note
from flows.readers import continued, frames, layout, loose_cells, ruled, unruled
from flows.readers.page import PageContent, Segment


def document_of(format_name: str, pages: Iterable[PageContent], page_count: int, notes: list[Note]) -> Document:
    """The pages, in order, as one document. ``notes`` may still grow while the pages are drawn from an iterator."""
    joiner = continued.Joiner()
    before: ruled.Grid | None = None
    goes_on = False
    for page in pages:
        grids, lines, apart = page_blocks(page, before, goes_on)
        joiner.add_page(page, grids, lines, apart)
        before = grids[-1] if grids and not grids[-1].ruled else None
        goes_on = bool(apart) or before is not None
    return Document(format_name, tuple(joiner.blocks()), page_count, tuple(notes))


def page_blocks(
    page: PageContent, before: ruled.Grid | None = None, goes_on: bool = False
) -> tuple[list[ruled.Grid], list[layout.Line], list[layout.Line]]:
    """The tables of a page, the printed lines outside them, and the lines that are those of a table whose cells cannot be told.

    ``before``: the last table of the page before, where it is not ruled; ``goes_on``: such lines stand on the page before.
    """
    page = PageContent(page.number, page.width, page.height, page.chars, frames.with_dashes_joined(page.segments), page.aslant)
    drawn = ruled.find_grids(page)
    outside = [char for char in page.chars if not any(grid.holds(char) for grid in drawn)]
    loose = [segment for segment in page.segments if not any(_is_in(segment, grid) for grid in drawn)]
    found = unruled.find_unruled(page, outside, frames.find_frames(loose), loose, before)
    taken = {id(char) for grid in found for cell in grid.cells for char in cell.chars}
    grids = sorted([*drawn, *found], key=lambda grid: (grid.ys[0], grid.xs[0]))
    rest = [char for char in outside if id(char) not in taken]
    told, apart = loose_cells.find_loose_cells(page.number, rest, [(grid.ys[0], grid.ys[-1]) for grid in grids], goes_on)
    inside = {id(char) for grid in told for cell in grid.cells for char in cell.chars}
    grids = sorted([*grids, *told], key=lambda grid: (grid.ys[0], grid.xs[0]))
    lines = layout.lines(char for char in rest if id(char) not in apart and id(char) not in inside)
    if page.aslant:
        lines.append(layout.Line(sorted(page.aslant, key=lambda char: char.x0)))
    return grids, lines, layout.lines(char for char in rest if id(char) in apart)


def _is_in(segment: Segment, grid: ruled.Grid) -> bool:
    middle = (segment.start + segment.end) / 2
    x, y = (middle, segment.at) if segment.horizontal else (segment.at, middle)
    return grid.xs[0] - 3 <= x <= grid.xs[-1] + 3 and grid.ys[0] - 3 <= y <= grid.ys[-1] + 3
