"""Lines of a table whose cells cannot be told: pieces beside each other on line after line, without the ruling to say what belongs together.

They are no running text: a sentence made of what stands beside each other in a table says what nobody wrote.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from flows.readers.page import Char
from flows.readers.pieces import Piece, Strip, em_of, strips
from flows.readers.unruled import LEADERS, NOTE, is_caption, is_row_line

_FEWEST = 3  # pieces on a line: two are a label and what it labels, an entry and its page
_FEWEST_LINES = 2
_NEAR = 2.8  # of a character's width: a line of one cell this close to the others is one of theirs
_FAR = 6.0  # of a character's width: lines further apart are not of one table
_BROAD = 0.75  # of the table's width: a line as long as this is a paragraph's
_SAME_SIZE = 0.15


def find_loose_cells(chars: Sequence[Char], taken: Sequence[tuple[float, float]], goes_on: bool) -> set[int]:
    """Ids of the characters that stand in such lines.

    ``chars``: those outside all tables; ``taken``: top and bottom of those tables; ``goes_on``: such lines end the page before.
    """
    em = em_of(chars)
    found: set[int] = set()
    for number, run in enumerate(_runs(strips(chars, em), taken, em)):
        first, last = _extent(run, fewest=1 if goes_on and number == 0 else _FEWEST_LINES)
        if first is None:
            continue
        size = median(line.pieces[0].size for line in run[first : last + 1])
        width = max(p.x1 for line in run for p in line.pieces) - min(p.x0 for line in run for p in line.pieces)
        while first and _is_cell_beside(run[first - 1], run[first], size, width, em):
            first -= 1
        while last + 1 < len(run) and _is_cell_beside(run[last + 1], run[last], size, width, em):
            last += 1
        found |= {id(char) for line in run[first : last + 1] for piece in line.pieces for char in piece.chars}
    return found


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


def _extent(run: Sequence[Strip], fewest: int) -> tuple[int | None, int]:
    """The first and the last line with pieces beside each other, where enough lines have several."""
    rows = [index for index, line in enumerate(run) if is_row_line(line)]
    many = [index for index in rows if len(run[index].pieces) >= _FEWEST]
    return (rows[0], rows[-1]) if len(many) >= fewest else (None, 0)


def _is_cell_beside(line: Strip, other: Strip, size: float, width: float, em: float) -> bool:
    """May a line above or below be a cell of the table too: as large, as close, and no line of a paragraph?"""
    first: Piece = line.pieces[0]
    alike = abs(first.size - size) <= _SAME_SIZE * size
    short = line.pieces[-1].x1 - first.x0 < _BROAD * width
    return alike and short and abs(line.baseline - other.baseline) <= _NEAR * em
