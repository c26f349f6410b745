"""Lays out evaluation forms as grids."""

from collections.abc import Iterator

from flows.typeset.facts import Form, Indicator, ProjectForm
from flows.typeset.form_pieces import (
    Row,
    beside,
    goal_rows,
    in_order,
    indicator_rows,
    rate,
    target,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid
from flows.typeset.layouts import Layout
from flows.typeset.ministry_form import ministry_form
from flows.typeset.stepwise_form import stepwise_form
from flows.typeset.style import Style


def form_grid(form: Form, layout: Layout) -> Grid:
    """The form without its title lines; self-evaluations print a target in one cell or in three."""
    style = Style(layout)
    return style.form(_grid(form, style))


def _grid(form: Form, style: Style) -> Grid:
    if isinstance(form, ProjectForm):
        if form.kind == "transfer_payment_self_evaluation":
            return _transfer_form(form, style)
        if form.kind == "project_target":
            return _target_form(form, style)
    return stepwise_form(form, style) if style.layout.target_cells == 3 else ministry_form(form, style)


def _transfer_form(form: ProjectForm, style: Style) -> Grid:
    """Money from higher levels: seven columns, no scores."""

    def money_rows() -> Iterator[Row]:
        yield (Cell("", 3), *words(style.money_head("全年预算数（A）"), style.money_head("全年执行数（B）"), "预算执行率（B/A）"))
        for entry in form.fundings:
            figures = (style.amount(entry.adjusted_budget), style.amount(entry.executed), rate(entry.rate, "—"))
            yield (text(entry.source, 3), *figures)

    def cells(entry: Indicator) -> Row:
        return (text(entry.name), target(entry), Cell(entry.actual), text(entry.reason))

    head = words("一级\n指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施")
    local = (Cell("地方主管部门", 2), text(form.department_name, 2))
    money = beside(style.money_part("资金情况"), money_rows())
    goals = beside("总体目标完成情况", goal_rows(form.goals, ("总体目标", "全年实际完成情况"), (3, 3)))
    rows = [
        (Cell("转移支付（项目）名称", 2), text(form.project_name, 5)),
        (Cell("中央主管部门", 2), text(form.central_department, 5)),
        (*local, Cell("资金使用单位"), text(form.unit_name, 2)),
        *in_order(style.layout, money, goals),
        *beside("绩效指标", indicator_rows(form.indicators, head, cells, style.layout.merged_levels)),
        (Cell("说明"), text(form.problems, 6)),
    ]
    return Grid((10, 11, 14, 26, 16, 16, 24), tuple(rows))


def _target_form(form: ProjectForm, style: Style) -> Grid:
    """Targets set with the budget: five columns, no results."""

    def money_rows() -> Iterator[Row]:
        for entry in form.fundings:
            yield (text(entry.source, 2), style.amount(entry.initial_budget, 2))

    def cells(entry: Indicator) -> Row:
        return (text(entry.name), target(entry))

    head = words("一级指标", "二级指标", "三级指标", "指标值")
    # These columns have no header that could name the unit.
    label = "项目资金" if style.layout.form_unit_at not in ("label", "header") else f"项目资金（{style.layout.form_unit}）"
    goals: list[Row] = [(Cell("年度总体目标"), text(goal.target, 4)) for goal in form.goals]
    rows = [
        (Cell("项目名称"), text(form.project_name, 4)),
        (Cell("主管部门"), text(form.department_name, 2), Cell("实施单位"), text(form.unit_name)),
        *in_order(style.layout, beside(label, money_rows()), goals),
        *beside("绩效指标", indicator_rows(form.indicators, head, cells, style.layout.merged_levels)),
    ]
    return Grid((14, 14, 16, 30, 22), tuple(rows))
