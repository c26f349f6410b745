"""Characters → printed lines → text, for fixed-layout pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from flows.readers.page import Char

_SAME_BASELINE = 0.45  # of the character size
_WORD_GAP = 0.5  # of the character size, between Latin letters or digits
_COLUMN_GAP = 2.0  # of the character size: so far apart, two pieces of a line are not one word


@dataclass(slots=True)
class Line:
    """A printed line: its characters from left to right."""

    chars: list[Char]

    @property
    def x0(self) -> float:
        return min(char.x0 for char in self.chars)

    @property
    def x1(self) -> float:
        return max(char.x1 for char in self.chars)

    @property
    def baseline(self) -> float:
        return self.chars[0].baseline

    @property
    def size(self) -> float:
        sizes = sorted(char.size for char in self.chars)
        return sizes[len(sizes) // 2] or 10.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.x0, min(char.top for char in self.chars), self.x1, max(char.bottom for char in self.chars))

    @property
    def text(self) -> str:
        return "".join(self._pieces()).strip()

    @property
    def doubts(self) -> list[tuple[int, str]]:
        """What is doubtful in ``text``, by offset."""
        if not any(char.doubt for char in self.chars):
            return []
        pieces = self._pieces()
        begins = list(accumulate((len(piece) for piece in pieces), initial=0))
        lead = len("".join(pieces)) - len("".join(pieces).lstrip())
        ends = zip(begins[1:], self.chars, strict=True)
        return [(max(0, end - len(char.text) - lead), char.doubt) for end, char in ends if char.doubt]

    def _pieces(self) -> list[str]:
        """A piece of text for each character: itself, with a blank before it where it stands apart."""
        pieces: list[str] = []
        last: Char | None = None
        size = self.size
        for char in self.chars:
            blank = ""
            if last and char.text != " " and last.text != " ":
                gap = char.x0 - last.x1
                latin = last.text.isascii() and last.text.isalnum() and char.text.isascii() and char.text.isalnum()
                if (latin and gap > size * _WORD_GAP) or gap > size * _COLUMN_GAP:
                    blank = " "
            pieces.append(blank + char.text)
            last = char
        return pieces


def lines(chars: Iterable[Char]) -> list[Line]:
    """Groups characters by baseline, top to bottom, each line from left to right; blank lines are left out."""
    ordered = sorted(chars, key=lambda char: (char.baseline, char.x0))
    found: list[Line] = []
    for char in ordered:
        near = found[-1] if found else None
        if near and abs(char.baseline - near.baseline) <= _SAME_BASELINE * max(char.size, near.chars[0].size, 1.0):
            near.chars.append(char)
        else:
            found.append(Line([char]))
    for line in found:
        line.chars.sort(key=lambda char: char.x0)
        line.chars = _without_doubles(line.chars)
    return [line for line in found if line.text]


def _without_doubles(chars: list[Char]) -> list[Char]:
    """Bold type faked by printing a character twice, a hair apart, counts once."""
    kept: list[Char] = []
    for char in chars:
        last = kept[-1] if kept else None
        if last and char.text == last.text and char.text != " " and abs(char.x0 - last.x0) < 0.15 * max(char.size, 1.0):
            continue
        kept.append(char)
    return kept


def text_of(chars: Iterable[Char]) -> str:
    """The text of a region, one printed line per line."""
    return "\n".join(line.text for line in lines(chars))
