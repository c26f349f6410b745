"""The ministry's form (财预〔2020〕10号): nine columns, the target in one cell."""

from collections.abc import Iterator, Sequence

from flows.typeset.facts import DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.figures import plain
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
    target,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid
from flows.typeset.style import Style

_WIDTHS = (14, 11, 13, 20, 14, 14, 9, 11, 20)
# Where columns change places none may be too narrow for an amount.
_EVEN_WIDTHS = (14, 11, 13, 20, 14, 14, 14, 14, 20)
_NOT_SCORED = "—"


def ministry_form(form: Form, style: Style) -> Grid:
    """A project's or a department's self-evaluation."""
    layout = style.layout
    order = indicator_columns(layout, (0,), 2, 5)
    head = _in(order, words("年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"))

    def cells(entry: Indicator) -> Row:
        return (text(entry.name), *_in(order, _indicator_cells(entry)))

    goals = beside("年度总体目标", goal_rows(form.goals, ("预期目标", "实际完成情况"), (4, 4)))
    indicator_head = (*words("一级指标", "二级指标", "三级指标"), *head)
    rows = [
        *_head(form),
        *in_order(layout, _money(form, style), goals),
        *beside("绩效指标", indicator_rows(form.indicators, indicator_head, cells, layout.merged_levels)),
    ]
    if layout.total_line:
        at = 4 + order.index(2)  # the total of the weights stands below the weights, what is before them is the label's
        score_at = 4 + order.index(3)
        rows.append(
            (
                Cell("总分", at),
                number(form.total_weight),
                *([Cell("", score_at - at - 1)] if score_at > at + 1 else []),
                number(form.total_score),
                Cell("", 8 - score_at),
            )
        )
    rows += [
        (Cell("自评结论"), text(form.conclusion, 8)),
        (Cell("存在问题"), text(form.problems, 8)),
        (Cell("改进措施"), text(form.improvements, 8)),
    ]
    usual = layout.indicator_order == "weights_last" and layout.money_order == "usual" and layout.form_unit == "万元"
    return Grid(_WIDTHS if usual else _EVEN_WIDTHS, tuple(rows))


def _in(order: Sequence[int], cells: Row) -> Row:
    return tuple(cells[index] for index in order)


def _head(form: Form) -> list[Row]:
    graded: list[Row] = []
    if form.grade and form.total_score is not None:
        score = Cell(plain(form.total_score), 3)
        graded.append((Cell("自评得分"), score, Cell("自评等次"), Cell(form.grade, 4)))
    if isinstance(form, ProjectForm):
        bodies = (Cell("主管部门"), text(form.department_name, 3), Cell("实施单位"), text(form.unit_name, 4))
        return [(Cell("项目名称"), text(form.project_name, 8)), bodies, *graded]
    return [(Cell("部门名称"), text(form.department_name, 8)), *graded]


def _money(form: Form, style: Style) -> list[Row]:
    if isinstance(form, ProjectForm):
        return beside(style.money_part("项目资金"), _money_rows(form.fundings, style))
    tasks = beside("年度主要任务", _task_rows(form, style))
    return [*beside(style.money_part("部门整体支出"), _money_rows(form.fundings, style)), *tasks]


def _money_rows(fundings: Sequence[Funding], style: Style) -> Iterator[Row]:
    order = money_columns(style.layout, weight=3, rate_=4, score=5)
    amounts = (style.money_head(name) for name in ("年初预算数", "全年预算数", "全年执行数"))
    yield (Cell("", 2), *_in(order, words(*amounts, "分值", "执行率", "得分")))
    for entry in fundings:
        cells = (
            style.amount(entry.initial_budget),
            style.amount(entry.adjusted_budget),
            style.amount(entry.executed),
            number(entry.weight, _NOT_SCORED),
            rate(entry.rate, _NOT_SCORED),
            number(entry.score, _NOT_SCORED),
        )
        yield (text(entry.source, 2), *_in(order, cells))


def _task_rows(form: DepartmentForm, style: Style) -> Iterator[Row]:
    figures = words(style.lone_money("全年预算数"), style.lone_money("全年执行数"), "执行率")
    yield (Cell("任务名称", 2), Cell("主要内容", 2), *figures, Cell("完成情况"))
    for task in form.tasks:
        money = (style.amount(task.budget), style.amount(task.executed), rate(task.rate))
        yield (text(task.name, 2), text(task.content, 2), *money, text(task.result))
    whole = form.task_total
    yield (Cell(whole.name, 4), style.amount(whole.budget), style.amount(whole.executed), rate(whole.rate), Cell(""))


def _indicator_cells(entry: Indicator) -> Row:
    return (target(entry), Cell(entry.actual), number(entry.weight), number(entry.score), text(entry.reason))
