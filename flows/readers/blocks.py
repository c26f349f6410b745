"""The printed lines of one cell, and the columns they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from flows.readers.columns import overlaps
from flows.readers.page import Char
from flows.readers.pieces import Piece, Stacked

ALIGNED = 2.0  # points: places this close are one
CENTRED = 2.6  # points: how far a merged cell's text may be off the middle of its columns
NEAR = 9.0  # points: text this close to its cell's side is set to that side


@dataclass(slots=True, eq=False)
class Block(Stacked):
    """The lines of one cell."""

    pieces: list[Piece]
    left: int
    right: int

    @property
    def mid(self) -> float:
        return median(piece.mid for piece in self.pieces)

    @property
    def chars(self) -> tuple[Char, ...]:
        return tuple(char for piece in self.pieces for char in piece.chars)


def touched_by(piece: Piece, xs: Sequence[float]) -> list[int]:
    """The columns that a piece reaches into; where it is in none, the nearest."""
    found = [index for index, (a, b) in enumerate(pairwise(xs)) if overlaps(piece, a, b)]
    return found or [min(range(len(xs) - 1), key=lambda index: abs((xs[index] + xs[index + 1]) / 2 - piece.mid))]
