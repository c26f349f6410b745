"""Pieces of which the grids of all evaluation forms are built."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from flows.typeset.facts import Goal, Indicator
from flows.typeset.figures import money, percent, plain
from flows.typeset.grid import Cell

Row = tuple[Cell, ...]

# Forms print their money in this unit, whatever the tables of the report do.
_UNIT = "万元"


def text(words: str | None, columns: int = 1) -> Cell:
    """Words, set to the left."""
    return Cell(words or "", columns, align="left")


def amount(value: Decimal | None, columns: int = 1) -> Cell:
    """Money in 万元; nothing known, nothing printed."""
    return Cell("" if value is None else money(value, _UNIT), columns)


def number(value: Decimal | None, missing: str = "") -> Cell:
    """A weight or a score."""
    return Cell(missing if value is None else plain(value))


def rate(value: Decimal | None, missing: str = "") -> Cell:
    """A rate of execution."""
    return Cell(missing if value is None else percent(value))


def target(entry: Indicator) -> Cell:
    """Operator, value and unit in one cell: ≥90%."""
    return Cell(f"{entry.operator or ''}{entry.target}{entry.unit}")


def words(*names: str) -> Row:
    """Header cells of one column each."""
    return tuple(Cell(name) for name in names)


def beside(block: str, rows: Iterable[Row]) -> list[Row]:
    """Rows with the name of their block in a merged cell to their left."""
    first, *others = rows
    return [(Cell(block, 1, 1 + len(others)), *first), *others]


def goal_rows(goals: Sequence[Goal], names: tuple[str, str], spans: tuple[int, int]) -> Iterator[Row]:
    """Target and result side by side under their names."""
    yield tuple(Cell(name, span) for name, span in zip(names, spans, strict=True))
    for goal in goals:
        yield (text(goal.target, spans[0]), text(goal.result, spans[1]))


def indicator_rows(indicators: Sequence[Indicator], head: Row, cells: Callable[[Indicator], Row]) -> Iterator[Row]:
    """A header and a row for each indicator; neighbours share merged cells for their first two levels."""
    yield head
    for level1, of_level1 in groupby(indicators, key=lambda entry: entry.level1):
        members = list(of_level1)
        levels = [Cell(level1, rows=len(members))]
        for level2, of_level2 in groupby(members, key=lambda entry: entry.level2):
            siblings = list(of_level2)
            levels.append(Cell(level2, rows=len(siblings)))
            for entry in siblings:
                yield (*levels, *cells(entry))
                levels = []
