"""Lines of a table whose cells cannot be told: pieces beside each other on line after line, without the ruling to say what belongs together.

They are no running text: a sentence made of what stands beside each other in a table says what nobody wrote.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from flows.readers.centred import centred_grid
from flows.readers.form_rest import rest_of_form
from flows.readers.page import Char, Segment
from flows.readers.pieces import Piece, Strip, em_of, strips
from flows.readers.regions import LEADERS, NOTE, is_caption, is_row_line
from flows.readers.ruled import Grid

_FEWEST = 3  # pieces on a line: two are a label and what it labels, an entry and its page
_FEWEST_LINES = 2
_NEAR = 2.8  # of a character's width: a line of one cell this close to the others is one of theirs
_FAR = 6.0  # of a character's width: lines further apart are not of one table
_BROAD = 0.75  # of the table's width: a line as long as this is a paragraph's
_SAME_SIZE = 0.15
_SAME_PLACE = 1.5  # points
_FEWEST_ALIKE = 2


def find_loose_cells(
    page: int,
    chars: Sequence[Char],
    taken: Sequence[tuple[float, float]],
    goes_on: bool,
    form: Grid | None = None,
    flats: Sequence[Segment] = (),
) -> tuple[list[Grid], set[int]]:
    """The forms among such lines that can be told after all, and the ids of the characters in all others.

    ``chars``: those outside all tables; ``taken``: top and bottom of those tables; ``goes_on``: such lines end the page before; ``form``: that
    they are there, where they could be told; ``flats``: the lines across outside those tables.
    """
    em = em_of(chars)
    grids: list[Grid] = []
    found: set[int] = set()
    for number, run in enumerate(_runs(strips(chars, em), taken, em)):
        width = max(p.x1 for line in run for p in line.pieces) - min(p.x0 for line in run for p in line.pieces)
        fewest = 1 if goes_on and number == 0 else _FEWEST_LINES
        extents = list(_extents(run, fewest, width, em))
        if not extents and number == 0 and goes_on and form:  # labels and texts of several lines each may have no line in common
            rest, is_whole = rest_of_form(page, run, em, form, flats)
            is_labelled = rest is not None and any(cell.top == cell.left == 0 and cell.chars for cell in rest.cells)
            grids += [rest] if rest and is_whole and is_labelled else []
        for first, last, is_sure in extents:
            size = median(line.pieces[0].size for line in run[first : last + 1])
            while first and _is_cell_beside(run[first - 1], run[first], size, width, em):
                first -= 1
            while last + 1 < len(run) and _is_cell_beside(run[last + 1], run[last], size, width, em):
                last += 1
            is_rest = goes_on and number == 0 and first == 0  # of a form whose header stands on the page before
            inside = run[first : last + 1]
            rest, is_whole = rest_of_form(page, inside, em, form, flats) if is_rest and form else (None, False)
            own = None if is_whole else centred_grid(page, inside, em, begins=is_rest, has_block=not is_sure, flats=flats)
            grid = own or rest
            told = {id(char) for cell in grid.cells for char in cell.chars} if grid else set()
            if grid:
                grids.append(grid)
            if grid or is_sure:
                found |= {id(char) for line in inside for piece in line.pieces for char in piece.chars} - told
    return grids, found


def _runs(lines: Sequence[Strip], taken: Sequence[tuple[float, float]], em: float) -> Iterator[list[Strip]]:
    """Lines under one another with no table, caption, note or wide blank between them."""
    run: list[Strip] = []
    for line in lines:
        parted = run and any(run[-1].baseline < top < line.baseline for top, _ in taken)
        stops = is_caption(line) or bool(NOTE.match(line.text)) or bool(LEADERS.search(line.text))
        if run and (parted or stops or line.baseline - run[-1].baseline > _FAR * em):
            yield run
            run = []
        if not stops:
            run.append(line)
    if run:
        yield run


def _extents(run: Sequence[Strip], fewest: int, width: float, em: float) -> Iterator[tuple[int, int, bool]]:
    """The first and the last of lines with pieces beside each other and no paragraph between, and whether they are a table's for sure:
    whether enough have several pieces, lined up."""
    rows: list[int] = []
    left = min(piece.x0 for line in run for piece in line.pieces)
    for index, line in enumerate([*run, None]):
        prose = line is None or (len(line.pieces) == 1 and _is_broad(line, width) and line.pieces[0].x0 < left + 1.5 * em)
        if prose:
            many = [run[row] for row in rows if len(run[row].pieces) >= _FEWEST]
            if rows:
                is_sure = (fewest == 1 and bool(many)) or any(_lined_up(a, b) for number, a in enumerate(many) for b in many[:number])
                yield rows[0], rows[-1], is_sure
            rows = []
        elif line is not None and is_row_line(line):
            rows.append(index)


def _lined_up(a: Strip, b: Strip) -> bool:
    """Have two lines two places in common where pieces begin, end or have their middle?"""
    alike = sum(1 for p in a.pieces if any(min(abs(p.x0 - q.x0), abs(p.mid - q.mid), abs(p.x1 - q.x1)) <= _SAME_PLACE for q in b.pieces))
    return alike >= _FEWEST_ALIKE


def _is_broad(line: Strip, width: float) -> bool:
    return line.pieces[-1].x1 - line.pieces[0].x0 >= _BROAD * width


def _is_cell_beside(line: Strip, other: Strip, size: float, width: float, em: float) -> bool:
    """May a line above or below be a cell of the table too: as large, as close, and no line of a paragraph?"""
    first: Piece = line.pieces[0]
    alike = abs(first.size - size) <= _SAME_SIZE * size
    return alike and not _is_broad(line, width) and abs(line.baseline - other.baseline) <= _NEAR * em
