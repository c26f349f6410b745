"""Pages of characters and ruling → Document: what all fixed-layout formats (PDF, OFD, scans) share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flows.document import Block, Document, Note, Paragraph, Place
from flows.limits import allowed
from flows.readers import continued, frames, layout, loose_cells, ruled, unruled
from flows.readers.errors import OverLimit
from flows.readers.page import Box, PageContent, Segment
from flows.readers.running_heads import Heads, heads_of, printed_again
from flows.readers.text_columns import in_one_column

_Frames = Mapping[int, Callable[[Box], Box]]


def document_of(format_name: str, pages: Iterable[PageContent], page_count: int, notes: list[Note]) -> Document:
    """The pages, in order, as one document. ``notes`` may still grow while the pages are drawn from an iterator.

    Raises OverLimit before the first page is drawn where there are too many.
    """
    if page_count > allowed("pages"):
        raise OverLimit("pages", page_count)
    joiner = continued.Joiner()
    turned: dict[int, Callable[[Box], Box]] = {}
    scanned = []
    before: ruled.Grid | None = None
    form: ruled.Grid | None = None
    goes_on = False
    heads: Heads = frozenset()
    for page in map(in_one_column, pages):
        blocks = page_blocks(page, before, goes_on, form, heads)
        heads = heads_of(page)
        joiner.add_page(page, blocks.grids, blocks.lines, blocks.apart)
        before, goes_on, form = blocks.open_table, blocks.goes_on, blocks.open_form
        if page.as_shown is not None:
            turned[page.number] = page.as_shown
        if page.scanned:
            scanned.append(page.number)
    shown = tuple(_as_shown(block, turned) for block in joiner.blocks())
    doubts = {_place_as_shown(place, turned): doubt for place, doubt in joiner.doubts.items()}
    return Document(format_name, shown, page_count, tuple(notes), doubts, tuple(scanned))


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The tables of a page, the printed lines outside them, and those of a table whose cells cannot be told (``apart``).

    ``open_table``: the last table, where it has no lines and its columns may go on over the page; ``goes_on``: a table without lines does;
    ``open_form``: the last table, where it is a form told by where its cells have their middles.
    """

    grids: list[ruled.Grid]
    lines: list[layout.Line]
    apart: list[layout.Line]
    open_table: ruled.Grid | None
    goes_on: bool
    open_form: ruled.Grid | None = None


def page_blocks(
    page: PageContent,
    before: ruled.Grid | None = None,
    goes_on: bool = False,
    form: ruled.Grid | None = None,
    heads: Heads = frozenset(),
) -> PageBlocks:
    """What a page holds. ``before``, ``goes_on`` and ``form``: what of the page before may go on; ``heads``: its first lines."""
    page = replace(page, segments=frames.with_dashes_joined(page.segments))
    drawn = ruled.find_grids(page)
    outside = [char for char in page.chars if not any(grid.holds(char) for grid in drawn)]
    loose = [segment for segment in page.segments if not any(_is_in(segment, grid) for grid in drawn)]
    running = printed_again(page, heads)
    below = [char for char in outside if id(char) not in running]
    found = unruled.find_unruled(page, below, frames.find_frames(loose), loose, before, goes_on and before is None)
    taken = {id(char) for grid in found for cell in grid.cells for char in cell.chars}
    grids = sorted([*drawn, *found], key=lambda grid: (grid.ys[0], grid.xs[0]))
    rest = [char for char in outside if id(char) not in taken]
    below = [char for char in rest if id(char) not in running]
    bounds = [(grid.ys[0], grid.ys[-1]) for grid in grids]
    flats = [segment for segment in loose if segment.horizontal]
    told, apart = loose_cells.find_loose_cells(page.number, below, bounds, goes_on, form, flats)
    inside = {id(char) for grid in told for cell in grid.cells for char in cell.chars}
    grids = sorted([*grids, *told], key=lambda grid: (grid.ys[0], grid.xs[0]))
    lines = layout.lines(char for char in rest if id(char) not in apart and id(char) not in inside)
    if page.aslant:
        lines.append(layout.Line(sorted(page.aslant, key=lambda char: char.x0)))
    last = grids[-1] if grids and not grids[-1].ruled else None
    is_form = any(last is grid for grid in told)
    open_table, open_form = (None, last) if is_form else (last, None)
    loose_lines = layout.lines(char for char in rest if id(char) in apart)
    return PageBlocks(grids, lines, loose_lines, open_table, bool(apart) or last is not None, None if apart else open_form)


def _is_in(segment: Segment, grid: ruled.Grid) -> bool:
    middle = (segment.start + segment.end) / 2
    x, y = (middle, segment.at) if segment.horizontal else (segment.at, middle)
    return grid.xs[0] - 3 <= x <= grid.xs[-1] + 3 and grid.ys[0] - 3 <= y <= grid.ys[-1] + 3


def _as_shown(block: Block, turned: _Frames) -> Block:
    """The same block with its places on the pages as the file shows them."""
    if not turned:
        return block
    place = _place_as_shown(block.place, turned)
    if isinstance(block, Paragraph):
        return replace(block, place=place, lines=tuple((start, _place_as_shown(line, turned)) for start, line in block.lines))
    rows = tuple(tuple(replace(cell, place=_place_as_shown(cell.place, turned)) for cell in row) for row in block.rows)
    return replace(block, place=place, rows=rows)


def _place_as_shown(place: Place, turned: _Frames) -> Place:
    frame = turned.get(place.page) if place.page is not None else None
    return place if frame is None or place.box is None else replace(place, box=frame(place.box))
