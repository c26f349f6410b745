"""Lays out evaluation forms as grids."""

from collections.abc import Iterator

from flows.typeset.facts import Form, Indicator, ProjectForm
from flows.typeset.form_pieces import (
    Row,
    amount,
    beside,
    goal_rows,
    indicator_rows,
    rate,
    target,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid
from flows.typeset.ministry_form import ministry_form
from flows.typeset.stepwise_form import stepwise_form


def form_grid(form: Form, target_cells: int) -> Grid:
    """The form without its title lines; self-evaluations print a target in one cell or in three."""
    if isinstance(form, ProjectForm):
        if form.kind == "transfer_payment_self_evaluation":
            return _transfer_form(form)
        if form.kind == "project_target":
            return _target_form(form)
    return stepwise_form(form) if target_cells == 3 else ministry_form(form)


def _transfer_form(form: ProjectForm) -> Grid:
    """Money from higher levels: seven columns, no scores."""

    def money_rows() -> Iterator[Row]:
        yield (Cell("", 3), *words("全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）"))
        for entry in form.fundings:
            figures = (amount(entry.adjusted_budget), amount(entry.executed), rate(entry.rate, "—"))
            yield (text(entry.source, 3), *figures)

    def cells(entry: Indicator) -> Row:
        return (text(entry.name), target(entry), Cell(entry.actual), text(entry.reason))

    head = words("一级\n指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施")
    local = (Cell("地方主管部门", 2), text(form.department_name, 2))
    rows = [
        (Cell("转移支付（项目）名称", 2), text(form.project_name, 5)),
        (Cell("中央主管部门", 2), text(form.central_department, 5)),
        (*local, Cell("资金使用单位"), text(form.unit_name, 2)),
        *beside("资金情况\n（万元）", money_rows()),
        *beside("总体目标完成情况", goal_rows(form.goals, ("总体目标", "全年实际完成情况"), (3, 3))),
        *beside("绩效指标", indicator_rows(form.indicators, head, cells)),
        (Cell("说明"), text(form.problems, 6)),
    ]
    return Grid((10, 11, 14, 26, 16, 16, 24), tuple(rows))


def _target_form(form: ProjectForm) -> Grid:
    """Targets set with the budget: five columns, no results."""

    def money_rows() -> Iterator[Row]:
        for entry in form.fundings:
            yield (text(entry.source, 2), amount(entry.initial_budget, 2))

    def cells(entry: Indicator) -> Row:
        return (text(entry.name), target(entry))

    head = words("一级指标", "二级指标", "三级指标", "指标值")
    rows = [
        (Cell("项目名称"), text(form.project_name, 4)),
        (Cell("主管部门"), text(form.department_name, 2), Cell("实施单位"), text(form.unit_name)),
        *beside("项目资金（万元）", money_rows()),
        *((Cell("年度总体目标"), text(goal.target, 4)) for goal in form.goals),
        *beside("绩效指标", indicator_rows(form.indicators, head, cells)),
    ]
    return Grid((14, 14, 16, 30, 22), tuple(rows))
