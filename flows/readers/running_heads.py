"""Lines that pages print alike above all they hold: the paper's head, no row of what goes on below it."""

from collections.abc import Iterator
from itertools import takewhile
from statistics import median

from flows.readers.page import PageContent
from flows.readers.pieces import Strip, em_of, strips

Heads = frozenset[tuple[str, int]]  # text and height of a page's first lines

_MARGIN = 0.12  # of the page's height
_LARGER = 1.2  # of the usual size: a title, which forms that each fill a page have in common
_APART = 1.6  # of a character's width: what follows closer is of the same cell or the next row


def heads_of(page: PageContent) -> Heads:
    """What stands alone and apart at the upper edge of a page: no line of several cells, which may be a table's header."""
    return frozenset(map(_key, _alone(page)))


def printed_again(page: PageContent, before: Heads) -> set[int]:
    """The characters (by id) of the first lines of a page that the page before has too, down to one that it has not."""
    again = takewhile(lambda line: _key(line) in before, _alone(page) if before else ())
    return {id(char) for line in again for piece in line.pieces for char in piece.chars}


def _alone(page: PageContent) -> Iterator[Strip]:
    chars = [char for char in page.chars if not char.text.isspace()]
    if not chars:
        return
    usual, em = median(char.size for char in chars), em_of(chars)
    lines = strips((char for char in chars if char.baseline < page.height * 2 * _MARGIN), em)
    for line, below in zip(lines, [*(line.baseline for line in lines[1:]), page.height], strict=False):
        far = below - line.baseline >= _APART * em
        if len(line.pieces) > 1 or line.pieces[0].size > _LARGER * usual or not far or line.baseline > page.height * _MARGIN:
            return
        yield line


def _key(line: Strip) -> tuple[str, int]:
    return line.text, round(line.baseline)
