"""Forms without any line: the texts of their cells, the rows they stand in, and which rows each label stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.readers.columns import overlaps
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
        return len(self.pieces) == 1 and self.pieces[0].is_figure


@dataclass
class Row:
    """Texts with their middle at one height, from the left."""

    texts: list[Text]

    @property
    def top(self) -> float:
        return min(text.top for text in self.texts)

    @property
    def bottom(self) -> float:
        return max(text.bottom for text in self.texts)

    @property
    def strip(self) -> Strip:
        return Strip(self.texts[0].height, tuple(piece for text in self.texts for piece in text.pieces))


@dataclass
class Part:
    """Rows first..last (half-open) beside one label; ``label`` None: a row whose first cell begins at the form's side."""

    label: Text | None
    first: int
    last: int


def texts_of(lines: Sequence[Strip], em: float) -> list[Text] | None:
    """Pieces under one another as the lines of one cell. None: rows of figures stand as close as lines, and are not to be told from them."""
    chains: list[list[Piece]] = []
    for line in lines:
        for piece in line.pieces:
            near = (c for c in chains if 0 < piece.baseline - c[-1].baseline <= _LEADING * em and overlaps(piece, c[-1].x0, c[-1].x1))
            above = next(near, None)
            if above is None:
                chains.append([piece])
            elif above[-1].is_figure and piece.is_figure:
                return None
            elif min(abs(above[-1].x0 - piece.x0), abs(above[-1].mid - piece.mid)) <= SAME_MIDDLE:
                above.append(piece)
            else:
                chains.append([piece])
    return [Text(tuple(chain)) for chain in chains]


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
    return sorted(kept, key=lambda r: r.top), floating


def parts_beside(labels: Sequence[Text], rows: Sequence[Row]) -> list[Part] | None:
    """The rows beside each label: each label in the middle of its rows, as few rows as possible without one, in one way only."""
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
    best = [parts for missed, parts in ways if missed == ways[0][0]]
    return best[0] if len(best) == 1 else None
