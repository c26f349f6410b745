"""Printed lines → pieces: runs of characters with no gap between them that could part two cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.readers import layout
from flows.readers.page import Char
from flows.values.numbers import parse_number, parse_rate
from flows.values.text import squash

_GAP = 0.55  # of the width of a Chinese character: blanks this wide part two cells
_SPACED_WORD = re.compile(r"^(?:合计|总计|小计|项目|金额|科目|单位|名称|编码|收入|支出|代码|栏次|行次|备注|序号|预算|决算|类别|指标|事由)$")
_NO_VALUE = frozenset("-—－–/")


@dataclass(frozen=True)
class Piece:
    """Characters that stand together on one printed line, from left to right."""

    chars: tuple[Char, ...]

    @cached_property
    def x0(self) -> float:
        return self.chars[0].x0

    @cached_property
    def x1(self) -> float:
        return max(char.x1 for char in self.chars)

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def baseline(self) -> float:
        return self.chars[0].baseline

    @property
    def size(self) -> float:
        sizes = sorted(char.size for char in self.chars)
        return sizes[len(sizes) // 2]

    @cached_property
    def text(self) -> str:
        return squash("".join(char.text for char in self.chars))

    @cached_property
    def is_figure(self) -> bool:
        """An amount, a rate, a code or a sign for no value: never broken over two lines, never a header of its own."""
        return parse_number(self.text) is not None or parse_rate(self.text) is not None or set(self.text) <= _NO_VALUE


class Stacked:
    """Pieces under one another, from the top: where they stand. ``height`` is that of their middle."""

    __slots__ = ()
    pieces: Sequence[Piece]

    @property
    def x0(self) -> float:
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def top(self) -> float:
        return self.pieces[0].baseline

    @property
    def bottom(self) -> float:
        return self.pieces[-1].baseline

    @property
    def height(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Strip:
    """The pieces of one printed line."""

    baseline: float
    pieces: tuple[Piece, ...]

    @cached_property
    def has_figures(self) -> bool:
        return any(piece.is_figure for piece in self.pieces)

    @cached_property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def em_of(chars: Iterable[Char]) -> float:
    """The usual width of a Chinese character, in points."""
    widths = sorted(char.x1 - char.x0 for char in chars if not char.text.isascii())
    return widths[len(widths) // 2] if widths else 10.0


def strips(chars: Iterable[Char], em: float) -> list[Strip]:
    """The lines that the characters print, top to bottom, each cut into its pieces."""
    found = []
    for line in layout.lines(chars):
        found.append(Strip(line.baseline, tuple(_pieces(line.chars, em))))
    return found


def _pieces(chars: list[Char], em: float) -> list[Piece]:
    runs: list[list[Char]] = []
    blanks: list[Char] = []
    for char in chars:
        if char.text.isspace():
            blanks.append(char)
            continue
        if runs and char.x0 - runs[-1][-1].x1 <= _GAP * em:
            runs[-1] += [*blanks, char]
        else:
            runs.append([char])
        blanks = []
    joined: list[list[Char]] = []
    for run in runs:
        if joined and len(run) == len(joined[-1]) == 1 and _SPACED_WORD.match(joined[-1][0].text + run[0].text):
            joined[-1] += run  # 合　计: one word, spread out
        else:
            joined.append(run)
    return [Piece(tuple(run)) for run in joined]
