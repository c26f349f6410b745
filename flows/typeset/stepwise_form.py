"""A form with operator, value and unit of a target in cells of their own, and with advice to tick below."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from flows.typeset.facts import Advice, DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.form_pieces import (
    Row,
    amount,
    beside,
    goal_rows,
    indicator_rows,
    number,
    rate,
    text,
    words,
)
from flows.typeset.grid import Cell, Grid

_WIDTHS = (10, 11, 13, 20, 8, 10, 10, 12, 8, 8, 18, 18)


def stepwise_form(form: Form) -> Grid:
    """A project's or a department's self-evaluation."""
    rows = [
        *_head(form),
        *beside("年度总体目标", goal_rows(form.goals, ("年初设定目标", "全年完成情况"), (5, 6))),
        *beside("绩效指标", indicator_rows(form.indicators, _INDICATOR_HEAD, _indicator_cells)),
        (Cell("合计", 8), number(form.total_weight), number(form.total_score), Cell("", 2)),
        (Cell("自评结论"), text(form.conclusion, 11)),
        (Cell("自评存在问题"), text(form.problems, 11)),
        (Cell("自评改进措施"), text(form.improvements, 11)),
        *_advice(form.advice),
    ]
    return Grid(_WIDTHS, tuple(rows))


def _head(form: Form) -> list[Row]:
    if isinstance(form, ProjectForm):
        return [
            (Cell("项目名称"), text(form.project_name, 11)),
            (
                Cell("主管部门（盖章）"),
                text(form.department_name, 4),
                Cell("实施单位（盖章）", 2),
                text(form.unit_name, 5),
            ),
            *beside("预算执行情况\n（10分）", _money_rows(form.fundings)),
        ]
    return [
        (Cell("部门（单位）名称"), text(form.department_name, 11)),
        (
            Cell("部门年初预算收入金额（万元）", 3),
            amount(form.initial_income, 2),
            Cell("部门年初预算支出金额（万元）", 4),
            amount(form.initial_expenditure, 3),
        ),
        *beside("年度主要任务", _task_rows(form)),
    ]


def _money_rows(fundings: Sequence[Funding]) -> Iterator[Row]:
    figures = words("年初预算", "调整后预算数", "预算执行数", "预算\n执行率", "权重", "得分")
    yield (Cell("年度预算数（万元）", 3), *figures, Cell("原因", 2))
    for entry in fundings:
        yield (
            text(entry.source, 3),
            amount(entry.initial_budget),
            amount(entry.adjusted_budget),
            amount(entry.executed),
            rate(entry.rate),
            number(entry.weight),
            number(entry.score),
            text(entry.reason, 2),
        )


def _task_rows(form: DepartmentForm) -> Iterator[Row]:
    figures = words("全年预算数（万元）", "全年执行数（万元）", "执行率", "分值", "得分")
    yield (Cell("任务名称", 2), Cell("主要内容", 2), *figures, Cell("完成情况", 2))
    for task in (*form.tasks, form.task_total):
        name = (text(task.name, 2), text(task.content, 2)) if task.content else (Cell(task.name, 4),)
        yield (
            *name,
            amount(task.budget),
            amount(task.executed),
            rate(task.rate),
            number(task.weight),
            number(task.score),
            text(task.result, 2),
        )


_INDICATOR_HEAD = words(
    "一级\n指标",
    "二级\n指标",
    "三级指标",
    "指标\n性质",
    "指标值",
    "度量\n单位",
    "完成值",
    "权重",
    "得分",
    "未完成原因分析",
    "改进措施",
)


def _indicator_cells(entry: Indicator) -> Row:
    return (
        text(entry.name),
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
