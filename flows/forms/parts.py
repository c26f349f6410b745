"""Headers of the parts of a form (money, tasks, goals, indicators) → columns with roles, and rows fitted to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flows.document import Cell
from flows.forms import words
from flows.grids.columns import Column, exact_columns, ragged_columns
from flows.grids.fit import fit_row
from flows.values.numbers import parse_number, parse_rate
from flows.values.targets import parse_operator, parse_quantity
from flows.values.text import is_blank, label_key, squash
from flows.values.units import unit_of

Row = Sequence[Cell]
_MONEY_ROLES = {"initial_budget", "adjusted_budget", "executed", "rate"}
_TASK_VALUES = {"budget", "executed", "content", "goal_text", "result_text"}
TICKS = frozenset("√✓✔☑■●∨vV")


def roles_of(part: str, row: Row) -> dict[str, int]:
    """Role → index of the first cell that plays it in ``part``."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        role = words.role(part, cell.text)
        if role:
            found.setdefault(role, index)
    return found


def has_numbers(row: Row) -> bool:
    return any(parse_number(cell.text) is not None or parse_rate(cell.text) is not None for cell in row)


def part_of_header(row: Row) -> str | None:
    """Which part a row heads: ``indicator``, ``task``, ``goal``, ``funding``, ``advice``; None for other rows."""
    filled = [cell for cell in row if not is_blank(cell.text)]
    if len(filled) < 2:
        return None
    indicator = roles_of("indicator", row)
    if "level3" in indicator and len({"level1", "level2", "target"} & set(indicator)) >= 2:
        return "indicator"
    if "level2" in indicator and {"level1", "target"} <= set(indicator):
        return "indicator"
    if has_numbers(filled):
        return None
    task = roles_of("task", row)
    if "task_name" in task and _TASK_VALUES & set(task):
        return "task"
    goal = roles_of("goal", row)
    if {"goal_text", "result_text"} <= set(goal) and not is_goal_line(filled):
        return "goal"
    if filled[0].rowspan > 1 and all(words.role("goal_single", cell.text) for cell in filled):
        return "goal"  # 总体目标 | 实施期目标 | 年度目标 over the texts
    if len(_MONEY_ROLES & set(roles_of("funding", row))) >= 2:
        return "funding"
    if len(roles_of("advice", row)) == 2:
        return "advice"
    return None


def is_goal_line(filled: Row) -> bool:
    """年度目标 | text | 完成情况 | text: labels with their texts beside them, no header over texts below."""
    if len(filled) != 4:
        return False
    goal, goal_text, result, result_text = (words.role("goal", cell.text) for cell in filled)
    return goal == "goal_text" and result == "result_text" and not goal_text and not result_text


def goals_below(rows: Sequence[Row], index: int, exact: bool) -> list[Cell]:
    """总体目标 | 实施期目标 | 年度目标 over their texts: the goals in the row below a header that names nothing but goals; else none."""
    header = [cell for cell in rows[index] if not is_blank(cell.text)]
    if not exact or index + 1 >= len(rows) or len(header) < 2 or not all(words.role("goal_single", cell.text) for cell in header):
        return []
    below = [cell for cell in rows[index + 1] if not is_blank(cell.text) and not cell.covered]
    heads = {(cell.col, cell.colspan) for cell in header}
    under = all((cell.col, cell.colspan) in heads and not words.role("goal_single", cell.text) for cell in below)
    return below if under else []


def indicators_below(row: Row, below: Row) -> bool:
    """Is ``row`` the upper half of a header whose lower half, ``below``, names the columns of indicators: 项目名称 | 绩效指标 over 一级指标 …?

    Where the upper half has a column of its own, the lower one has none.
    """
    if part_of_header(below) != "indicator" or has_numbers(row):
        return False
    under = {cell.col: cell for cell in below}
    named = [cell for cell in row if words.role("indicator", cell.text) in ("project_name", "unit_name", "project_budget", "project_goal")]
    return bool(named) and all(cell.col not in under or is_blank(under[cell.col].text) for cell in named)


def header_rows(part: str, rows: Sequence[Row], index: int, exact: bool) -> int:
    """How many rows from ``index`` on are the header of ``part``: by the spans of its cells where they are known, else by their texts."""
    header = rows[index]
    if exact:
        named = [cell for cell in header if words.role(part, cell.text)]
        if part == "goal" and len(named) > 1 and named[0].rowspan > max(cell.rowspan for cell in named[1:]):
            named = named[1:]  # 总体目标 beside the texts is the part's own label
        depths = [cell.rowspan for cell in named]
        return min(max(depths, key=lambda depth: (depths.count(depth), depth), default=1), len(rows) - index)
    count = 1
    while index + count < len(rows) and _is_subheader(part, header, rows[index + count]):
        count += 1
    return count


def _is_subheader(part: str, header: Row, row: Row) -> bool:
    """Does ``row`` go on with the header: only labels of finer columns, nothing under the columns that name things?"""
    filled = [cell.text for cell in row if not is_blank(cell.text)]
    if not filled or has_numbers(row) or len(row) < len(header):
        return False
    if any(parse_operator(text) or words.is_level_word(text) or len(squash(text)) > 12 for text in filled):
        return False
    known = 0
    for text in filled:
        finer = words.role("source", text) if part in ("task", "funding") else words.role("reason_kind", text)
        known += bool(finer or words.role(part, text))
    if known >= 0.6 * len(filled):
        return True
    named = [i for i, cell in enumerate(header) if words.role(part, cell.text) in ("level1", "level2", "level3", "task_name")]
    return len(filled) >= 2 and bool(named) and all(is_blank(cell.text) for cell in row[: max(named) + 1])


@dataclass(frozen=True, slots=True)
class Part:
    """A part's columns: ``roles[i]`` what column i holds (None: the part's own label or unknown)."""

    kind: str
    columns: tuple[Column, ...]
    roles: tuple[str | None, ...]
    exact: bool
    header: tuple[Cell, ...]
    has_label: bool = False

    def index(self, role: str) -> int | None:
        return self.roles.index(role) if role in self.roles else None

    def is_over(self, row: Row) -> bool:
        """Does a row stand below the end of the label that goes on over the part's rows?"""
        first = row[0]
        if not (self.exact and self.has_label and self.kind in ("task", "goal")) or is_blank(first.text) or first.covered:
            return False
        here, begun = first.place, self.header[0].place
        return first.col == 0 and (here.page, here.table) == (begun.page, begun.table)  # over a page the label is printed again

    def is_crossed(self, row: Row) -> bool:
        """Is the row one cell over all columns, which holds no values of them?"""
        first = row[0]
        across = first.col <= self.columns[0].left and first.col + first.colspan >= self.columns[-1].right
        return self.exact and len(self.columns) > 1 and across and not first.covered


def make_part(kind: str, header: Sequence[Row], body: Sequence[Row], exact: bool) -> Part:
    """Columns and their roles. No two columns share a role: the better wording, the year's own block, the place after the name decide."""
    columns = exact_columns(header, []) if exact else ragged_columns(header, lambda label: False)
    found = [_ranked(kind, column) for column in columns]
    labelled = _has_part_label(header, body, exact)
    if labelled and found:
        found[0] = None
    roles = [item[0] if item else None for item in found]
    if kind == "indicator" and "level3" not in roles:  # 一级 | 二级 | 目标值: the deepest level names the indicator
        deepest = "level2" if "level2" in roles else "level1"
        roles = ["level3" if role == deepest else role for role in roles]
    if kind == "task" and "initial_budget" in roles:  # the budget, and beside it what it came to after adjustment
        later = None if "budget_total" in roles else "budget_total"
        roles = [{"initial_budget": "budget", "budget": later}.get(role or "", role) for role in roles]
    name_at = max((i for i, role in enumerate(roles) if role in ("level3", "task_name")), default=-1)
    for role in set(roles) - {None, "reason_kind"}:
        indexes = [i for i, other in enumerate(roles) if other == role]
        if len(indexes) > 1:
            ranks = {i: (_not_of_the_year(columns[i]), _before_name(role, i, name_at), _rank(found[i]), i) for i in indexes}
            best = min(indexes, key=ranks.__getitem__)
            roles = [None if other == role and i != best else other for i, other in enumerate(roles)]
    return Part(kind, tuple(columns), tuple(roles), exact, tuple(cell for row in header for cell in row), labelled)


def _has_part_label(header: Sequence[Row], body: Sequence[Row], exact: bool) -> bool:
    """Is the header's first cell the part's own label, which goes on over the rows below, and not the head of a column?"""
    first = header[0][0]
    if exact:
        return first.rowspan > len(header)
    below = [row for row in body[:3] if len(row) >= len(header[0]) - 1 and any(not is_blank(cell.text) for cell in row)]
    return bool(below) and all(is_blank(row[0].text) for row in below) and any(len(row) > 2 for row in below)


def _not_of_the_year(column: Column) -> bool:
    """Columns of the middle term or of other years come after those of the year."""
    path = "".join(column.path)
    part_of_year = any(word in path for word in ("半年", "季度", "上年", "去年")) or bool(re.search(r"\d月", path))
    return part_of_year or (any(word in path for word in ("中期", "长期", "三年", "实施期", "总体")) and "年度" not in path)


def _before_name(role: str | None, index: int, name_at: int) -> bool:
    """Weights and scores stand after the name they belong to; those of the levels before it are not the indicator's."""
    return role in ("weight", "score", "target", "actual") and index < name_at


def _rank(found: tuple[str, int] | None) -> int:
    return found[1] if found else 0


def _ranked(kind: str, column: Column) -> tuple[str, int] | None:
    for depth, label in enumerate(reversed(column.path)):
        if depth == 0 and len(column.path) > 1:
            if kind == "task" and (source := words.role("source", label)):
                parent = _ranked(kind, Column(column.path[:-1], column.left, column.right))
                if parent is None or source == "total":
                    return parent
                return f"{parent[0]}_{source}", parent[1]
            if kind == "indicator" and words.role("reason_kind", label):
                return "reason_kind", 0
        if depth and kind == "indicator" and label_key(label) in ("绩效指标",):
            continue
        found = words.ranked_role(kind, label)
        if found:
            return found
    return None


@dataclass(slots=True)
class PlacedRow:
    """A row's cells by the columns of its part; ``left_over`` fit no column, ``shifted`` says the row was moved to fit.

    ``read`` remembers the cells that each role was read from: what a fact made of the row carries.
    """

    part: Part
    cells: list[list[Cell]]
    left_over: list[Cell]
    shifted: bool = False
    read: dict[str, list[Cell]] = field(default_factory=dict)

    def text(self, role: str) -> str:
        """The text the row prints under ``role`` (several cells under one header are read together), '' where none."""
        index = self.part.index(role)
        if index is None:
            return ""
        self.read.setdefault(role, self.cells[index])
        return "".join(cell.text for cell in self.cells[index])

    def unnamed(self) -> list[Cell]:
        """The cells of columns whose header says nothing known."""
        return [cell for cells, role in zip(self.cells, self.part.roles, strict=True) if role is None for cell in cells]


def place_cells(part: Part, row: Row) -> PlacedRow:
    """The row's cells by column, as geometry or the fit of texts to columns says."""
    placed: list[list[Cell]] = [[] for _ in part.columns]
    if part.exact:
        for cell in row:
            end = cell.col + cell.colspan
            overlap = [min(end, c.right) - max(cell.col, c.left) for c in part.columns]
            if overlap and max(overlap) > 0:
                placed[overlap.index(max(overlap))].append(cell)
        return PlacedRow(part, placed, [])
    texts = [cell.text for cell in row]
    fit = fit_row(texts, len(part.columns), lambda text, c: suits(part.roles[c], text), lambda text: bool(words.role("total", text)))
    left_over = []
    for cell, column in zip(row, fit.column, strict=True):
        if column is not None:
            placed[column].append(cell)
        elif not is_blank(cell.text):
            left_over.append(cell)
    shifted = len(texts) == len(part.columns) and any(c != i for i, c in enumerate(fit.column))
    return PlacedRow(part, placed, left_over, shifted)


def _looks_numeric(text: str) -> bool:
    return parse_number(text) is not None or parse_rate(text) is not None


@lru_cache(maxsize=1 << 16)
def suits(role: str | None, text: str) -> float:
    """How well a text suits a column of ``role``: about +3 well, 0 perhaps, −5 hardly."""
    blank, numeric = is_blank(text), _looks_numeric(text)
    if role in ("level1", "level2"):
        level = words.level_of(text)
        if blank:
            return 1.0
        if level:
            return 3.0 if f"level{level}" == role else -5.0
        return -4.0 if numeric else 1.0 if words.is_level_word(text) else 0.5
    if role in ("level3", "task_name"):
        return 0.0 if blank else -5.0 if numeric or parse_operator(text) or parse_quantity(text).operator else 2.0
    if role == "operator":
        if blank:
            return 0.5
        return 3.0 if parse_operator(text) or squash(text) in ("定性", "定量") else -2.0
    if role in ("target", "actual"):
        return 0.3 if blank else 1.5 if numeric else 1.0
    if role == "unit":
        return 0.5 if blank else 2.0 if unit_of(text) else -2.0 if numeric else 0.5
    if role in ("weight", "score", "reviewed_score", "initial_budget", "adjusted_budget", "executed", "budget", "rate"):
        return 1.0 if blank else 2.0 if numeric else -2.0
    if role == "completion":
        return 0.5 if blank else 1.0 if numeric else 0.0
    if role in ("reason", "improvement", "reason_kind", "explanation", "criterion"):
        return 1.0 if blank else -2.0 if numeric else 1.5 if squash(text) in TICKS else 1.0
    return 1.0 if blank else -2.0 if words.is_level_word(text) else -1.0 if numeric else 0.5
