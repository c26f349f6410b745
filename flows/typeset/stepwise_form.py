"""A form with operator, value and unit of a target in cells of their own, and with advice to tick below."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from flows.typeset.facts import Advice, DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.form_pieces import (
    Row,
    beside,
    goal_rows,
    in_order,
    indicator_columns,
    indicator_rows,
    money_columns,
    number,
    rate,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid
from flows.typeset.style import Style

_WIDTHS = (10, 11, 13, 20, 8, 10, 10, 12, 8, 8, 18, 18)
# Where columns change places none may be too narrow for an amount.
_EVEN_WIDTHS = (10, 11, 13, 20, 12, 12, 12, 12, 12, 10, 16, 16)


def stepwise_form(form: Form, style: Style) -> Grid:
    """A project's or a department's self-evaluation."""
    layout = style.layout
    order = indicator_columns(layout, (0, 1, 2), _WEIGHT, len(_INDICATOR_HEAD))
    head = (*words("一级\n指标", "二级\n指标", "三级指标"), *(_INDICATOR_HEAD[index] for index in order))

    def cells(entry: Indicator) -> Row:
        values = _indicator_cells(entry)
        return (text(entry.name), *(values[index] for index in order))

    goals = beside("年度总体目标", goal_rows(form.goals, ("年初设定目标", "全年完成情况"), (5, 6)))
    rows = [
        *_head(form, style),
        *in_order(layout, _money(form, style), goals),
        *beside("绩效指标", indicator_rows(form.indicators, head, cells, layout.merged_levels)),
    ]
    if layout.total_line:
        rows.append(_total_line(form, 4 + order.index(_WEIGHT), 4 + order.index(_WEIGHT + 1)))
    rows += [
        (Cell("自评结论"), text(form.conclusion, 11)),
        (Cell("自评存在问题"), text(form.problems, 11)),
        (Cell("自评改进措施"), text(form.improvements, 11)),
        *_advice(form.advice),
    ]
    is_usual = layout.indicator_order == "weights_last" and layout.form_unit == "万元"
    return Grid(_WIDTHS if is_usual else _EVEN_WIDTHS, tuple(rows))


def _total_line(form: Form, weight_at: int, score_at: int) -> Row:
    """The totals of weights and scores below their columns."""
    between = (Cell("", score_at - weight_at - 1),) if score_at > weight_at + 1 else ()
    return (Cell("合计", weight_at), number(form.total_weight), *between, number(form.total_score), Cell("", 11 - score_at))


def _head(form: Form, style: Style) -> list[Row]:
    if isinstance(form, ProjectForm):
        return [
            (Cell("项目名称"), text(form.project_name, 11)),
            (
                Cell("主管部门（盖章）"),
                text(form.department_name, 4),
                Cell("实施单位（盖章）", 2),
                text(form.unit_name, 5),
            ),
        ]
    return [
        (Cell("部门（单位）名称"), text(form.department_name, 11)),
        (
            Cell(style.lone_money("部门年初预算收入金额"), 3),
            style.amount(form.initial_income, 2),
            Cell(style.lone_money("部门年初预算支出金额"), 4),
            style.amount(form.initial_expenditure, 3),
        ),
    ]


def _money(form: Form, style: Style) -> list[Row]:
    if isinstance(form, ProjectForm):
        return beside("预算执行情况\n（10分）", _money_rows(form.fundings, style))
    return beside("年度主要任务", _task_rows(form, style))


def _money_rows(fundings: Sequence[Funding], style: Style) -> Iterator[Row]:
    order = money_columns(style.layout, weight=4, rate_=3, score=5)
    amounts = (style.money_head(name) for name in ("年初预算", "调整后预算数", "预算执行数"))
    figures = words(*amounts, "预算\n执行率", "权重", "得分")
    label = "年度预算数"
    if style.layout.form_unit_at == "label":
        label += f"（{style.layout.form_unit}）"
    yield (Cell(label, 3), *(figures[index] for index in order), Cell("原因", 2))
    for entry in fundings:
        cells = (
            style.amount(entry.initial_budget),
            style.amount(entry.adjusted_budget),
            style.amount(entry.executed),
            rate(entry.rate),
            number(entry.weight),
            number(entry.score),
        )
        yield (text(entry.source, 3), *(cells[index] for index in order), text(entry.reason, 2))


def _task_rows(form: DepartmentForm, style: Style) -> Iterator[Row]:
    figures = words(style.lone_money("全年预算数"), style.lone_money("全年执行数"), "执行率", "分值", "得分")
    yield (Cell("任务名称", 2), Cell("主要内容", 2), *figures, Cell("完成情况", 2))
    for task in (*form.tasks, form.task_total):
        name = (text(task.name, 2), text(task.content, 2)) if task.content else (Cell(task.name, 4),)
        yield (
            *name,
            style.amount(task.budget),
            style.amount(task.executed),
            rate(task.rate),
            number(task.weight),
            number(task.score),
            text(task.result, 2),
        )


_INDICATOR_HEAD = words(
    "指标\n性质",
    "指标值",
    "度量\n单位",
    "完成值",
    "权重",
    "得分",
    "未完成原因分析",
    "改进措施",
)
_WEIGHT = 4


def _indicator_cells(entry: Indicator) -> Row:
    return (
        Cell(entry.operator or "定性"),
        Cell(entry.target),
        Cell(entry.unit),
        Cell(entry.actual),
        number(entry.weight),
        number(entry.score),
        text(entry.reason),
        text(entry.improvement),
    )


def _advice(advice: Iterable[Advice]) -> list[Row]:
    """Blocks of options; only the first block names its columns."""
    rows: list[Row] = []
    for block, options in groupby(advice, key=lambda entry: entry.block):
        head = [] if rows else [(Cell(f"{block}选项", 5), Cell("具体建议内容", 6))]
        rows += beside(block, [*head, *(_option(entry) for entry in options)])
    return rows


def _option(advice: Advice) -> Row:
    return (text(advice.option, 4), Cell("√" if advice.is_checked else ""), text(advice.text, 6))
