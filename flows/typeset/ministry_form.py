"""The ministry's form (财预〔2020〕10号): nine columns, the target in one cell."""

from collections.abc import Iterator, Sequence

from flows.typeset.facts import DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.figures import plain
from flows.typeset.form_pieces import (
    Row,
    amount,
    beside,
    goal_rows,
    indicator_rows,
    number,
    rate,
    target,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid

_WIDTHS = (14, 11, 13, 20, 14, 14, 9, 11, 20)
_NOT_SCORED = "—"


def ministry_form(form: Form) -> Grid:
    """A project's or a department's self-evaluation."""
    rows = [
        *_head(form),
        *beside("年度总体目标", goal_rows(form.goals, ("预期目标", "实际完成情况"), (4, 4))),
        *beside("绩效指标", indicator_rows(form.indicators, _INDICATOR_HEAD, _indicator_cells)),
        (Cell("总分", 6), number(form.total_weight), number(form.total_score), Cell("")),
        (Cell("自评结论"), text(form.conclusion, 8)),
        (Cell("存在问题"), text(form.problems, 8)),
        (Cell("改进措施"), text(form.improvements, 8)),
    ]
    return Grid(_WIDTHS, tuple(rows))


def _head(form: Form) -> list[Row]:
    graded: list[Row] = []
    if form.grade and form.total_score is not None:
        score = Cell(plain(form.total_score), 3)
        graded.append((Cell("自评得分"), score, Cell("自评等次"), Cell(form.grade, 4)))
    if isinstance(form, ProjectForm):
        bodies = (Cell("主管部门"), text(form.department_name, 3), Cell("实施单位"), text(form.unit_name, 4))
        return [
            (Cell("项目名称"), text(form.project_name, 8)),
            bodies,
            *graded,
            *beside("项目资金\n（万元）", _money_rows(form.fundings)),
        ]
    return [
        (Cell("部门名称"), text(form.department_name, 8)),
        *graded,
        *beside("部门整体支出\n（万元）", _money_rows(form.fundings)),
        *beside("年度主要任务", _task_rows(form)),
    ]


def _money_rows(fundings: Sequence[Funding]) -> Iterator[Row]:
    yield (Cell("", 2), *words("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"))
    for entry in fundings:
        yield (
            text(entry.source, 2),
            amount(entry.initial_budget),
            amount(entry.adjusted_budget),
            amount(entry.executed),
            number(entry.weight, _NOT_SCORED),
            rate(entry.rate, _NOT_SCORED),
            number(entry.score, _NOT_SCORED),
        )


def _task_rows(form: DepartmentForm) -> Iterator[Row]:
    figures = words("全年预算数（万元）", "全年执行数（万元）", "执行率")
    yield (Cell("任务名称", 2), Cell("主要内容", 2), *figures, Cell("完成情况"))
    for task in form.tasks:
        money = (amount(task.budget), amount(task.executed), rate(task.rate))
        yield (text(task.name, 2), text(task.content, 2), *money, text(task.result))
    whole = form.task_total
    yield (Cell(whole.name, 4), amount(whole.budget), amount(whole.executed), rate(whole.rate), Cell(""))


_INDICATOR_HEAD = words(
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def _indicator_cells(entry: Indicator) -> Row:
    return (
        text(entry.name),
        target(entry),
        Cell(entry.actual),
        number(entry.weight),
        number(entry.score),
        text(entry.reason),
    )
