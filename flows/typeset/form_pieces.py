"""Pieces of which the grids of all evaluation forms are built."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from flows.typeset.facts import Goal, Indicator
from flows.typeset.figures import percent, plain
from flows.typeset.grid import Cell
from flows.typeset.layouts import Layout

Row = tuple[Cell, ...]


def text(words: str | None, columns: int = 1) -> Cell:
    """Words, set to the left."""
    return Cell(words or "", columns, align="left")


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


def in_order(layout: Layout, money: list[Row], goals: list[Row]) -> list[Row]:
    """The money part and the goals, whichever the layout prints first."""
    return [*goals, *money] if layout.goals_first else [*money, *goals]


def indicator_columns(layout: Layout, target_columns: Sequence[int], weight: int, count: int) -> list[int]:
    """The order of an indicator's ``count`` columns after its name: where its weight stands before or amid target and result."""
    others = [index for index in range(count) if index != weight]
    match layout.indicator_order:
        case "weight_first":
            return [weight, *others]
        case "weight_second":
            after = others.index(max(target_columns)) + 1
            return [*others[:after], weight, *others[after:]]
    return list(range(count))


def money_columns(layout: Layout, weight: int, rate_: int, score: int) -> list[int]:
    """The order of the six columns of a money part whose first three are the amounts."""
    match layout.money_order:
        case "rate_first":
            return [0, 1, 2, rate_, weight, score]
        case "scores_last":
            return [0, 1, 2, weight, score, rate_] if weight < rate_ else [0, 1, 2, weight, rate_, score]
    return list(range(6))


def goal_rows(goals: Sequence[Goal], names: tuple[str, str], spans: tuple[int, int]) -> Iterator[Row]:
    """Target and result side by side under their names."""
    yield tuple(Cell(name, span) for name, span in zip(names, spans, strict=True))
    for goal in goals:
        yield (text(goal.target, spans[0]), text(goal.result, spans[1]))


def indicator_rows(indicators: Sequence[Indicator], head: Row, cells: Callable[[Indicator], Row], merged: bool = True) -> Iterator[Row]:
    """A header and a row for each indicator; neighbours share merged cells for their first two levels, or each row repeats them."""
    yield head
    if not merged:
        yield from ((Cell(entry.level1), Cell(entry.level2), *cells(entry)) for entry in indicators)
        return
    for level1, of_level1 in groupby(indicators, key=lambda entry: entry.level1):
        members = list(of_level1)
        levels = [Cell(level1, rows=len(members))]
        for level2, of_level2 in groupby(members, key=lambda entry: entry.level2):
            siblings = list(of_level2)
            levels.append(Cell(level2, rows=len(siblings)))
            for entry in siblings:
                yield (*levels, *cells(entry))
                levels = []
