"""Forms without any line: the texts of their cells, the rows they stand in, and which rows each label stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.readers.broken import broken_leading
from flows.readers.columns import overlaps
from flows.readers.page import Segment
from flows.readers.pieces import Piece, Stacked, Strip

_LEADING = 1.55  # of a character's width: lines of one cell are no further apart
_SAME_HEIGHT = 1.3  # points: middles this close are one
SAME_MIDDLE = 1.2
_MOST_UNLABELLED = 4


@dataclass(frozen=True)
class Text(Stacked):
    """The lines of one cell."""

    pieces: tuple[Piece, ...]

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def is_figure(self) -> bool:
        return Piece(tuple(char for piece in self.pieces for char in piece.chars)).is_figure


@dataclass
class Row:
    """Texts with their middle at one height, from the left."""

    texts: list[Text]
    stretch: float = 0.0  # how much higher and lower it reaches than its texts need, for a merged cell's sake

    @property
    def top(self) -> float:
        return min(text.top for text in self.texts) - self.stretch

    @property
    def bottom(self) -> float:
        return max(text.bottom for text in self.texts) + self.stretch

    @property
    def strip(self) -> Strip:
        return Strip(self.texts[0].height, tuple(piece for text in self.texts for piece in text.pieces))


@dataclass
class Part:
    """Rows first..last (half-open) beside one label; ``label`` None: a row whose first cell begins at the form's side."""

    label: Text | None
    first: int
    last: int


def texts_of(lines: Sequence[Strip], em: float, flats: Sequence[Segment] = ()) -> list[Text] | None:
    """Pieces under one another as the lines of one cell. None: rows of figures stand as close as lines, and are not to be told from them.

    Where all figures that stand so close make well-formed ones together, they are broken over lines; where lines across (``flats``) part
    rows, those of one row are.
    """
    chains: list[list[Piece]] = []
    broken: list[list[Piece]] = []  # figures that are one only if lines tell so
    leading = broken_leading(lines, em)
    for line in lines:
        for piece in line.pieces:
            near = (
                c
                for c in chains
                if 0 < piece.baseline - c[-1].baseline <= _LEADING * em
                and overlaps(piece, c[-1].x0, c[-1].x1)
                and not any(c[-1].baseline < y < piece.baseline for y in _lines_over(piece, flats))
            )
            above = next(near, None)
            if above is None:
                chains.append([piece])
                continue
            if above[-1].is_figure and piece.is_figure and leading is None:
                broken.append(above)
            if min(abs(above[-1].x0 - piece.x0), abs(above[-1].mid - piece.mid)) <= SAME_MIDDLE or _end_alike(above[-1], piece):
                above.append(piece)
            else:
                chains.append([piece])
    texts = [Text(tuple(chain)) for chain in chains]
    return texts if all(_is_one_figure(Text(tuple(chain)), texts, flats) for chain in broken) else None


def _lines_over(piece: Piece, flats: Sequence[Segment]) -> list[float]:
    """The heights of the lines that pass over or below the middle of a piece."""
    return [flat.at for flat in flats if flat.start <= piece.mid <= flat.end]


def _is_one_figure(text: Text, others: Sequence[Text], flats: Sequence[Segment]) -> bool:
    """Makes a broken figure a well-formed one, alone in a row between two lines whose cells all have their middle at one height?"""
    ys = _lines_over(text.pieces[0], flats)
    top, bottom = max((y for y in ys if y < text.top), default=None), min((y for y in ys if y > text.bottom), default=None)
    if top is None or bottom is None or not text.is_figure:
        return False
    inside = [other for other in others if top < other.top and other.bottom < bottom]
    return len(inside) > 1 and all(abs(other.height - text.height) <= _SAME_HEIGHT for other in inside)


def _end_alike(above: Piece, below: Piece) -> bool:
    """Are they the parts of a figure that is set to its cell's right side?"""
    return above.is_figure and below.is_figure and abs(above.x1 - below.x1) <= SAME_MIDDLE


def rows_of_texts(texts: Sequence[Text], em: float) -> tuple[list[Row], list[Text]]:
    """Rows from the top, and the texts between two rows, which are merged over several."""
    rows: list[Row] = []
    for text in sorted(texts, key=lambda t: (t.height, t.x0)):
        if rows and text.height - rows[-1].texts[-1].height <= _SAME_HEIGHT:
            rows[-1].texts.append(text)
        else:
            rows.append(Row([text]))
    floating: list[Text] = []
    kept: list[Row] = []
    for row in sorted(rows, key=lambda r: -len(r.texts)):
        if any(row.top - other.bottom < _LEADING * em and other.top - row.bottom < _LEADING * em for other in kept):
            floating += row.texts
        else:
            kept.append(row)
    for row in kept:
        row.texts.sort(key=lambda t: t.x0)
    kept.sort(key=lambda r: r.top)
    _stretch(kept)
    return kept, floating


def _stretch(rows: Sequence[Row]) -> None:
    """Finds the rows that are higher than their texts need: what stands above and below keeps the same distance beyond the usual."""
    gaps = [b.top - a.bottom for a, b in pairwise(rows)]
    if not gaps:
        return
    spare = [gap - min(gaps) for gap in gaps]
    for row, above, below in zip(rows[1:-1], spare, spare[1:], strict=False):
        if min(above, below) > _SAME_HEIGHT / 2 and abs(above - below) <= _SAME_HEIGHT:
            row.stretch = (above + below) / 2


def ways_beside(labels: Sequence[Text], rows: Sequence[Row]) -> list[list[Part]]:
    """The rows beside each label: each label in the middle of its rows, as few rows as possible without one. May be so in several ways."""
    ways: list[tuple[int, list[Part]]] = []

    def go(row: int, label: int, missed: int, parts: list[Part]) -> None:
        if ways and missed > ways[0][0]:
            return
        if row == len(rows):
            if label == len(labels):
                ways[:] = [way for way in ways if way[0] <= missed] + [(missed, parts)]
                ways.sort(key=lambda way: way[0])
                del ways[8:]
            return
        for stop in range(row + 1, len(rows) + 1) if label < len(labels) else ():
            middle = (rows[row].top + rows[stop - 1].bottom) / 2
            if abs(middle - labels[label].height) <= _SAME_HEIGHT:
                go(stop, label + 1, missed, [*parts, Part(labels[label], row, stop)])
            if middle > labels[label].height + _SAME_HEIGHT:
                break
        if missed < _MOST_UNLABELLED:
            go(row + 1, label, missed + 1, [*parts, Part(None, row, row + 1)])

    go(0, 0, 0, [])
    return [parts for missed, parts in ways if missed == ways[0][0]]


def tiled_from_below(labels: Sequence[Text], rows: Sequence[Row]) -> list[Part] | None:
    """The rows beside each label, where they fill all rows from some row down to the last; None where a label is in the middle of none."""
    parts: list[Part] = []
    stop = len(rows)
    for label in reversed(labels):
        fitting = [first for first in range(stop) if abs((rows[first].top + rows[stop - 1].bottom) / 2 - label.height) <= _SAME_HEIGHT]
        if len(fitting) != 1:
            return None
        parts.insert(0, Part(label, fitting[0], stop))
        stop = fitting[0]
    return parts
