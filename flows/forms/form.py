"""A form under construction, and what it is: its kind, its total where only the conclusion states it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.document import Cell, Place
from flows.findings import Cells
from flows.findings import Row as Fact
from flows.forms import words
from flows.values.numbers import fold_digits
from flows.values.text import label_key, squash

_SCORE_IN_TEXT = re.compile(
    r"(?<!上年)(?<!去年)(?<!上年度)(?:合计|综合自评|自评|综合|总)(?:的|总)?(?:得分|得)?(?:为|是)?[:：]?(\d+(?:\.\d+)?)分"
)


@dataclass(slots=True)
class Form:
    """A form under construction: its own row and the rows that hang under it, in printed order."""

    place: Place
    title: str = ""
    title_year: int | None = None
    head: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Decimal] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    facts: list[tuple[str, Place, str, Fact, Cells]] = field(default_factory=list)
    cells: dict[str, list[Cell]] = field(default_factory=dict)  # the form's own columns: the cells they were read from
    report_title: str = ""  # what the whole report says it is
    unit: str | None = None  # the money unit the form itself declares
    prose: list[Cell] = field(default_factory=list)
    has_actuals: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.head or self.scores or self.facts)

    def count(self, table: str) -> int:
        return sum(1 for name, *_ in self.facts if name == table)

    def add(self, table: str, place: Place, source_text: str, values: Fact, cells: Cells) -> None:
        """Hangs a row under the form; ``cells``: column → those it was read from."""
        self.facts.append((table, place, source_text, values, cells))

    def set(self, kind: dict[str, Any], column: str, value: Any, cell: Cell) -> None:
        """A value of the form itself (in ``head`` or ``scores``): the first one printed. Where it is printed again, both cells say it."""
        if kind.setdefault(column, value) == value:
            self.cells.setdefault(column, []).append(cell)

    def sum_of(self, column: str) -> Decimal | None:
        """Sum of a column over the indicators and the first funding row, None where nothing is printed."""
        printed = [value for table, _, _, values, _ in self.facts if table == "indicators" and (value := values.get(column)) is not None]
        first = next((values.get(column) for table, _, _, values, _ in self.facts if table == "fundings"), None)
        return sum(printed, Decimal(0)) + (first or Decimal(0)) if printed else None


def settle_target(form: Form) -> None:
    """A target is set with the budget: what a target form prints as 预算金额 is the initial budget, nothing is adjusted yet."""
    if kind_of(form) != "project_target":
        return
    for number, (table, place, text, values, cells) in enumerate(form.facts):
        if table == "fundings" and values.get("adjusted_budget_printed") is not None and values.get("initial_budget_printed") is None:
            moved = {key.replace("adjusted_", "initial_"): value for key, value in values.items() if key.startswith("adjusted_")}
            kept = {key: value for key, value in values.items() if not key.startswith(("adjusted_", "initial_"))}
            read = {"initial_budget" if key == "adjusted_budget" else key: of for key, of in cells.items()}
            form.facts[number] = (table, place, text, kept | moved, read)


def score_in_text(text: str) -> Decimal | None:
    """The total a conclusion states (综合自评得分为100分), where the form has no line for it and the text states one only."""
    found = {match.group(1) for match in _SCORE_IN_TEXT.finditer(fold_digits(squash(text)))}
    return Decimal(found.pop()) if len(found) == 1 else None


def kind_of(form: Form) -> str:
    """The form's kind by its title, else by its structure."""
    names = set(form.head) - {"evaluated_on", "unit_name"}  # who filled in a list, and when
    if form.count("tasks") and not (names or form.count("indicators") or form.count("goals") or form.count("advices")):
        return "task_list"
    named = words.kind_of_title(form.title) if form.title else None
    if (
        named in (None, "project_self_evaluation")
        and "自评" not in form.title
        and words.kind_of_title(form.report_title) == "key_evaluation"
    ):
        return "key_evaluation"
    if named == "project_target" and form.has_actuals:
        named = "project_self_evaluation"
    if named:
        return named
    if form.count("indicators") or form.count("goals"):
        if not form.has_actuals and form.count("indicators"):
            return "project_target"
        return "project_self_evaluation" if "project_name" in form.head else "department_self_evaluation"
    return "task_list" if form.count("tasks") else "project_self_evaluation"


def label_of(form: Form) -> str:
    """A short name for messages."""
    return form.head.get("project_name") or form.head.get("department_name") or label_key(form.title) or form.place.ref
