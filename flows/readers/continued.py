"""Pages → one flow: paragraphs and tables that go on over a page break are one, page numbers stand apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from flows.document import LOOSE_CELLS, Block, Cell, Paragraph, Place, Table
from flows.readers.beside import goes_on_beside, side_by_side
from flows.readers.cut_cells import goes_through_break, with_cut_cells_joined
from flows.readers.layout import Line, text_of
from flows.readers.page import PageContent
from flows.readers.ruled import Grid, clusters
from flows.readers.same_columns import have_same_columns
from flows.values.continuation import is_continuation
from flows.values.numbers import parse_number
from flows.values.text import clean, squash

_PAGE_NUMBER = re.compile(r"^(?:[-—–·\s]*\d{1,4}[-—–·\s]*|第?\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})$")
_MARGIN = 0.12  # of the page height at either end, where page numbers stand
_HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+(?:部分|[章节])|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])")
_LIST_MARK = re.compile(r"^(?:[（(]\d{1,2}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳])")
_BOUND = re.compile(r"[≥≤＞＜><≧≦﹥﹤=＝]\s*\d")
_SENTENCE_END = "。；;：:！!？?"
_OPENING = "（(“‘《〈【[「『"
_CLOSING = "，。；：、！？％）)”’》〉】]」』"
_LEAST_RIGHT = 0.7  # of the page's width: edges that lines share farther left are those of centred lines
_USUAL_RIGHT = 0.82  # of the page's width: where body text ends at least, on pages whose lines do not tell
_SET_APART = 8.0  # of the character size: no paragraph's first line is indented so far
_MOST_DOUBTS = 3
_SAME_END = 1.2  # of the character size: the next character had no room
_MANY_LINES = 8
_NEAR_THE_END = 0.75  # of the page's height
_EDGE = 4.0  # points: lines whose ends differ less end together


@dataclass(slots=True)
class _Text:
    """A paragraph under construction."""

    lines: list[tuple[int, Line]]
    kind: str = "text"


@dataclass(slots=True)
class _Sheet:
    """A table under construction: its grids in page order, with how many repeated header rows each begins with.

    ``beside``: of each grid by its number, those on other pages that go on with its rows.
    """

    grids: list[Grid]
    skipped: list[int] = field(default_factory=lambda: [0])
    beside: dict[int, list[Grid]] = field(default_factory=dict)

    @property
    def last_page(self) -> int:
        return max(grid.page for grids in ([self.grids[-1]], *self.beside.values()) for grid in grids)

    def parts_of(self, number: int) -> list[Grid]:
        """A grid and those that go on beside it."""
        return [self.grids[number], *self.beside.get(number, [])]


@dataclass(slots=True)
class _Margins:
    left: float
    right: float


def _row_texts(grid: Grid, row: int) -> list[str]:
    return [squash(text_of(cell.chars)) for cell in grid.cells if cell.top == row]


def _is_caption(texts: list[str]) -> bool:
    return len(texts) == 1 and len(texts[0]) > 3 and parse_number(texts[0]) is None


def _repeated_header(first: Grid, later: Grid) -> int:
    """How many rows at the top of ``later`` print the same as the top of ``first``."""
    count = 0
    for row in range(min(len(first.ys), len(later.ys)) - 1):
        texts = _row_texts(first, row)
        if not any(texts) or texts != _row_texts(later, row):
            break
        if count and any(parse_number(text) is not None for text in texts):
            break
        count += 1
    # A header stands over figures; rows of a form's head that happen to be alike (项目名称, 主管部门) do not.
    below = _row_texts(first, count) if count < len(first.ys) - 1 else []
    return count if any(re.search(r"\d", text) for text in below) else 0


def _is_figure(text: str) -> bool:
    """Is it a number, or a bound (≥90%, 不少于 3 次 is none)? No heading is: those of columns may begin with a year."""
    return parse_number(text) is not None or bool(_BOUND.match(text))


def _has_numbers(grid: Grid) -> bool:
    return any(parse_number(text) is not None for row in range(len(grid.ys) - 1) for text in _row_texts(grid, row))


def _continues(sheet: _Sheet, grid: Grid) -> int | None:
    """Header rows to skip where ``grid`` goes on with ``sheet``; None where it is a table of its own."""
    first, before = sheet.grids[0], sheet.grids[-1]
    if not have_same_columns(before, grid):
        return None
    repeated = _repeated_header(first, grid)
    if repeated:
        return repeated
    if goes_through_break(before.shut_below, grid.shut_above):
        return 0
    texts = _row_texts(grid, 0)
    if not any(_has_numbers(part) for part in sheet.grids):
        return None if _is_caption(texts) else 0  # the break fell inside the header
    looks_like_header = len(texts) >= 3 and all(texts) and not any(_is_figure(text) for text in texts)
    return None if _is_caption(texts) or looks_like_header else 0


class Joiner:
    """Takes pages one by one and gives the blocks of the whole document."""

    def __init__(self) -> None:
        self._pages: list[tuple[int, float, float, list[Grid], list[Line], list[Line]]] = []
        self._furniture: set[tuple[str, int]] = set()
        self._running: set[int] = set()
        self._height = 0.0  # of the page at hand
        self._items: list[_Text | _Sheet] = []
        self._edges: dict[int, tuple[Counter[int], Counter[int]]] = {}
        self.doubts: dict[Place, str] = {}  # of the blocks given so far, as ``Document.doubts``

    def add_page(self, page: PageContent, grids: list[Grid], lines: list[Line], loose_cells: Sequence[Line] = ()) -> None:
        """``loose_cells``: lines of tables whose cells cannot be told; ``lines``: all others outside the grids."""
        self._pages.append((page.number, page.width, page.height, grids, lines, list(loose_cells)))

    def _join_pages(self) -> None:
        """Lines at the head or foot of many pages, printed alike at the same height, are the paper's, not the report's."""
        counted = Counter(
            (squash(line.text), round(line.baseline / _EDGE))
            for _, _, height, _, lines, _ in self._pages
            for line in lines
            if line.baseline < height * _MARGIN or line.baseline > height * (1 - _MARGIN)
        )
        self._furniture = {key for key, count in counted.items() if count >= max(3, 0.5 * len(self._pages))}
        for number, width, height, grids, lines, loose_cells in self._pages:
            self._running = self._at_the_edges(PageContent(number, width, height, [], []), lines)
            self._join_page(PageContent(number, width, height, [], []), grids, lines, loose_cells)
        self._pages = []

    def _at_the_edges(self, page: PageContent, lines: list[Line]) -> set[int]:
        """The page's furniture: nothing of the page's own stands between it and the edge of the paper."""
        running: set[int] = set()
        downwards = sorted(lines, key=lambda line: line.baseline)
        upper = [line for line in downwards if line.baseline < page.height / 2]
        lower = [line for line in reversed(downwards) if line.baseline >= page.height / 2]
        for half in (upper, lower):
            for line in half:
                if (squash(line.text), round(line.baseline / _EDGE)) in self._furniture:
                    running.add(id(line))
                elif not _is_page_number(page, line):
                    break
        return running

    def _join_page(self, page: PageContent, grids: list[Grid], lines: list[Line], loose_cells: list[Line]) -> None:
        margins = self._page_margins(page, lines)
        self._height = page.height
        flow: list[tuple[float, Grid | Line]] = [(grid.ys[0], grid) for grid in grids]
        flow += [(line.baseline, line) for line in (*lines, *loose_cells)]
        flow.sort(key=lambda item: item[0])
        first = True
        cells = {id(line) for line in loose_cells}
        for _, piece in flow:
            if isinstance(piece, Grid):
                self._add_grid(piece, first)
                first = False
            elif id(piece) in cells:
                self._items.append(_Text([(page.number, piece)], LOOSE_CELLS))
                first = False
            elif id(piece) in self._running or (first and is_continuation(piece.text)):
                self._items.append(_Text([(page.number, piece)], "repeated"))
            elif _is_page_number(page, piece):
                self._items.append(_Text([(page.number, piece)], "page_number"))
            else:
                self._add_line(page.number, piece, margins, first)
                first = False

    def _page_margins(self, page: PageContent, lines: list[Line]) -> _Margins:
        """Where body lines begin and end on pages of this width: the edges that lines share, not those that one line reaches."""
        lefts, rights = self._edges.setdefault(round(page.width), (Counter(), Counter()))
        body = [line for line in lines if not _is_page_number(page, line)]
        lefts.update(round(line.x0 / _EDGE) for line in body)
        rights.update(round(line.x1 / _EDGE) for line in body)
        shared = [edge for edge, count in lefts.items() if count > 2]
        left = min(shared or lefts, default=0) * _EDGE
        commonest = max(rights, key=lambda edge: (rights[edge], edge), default=0)
        if rights[commonest] > 2 and commonest * _EDGE > page.width * _LEAST_RIGHT:
            return _Margins(left, commonest * _EDGE)
        if narrow := _edge_of_most(body):
            return _Margins(left, narrow)
        # A few centred lines (a cover, a title over a table) tell no edge: body text is taken to reach nearly across the page.
        return _Margins(left, max(max(rights, default=0) * _EDGE, page.width * _USUAL_RIGHT))

    def _last(self) -> _Text | _Sheet | None:
        return next((i for i in reversed(self._items) if isinstance(i, _Sheet) or i.kind in ("text", LOOSE_CELLS)), None)

    def _add_grid(self, grid: Grid, first_on_page: bool) -> None:
        if self._join_beside(grid):
            return
        last = self._last()
        if first_on_page and isinstance(last, _Sheet) and last.last_page == grid.page - 1:
            skip = _continues(last, grid)
            if skip is not None:
                last.grids.append(grid)
                last.skipped.append(skip)
                return
        if self._join_under_repeated_caption(grid):
            return
        self._items.append(_Sheet([grid]))

    def _join_beside(self, grid: Grid) -> bool:
        """Goes on with the rows of a table of the pages before where that was too broad for them: all of what stands above is its caption."""
        at = next((i for i in range(len(self._items) - 1, -1, -1) if isinstance(self._items[i], _Sheet)), None)
        if at is None:
            return False
        sheet = self._items[at]
        assert isinstance(sheet, _Sheet)
        if sheet.last_page != grid.page - 1:
            return False
        # Pages go down first, then across, or across first: the rows after those beside which the page before went on, the last, the first.
        before = next((number for number, grids in sheet.beside.items() if grids[-1].page == grid.page - 1), None)
        numbers = [number for number in (None if before is None else before + 1, before, len(sheet.grids) - 1, 0) if number is not None]
        number = next((n for n in numbers if n < len(sheet.grids) and goes_on_beside(sheet.grids[n], grid)), None)
        if number is None:
            return False
        sheet.beside.setdefault(number, []).append(grid)
        above = [item for item in self._items[at + 1 :] if isinstance(item, _Text) and item.lines[0][0] == grid.page]
        rest = [item for item in self._items[at + 1 :] if not any(item is caption for caption in above)]
        self._items[at:] = [*above, sheet, *rest]
        return True

    def _join_under_repeated_caption(self, grid: Grid) -> bool:
        """Goes on with the table of the page before where this page prints the same title and header again above it."""
        lines: list[_Text] = []
        for item in reversed(self._items):
            if isinstance(item, _Sheet):
                break
            if item.kind == LOOSE_CELLS:
                return False
            if item.kind == "text":
                lines.append(item)
        else:
            return False
        sheet = item
        here = [squash(_joined(text)) for text in lines if text.lines[0][0] == grid.page]
        if not here or len(here) != len(lines) or sheet.last_page != grid.page - 1:
            return False
        above = self._lines_above(sheet)
        here = [re.sub(r"[（(]?续[上前]?表?[)）]?", "", text) for text in here]
        says_only_that_it_goes_on = not any(here)
        is_captioned_again = all(text in above for text in here if text) and _repeated_header(sheet.grids[0], grid)
        if not says_only_that_it_goes_on and not is_captioned_again and not self._is_running_head(lines, sheet, grid):
            return False
        skip = _continues(sheet, grid)
        if skip is None:
            return False
        for text in lines:
            text.kind = "repeated"
        sheet.grids.append(grid)
        sheet.skipped.append(skip)
        return True

    def _is_running_head(self, above: Sequence[_Text], sheet: _Sheet, grid: Grid) -> bool:
        """Is what stands above a table the head of the paper, which two pages print alike at the same height: the name of a sheet?

        The table before reaches down to where its page ends; and forms that each fill a page begin alike, which the rest of one does not.
        """
        page, height, before = sheet.grids[0].page, self._height, sheet.grids[-1]
        printed = [item.lines[0] for item in self._items if isinstance(item, _Text) and item.lines[0][0] == page]
        there = {(squash(line.text), round(line.baseline)) for _, line in printed if line.baseline < height * _MARGIN}
        here = {(squash(line.text), round(line.baseline)) for item in above for _, line in item.lines}
        begins_alike = _row_texts(sheet.grids[0], 0)[:1] == _row_texts(grid, 0)[:1]
        return here <= there and before.ys[-1] > height * _NEAR_THE_END and not begins_alike

    def _lines_above(self, sheet: _Sheet) -> set[str]:
        index = self._items.index(sheet)
        texts = [item for item in self._items[max(0, index - 6) : index] if isinstance(item, _Text)]
        return {squash(_joined(text)) for text in texts}

    def _add_line(self, page: int, line: Line, margins: _Margins, first_on_page: bool) -> None:
        last = self._last()
        if isinstance(last, _Text) and last.kind == "text" and not _begins_paragraph(last.lines[-1], (page, line), margins):
            last.lines.append((page, line))
        else:
            self._items.append(_Text([(page, line)]))

    def blocks(self) -> Iterator[Block]:
        """The paragraphs and tables of all pages in reading order."""
        self._join_pages()
        tables = 0
        for item in self._items:
            if isinstance(item, _Text):
                paragraph = _paragraph(item)
                for (start, _), (_, line) in zip(paragraph.lines, item.lines, strict=True):
                    self.doubts |= {paragraph.place.at(start + offset): _doubtful([doubt]) for offset, doubt in line.doubts}
                yield paragraph
            else:
                tables += 1
                yield _table(item, tables, self.doubts)
                yield from _repeated_rows(item)


def _edge_of_most(body: Sequence[Line]) -> float | None:
    """Where a third of many lines ends, and hardly one goes on beyond, wherever on the page that is; None where they do not agree."""
    ends = sorted(line.x1 for line in body)
    near = {end: sum(end - _SAME_END * line.size < line.x1 <= end for line in body) for end in ends}
    most = max(near, key=lambda end: (near[end], end), default=None)
    if most is None or near[most] < max(_MANY_LINES, len(body) / 3) or sum(end > most + _EDGE for end in ends) > len(ends) / 8:
        return None
    return most


def _is_page_number(page: PageContent, line: Line) -> bool:
    at_end = line.baseline < page.height * _MARGIN or line.baseline > page.height * (1 - _MARGIN)
    return at_end and bool(_PAGE_NUMBER.match(line.text))


def _first_word_width(line: Line) -> float:
    """Width of what cannot be parted at the beginning of a line: opening signs with the character or number after them, and the closing
    signs that follow."""
    end, core = 0, ""
    for char in line.chars:
        is_closing = char.text in _CLOSING
        in_number = char.text.isascii() and not char.text.isspace()
        if core and not is_closing and not (in_number and core.isascii()):
            break
        end += 1
        if char.text not in _OPENING and not is_closing:
            core = char.text
    return line.chars[max(end - 1, 0)].x1 - line.x0


def _begins_paragraph(before: tuple[int, Line], now: tuple[int, Line], margins: _Margins) -> bool:
    last, line = before[1], now[1]
    if last.x1 + _first_word_width(line) < margins.right - 1.6 * line.size:
        return True  # the line before ended although the next word had room
    if abs(last.size - line.size) > 0.15 * max(last.size, line.size):
        return True
    if line.x0 > margins.left + 1.2 * line.size:
        return True
    if last.x0 > max(margins.left, line.x0) + _SET_APART * line.size:
        return True  # a line set to the right, not the first of a paragraph
    if before[0] == now[0] and line.baseline - last.baseline > 3.5 * line.size:
        return True
    return bool(_HEADING.match(line.text)) or (bool(_LIST_MARK.match(line.text)) and last.text[-1:] in _SENTENCE_END)


def _joined(item: _Text) -> str:
    return "".join(line.text for _, line in item.lines)


def _paragraph(item: _Text) -> Paragraph:
    text, starts = "", []
    for page, line in item.lines:
        starts.append((len(text), Place(page=page, box=line.box)))
        text += line.text
    return Paragraph(text, starts[0][1], tuple(starts), item.kind)


def _doubtful(doubts: Iterable[str]) -> str:
    """One reason for all that is doubtful in a cell or place."""
    several = list(dict.fromkeys(doubts))
    return f"扫描识别不确定（{'、'.join(several[:_MOST_DOUBTS])}{' 等' if len(several) > _MOST_DOUBTS else ''}）"


def _table(sheet: _Sheet, number: int, doubts: dict[Place, str]) -> Table:
    grids = [side_by_side(sheet.parts_of(index)) for index in range(len(sheet.grids))]
    xs = clusters([x for grid in grids for x in grid.xs])
    width = len(xs) - 1
    rows: list[tuple[Cell, ...]] = []
    before: tuple[bool, ...] = ()
    above: Grid | None = None
    for grid, skip in zip(grids, sheet.skipped, strict=True):
        columns = [min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)) for x in grid.xs]  # type: ignore[misc]
        start = len(rows)
        for r in range(skip, len(grid.ys) - 1):
            cells = tuple(_row_cells(grid, r, columns, number, len(rows) + 1, doubts))
            if r == skip and rows and above and grid.open_top and _is_rest_of(rows[-1], cells, above.open_bottom):
                rows[-1] = _with_rest(rows[-1], cells)
                for upper, lower in zip(rows[-1], cells, strict=True):
                    if lower.place in doubts:
                        doubts.setdefault(upper.place, doubts.pop(lower.place))
            else:
                rows.append(cells)
        if not skip and before and grid.shut_above:
            rows = with_cut_cells_joined(rows, start, before, _by_column(grid.shut_above, columns, width))
        before = _by_column(grid.shut_below, columns, width) if grid.shut_below else ()
        above = grid
    first = sheet.grids[0]
    place = Place(page=first.page, table=number, box=(first.xs[0], first.ys[0], first.xs[-1], first.ys[-1]))
    return Table(tuple(rows), place, exact=True, width=width)


def _by_column(shut: Sequence[bool], columns: Sequence[int], width: int) -> tuple[bool, ...]:
    """What is known of a grid's own columns, of each column of the whole table."""
    return tuple(any(shut[i] for i in range(len(shut)) if columns[i] <= column < columns[i + 1]) for column in range(width))


def _repeated_rows(sheet: _Sheet) -> Iterator[Paragraph]:
    """Header rows printed again where the table goes on: not read twice, and not lost."""
    for number, skip in enumerate(sheet.skipped):
        for grid in sheet.parts_of(number):
            for row in range(skip):
                text = " ".join(clean(text_of(cell.chars)) for cell in sorted(grid.cells, key=lambda c: c.left) if cell.top == row)
                if text.strip():
                    box = (grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])
                    yield Paragraph(text.strip(), Place(page=grid.page, box=box), kind="repeated")


def _is_rest_of(row: tuple[Cell, ...], rest: tuple[Cell, ...], is_open: bool) -> bool:
    """Is the first row of a page the rest of the row that the page break cut: text only, where the row before has text, and less of it?

    ``is_open``: no line is drawn below the row before. Else only what holds a figure tells that it is begun by no other row.
    """
    if [(c.col, c.colspan) for c in row] != [(c.col, c.colspan) for c in rest] or any(c.covered for c in rest):
        return False
    filled = [(a, b) for a, b in zip(row, rest, strict=True) if b.text]
    if not filled or any(
        re.search(r"\d", b.text) or _HEADING.match(b.text) or not a.text or parse_number(a.text) is not None for a, b in filled
    ):
        return False
    return any(a.text and not b.text and (is_open or re.search(r"\d", a.text)) for a, b in zip(row, rest, strict=True))


def _with_rest(row: tuple[Cell, ...], rest: tuple[Cell, ...]) -> tuple[Cell, ...]:
    joined = []
    for a, b in zip(row, rest, strict=True):
        raw = f"{a.raw}\n{b.raw}" if b.text else a.raw
        joined.append(Cell(clean(raw), raw, a.place, a.col, a.colspan, a.rowspan, a.covered))
    return tuple(joined)


def _row_cells(grid: Grid, row: int, columns: list[int], table: int, number: int, doubts: dict[Place, str]) -> Iterator[Cell]:
    inside = sorted((c for c in grid.cells if c.top <= row < c.bottom), key=lambda c: c.left)
    for cell in inside:
        left, right = columns[cell.left], columns[cell.right]
        covered = cell.top < row
        raw = "" if covered else text_of(cell.chars)
        page, box = grid.place_of(cell)
        place = Place(page=page, table=table, row=number, col=left + 1, box=box)
        if not covered and (unclear := [char.doubt for char in cell.chars if char.doubt]):
            doubts[place] = _doubtful(unclear)
        yield Cell(clean(raw), raw, place, left, max(1, right - left), cell.bottom - cell.top, covered)
