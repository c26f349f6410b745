"""Fitting a ragged row to columns: which cell stands in which column, where merged cells are missing or shifted.

An alignment in the manner of sequence comparison: cells keep their order, a cell may span columns (merged), a column may stay without
a cell (lost), a cell may be left over (printed where no column is). The best reading by what cells look like wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.values.text import is_blank

# Costs, in the unit of one doubtful cell.
_SPAN_TEXT = 0.6
_SPAN_BLANK = 1.6
_SPAN_OTHER = 3.0
_LOST_COLUMN = 2.4
_LEFT_OVER_BLANK = 0.8
_LEFT_OVER = 6.0
_MAX_SPAN = 8
_STAY = 1.0  # a row as long as its header must gain more than this to be shifted

# fits(text, column) → how well the text suits the column: about +3 well, 0 perhaps, −3 hardly.
Suits = Callable[[str, int], float]


@dataclass(frozen=True, slots=True)
class Fit:
    """``column[i]`` of cell i (its first, where it spans; None where left over), and the total score."""

    column: tuple[int | None, ...]
    score: float

    @property
    def left_over(self) -> int:
        return sum(1 for column in self.column if column is None)


def fit_row(texts: Sequence[str], columns: int, suits: Suits, is_label: Callable[[str], bool]) -> Fit:
    """The best assignment of cells to columns. ``is_label``: text that may well lie over several columns (合计)."""
    cells = len(texts)
    suited = [[suits(text, column) for column in range(columns)] for text in texts]
    if cells == columns and all(suited[i][i] >= 0 for i in range(cells)):
        return Fit(tuple(range(columns)), sum(suited[i][i] for i in range(cells)))  # every cell suits the column it stands in
    infinity = float("-inf")
    best = [[infinity] * (columns + 1) for _ in range(cells + 1)]
    step: list[list[tuple[int, int, int | None]]] = [[(0, 0, None)] * (columns + 1) for _ in range(cells + 1)]
    best[0][0] = 0.0
    for i in range(cells + 1):
        for j in range(columns + 1):
            here = best[i][j]
            if here == infinity:
                continue
            if j < columns and here - _LOST_COLUMN > best[i][j + 1]:
                best[i][j + 1], step[i][j + 1] = here - _LOST_COLUMN, (i, j, None)
            if i == cells:
                continue
            blank = is_blank(texts[i])
            dropped = here - (_LEFT_OVER_BLANK if blank else _LEFT_OVER)
            if dropped > best[i + 1][j]:
                best[i + 1][j], step[i + 1][j] = dropped, (i, j, None)
            per_column = _SPAN_BLANK if blank else _SPAN_TEXT if is_label(texts[i]) else _SPAN_OTHER
            for span in range(1, min(_MAX_SPAN, columns - j) + 1):
                score = here + suited[i][j] - per_column * (span - 1)
                if score > best[i + 1][j + span]:
                    best[i + 1][j + span], step[i + 1][j + span] = score, (i, j, j)
    if cells == columns and sum(suited[i][i] for i in range(cells)) + _STAY >= best[cells][columns]:
        return Fit(tuple(range(columns)), sum(suited[i][i] for i in range(cells)))
    column: list[int | None] = [None] * cells
    i, j = cells, columns
    while i or j:
        before_i, before_j, at = step[i][j]
        if before_i < i:
            column[before_i] = at
        i, j = before_i, before_j
    return Fit(tuple(column), best[cells][columns])
