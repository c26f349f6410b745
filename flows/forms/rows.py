"""Rows of a form's parts → the values of indicators, funds and tasks."""

from decimal import Decimal

from flows.findings import Row as Fact
from flows.forms.parts import TICKS, PlacedRow
from flows.values.numbers import fold_digits, parse_number, parse_rate
from flows.values.targets import Quantity, is_attained, parse_operator, parse_quantity
from flows.values.text import is_blank, squash
from flows.values.units import yuan

_TASK_MONEY = ("budget", "budget_fiscal", "budget_other", "adjustment", "budget_total", "executed", "executed_fiscal", "executed_other")


def indicator_values(placed: PlacedRow, levels: tuple[str, str]) -> Fact:
    """Target (one cell or three: operator, value, unit), result, points and reasons of an indicator row; ``levels`` filled down."""

    text = placed.text
    target = parse_quantity(text("target"))
    target = Quantity(target.text, parse_operator(text("operator")) or target.operator, target.value, text("unit") or target.unit)
    actual = parse_quantity(text("actual"))
    ticked = [
        column.label
        for column, role, cells in zip(placed.part.columns, placed.part.roles, placed.cells, strict=True)
        if role == "reason_kind" and any(squash(cell.text) in TICKS for cell in cells)
    ]
    return {
        "level1": levels[0] or None,
        "level2": levels[1] or None,
        "level3": text("level3"),
        "operator": target.operator,
        "target_text": text("target") or None,
        "target_value": target.value,
        "unit": target.unit or None,
        "actual_text": text("actual") or None,
        "actual_value": actual.value,
        "completion_text": text("completion") or None,
        "weight": points(text("weight")),
        "score": points(text("score")),
        "reviewed_score": points(text("reviewed_score")),
        "reason": text("reason") or None,
        "reason_kind": "、".join(ticked) or None,
        "improvement": text("improvement") or None,
        "explanation": text("explanation") or None,
        "criterion": text("criterion") or None,
        "attained": is_attained(target, actual) if not is_blank(actual.text) else None,
    }


def funding_values(placed: PlacedRow, unit: str | None) -> tuple[Fact, list[str]]:
    """Budget, execution, rate and points of a row of funds; and amounts that are no numbers."""
    values: Fact = {"amount_unit": unit, "inferred": None}
    unread: list[str] = []
    for role in ("initial_budget", "adjusted_budget", "executed"):
        printed = placed.text(role)
        figure = parse_number(printed)
        if figure is None and not is_blank(printed):
            unread.append(printed)
        values |= amount(role, figure, unit)
    rate_text = placed.text("rate")
    stray = next((cell for cell in placed.unnamed() if cell.text.endswith(("%", "％"))), None)
    if is_blank(rate_text) and stray is not None:
        rate_text, values["inferred"] = stray.text, "执行率印在相邻的空列"
        placed.read["rate"] = [stray]
    values["rate_printed"] = parse_rate(rate_text)
    values["execution_rate_pct"] = _proved_rate(parse_rate(rate_text), rate_text, values)
    for role in ("weight", "score", "reviewed_score"):
        values[role] = points(placed.text(role))
    values["reason"] = placed.text("reason") or None
    return values, unread


def task_values(placed: PlacedRow, unit: str | None) -> Fact:
    """Name, texts, money by source and points of a task row."""

    text = placed.text
    values: Fact = {
        "task_name": text("task_name"),
        "content": text("content") or None,
        "goal_text": text("goal_text") or None,
        "result_text": text("result_text") or None,
        "amount_unit": unit,
        "execution_rate_pct": parse_rate(text("rate")),
        "rate_printed": parse_rate(text("rate")),
        "weight": points(text("weight")),
        "score": points(text("score")),
        "grade": text("grade") or None,
    }
    for role in _TASK_MONEY:
        values |= amount(role, parse_number(text(role)), unit)
    return values


def amount(role: str, figure: Decimal | None, unit: str | None) -> Fact:
    """The two columns of a sum of money: as printed, and in 元."""
    return {f"{role}_printed": figure, f"{role}_yuan": yuan(figure, unit)}


def points(text: str) -> Decimal | None:
    """Weights and scores: ``10``, ``10分``."""
    number = parse_number(text)
    if number is not None:
        return number
    folded = fold_digits(squash(text))
    return parse_number(folded[:-1]) if folded.endswith(("分", "%")) else None


def _proved_rate(rate: Decimal | None, printed: str, values: Fact) -> Decimal | None:
    """A rate printed as a share (``1`` for 100 %) is percent only where budget and execution prove it."""
    if rate is None or "%" in printed or "％" in printed or rate > 2:
        return rate
    budget = values.get("adjusted_budget_printed") or values.get("initial_budget_printed")
    executed = values.get("executed_printed")
    if not budget or executed is None:
        return rate
    if abs(executed / budget - rate) <= Decimal("0.01"):
        values["inferred"] = "执行率按比值印出，已由预算数和执行数验证后换算为百分数"
        return rate * 100
    return rate
