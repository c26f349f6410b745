"""What people see on the terminal: summary tables and what fell."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.drift import Fall

# Not on a terminal (a log, a pipe) lines may be long: a table folded into 80 columns helps nobody.
console = Console() if sys.stdout.isatty() else Console(width=160)

KINDS = {
    "department_budget": "部门预算",
    "unit_budget": "单位预算",
    "department_final_accounts": "部门决算",
    "unit_final_accounts": "单位决算",
    "department_self_evaluation": "部门整体自评",
    "project_self_evaluation": "项目自评",
    "transfer_payment_self_evaluation": "转移支付自评",
}
PARTS = {
    "account_table": "收支表",
    "table": "其他表格",
    "text": "行文",
    "key_evaluation": "重点评价",
    "project_target": "项目绩效目标",
    "project_monitoring": "项目绩效监控",
    "task_list": "任务清单",
}
MEASURES = {
    "reports": "读出的文件",
    "forms": "表单",
    "indicators": "指标",
    "tasks": "任务",
    "fundings": "资金行",
    "goals": "目标",
    "advices": "意见",
    "tables": "有数的表",
    "money_cells": "有数单元格",
    "statements": "行文数字",
    "facts": "已读数字",
    "numbers": "印出数字",
    "unclaimed": "未读数字",
    "unclaimed_pct": "未读占比",
    "set_aside": "搁置",
}
_DRIFT_LINES = 10
_REPORT_LINES = 100
STATUS = {"complete": "[green]完整[/]", "partial": "[yellow]部分[/]", "set_aside": "[red]搁置[/]", "archive": "压缩包"}


def show_summary(summary: dict[str, Any], title: str) -> None:
    """The run's table: a line per file; of more than a hundred files those read in this run, set aside first, and how many are not shown."""
    reports = shown_reports(summary["reports"])
    table = Table(title=title, show_lines=False, header_style="bold")
    for name in ("文件", "部门", "年度", "类别"):
        table.add_column(name, overflow="fold")
    for name in ("表单", "指标", "金额", "行文数字", "数字", "未读", "搁置"):
        table.add_column(name, justify="right")
    table.add_column("状态")
    for report in reports:
        new = "[bold]*[/] " if report["is_new"] else ""
        table.add_row(
            new + _plain(report["path"]),
            _plain(report["bureau_name"] or (f"（{report['members']} 个成员）" if report["members"] is not None else "—")),
            str(report["fiscal_year"] or "—"),
            KINDS.get(report["report_kind"] or "", report["report_kind"] or "—"),
            *(str(report[name]) for name in ("forms", "indicators", "accounts", "statements", "numbers")),
            _unread(report["unclaimed"], report["numbers"]),
            str(report["set_aside"]),
            STATUS[report["status"]],
        )
    console.print(table)
    if len(reports) < len(summary["reports"]):
        more = len(summary["reports"]) - len(reports)
        console.print(f'另有 {more} 份没有列出：jixiao query "select * from ops.report_files order by path"', soft_wrap=True)
    for report in reports:
        if report["reason"]:
            console.print(f"[red]搁置[/] {_plain(report['path'])}：{_plain(report['reason'])}")
    for second, counted in summary.get("twins", ()):  # a warehouse published by an earlier program has none
        console.print(f"同一份报告：{_plain(second)} 与 {_plain(counted)} 内容相同，只计一次", soft_wrap=True, highlight=False)
    _show_corrections(summary["corrections"])
    _show_matches(summary["matches"])
    show_drift([Fall(**fall) for fall in summary["drift"]])


def shown_reports(reports: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the reports that a summary shows, in their order."""
    if len(reports) <= _REPORT_LINES:
        return list(reports)
    new = [report for report in reports if report["is_new"]]
    first = sorted(new, key=lambda report: report["status"] != "set_aside")[:_REPORT_LINES]
    paths = {report["path"] for report in first}
    return [report for report in new if report["path"] in paths]


def _show_corrections(corrections: dict[str, Any]) -> None:
    """How many corrections were applied, and a line per correction that was not."""
    if applied := corrections["states"].get("applied"):
        console.print(f"更正：应用 {applied} 项，见各表的 correction 栏和 ops.corrections", highlight=False)
    for line, message in corrections["refused"]:
        console.print(f"[red]更正被拒[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)
    for line, message in corrections["absent"]:
        console.print(f"[yellow]更正未用[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)


def _show_matches(matches: dict[str, Any]) -> None:
    """How many decisions about names were applied, and a line per decision that was not."""
    if applied := matches["states"].get("applied"):
        console.print(f"名称判定：应用 {applied} 项，见 ops.match_overrides", highlight=False)
    for line, message in matches["refused"]:
        console.print(f"[red]名称判定被拒[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)
    for line, message in matches["absent"]:
        console.print(f"[yellow]名称判定未用[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)


def show_drift(falls: Sequence[Fall]) -> None:
    """A line per flagged change, worst first; at most ten, then how many more."""
    for fall in falls[:_DRIFT_LINES]:
        console.print(f"[yellow]{'回落' if fall.now < fall.before else '增多'}[/] {_plain(_fall(fall))}", soft_wrap=True, highlight=False)
    if len(falls) > _DRIFT_LINES:
        more = len(falls) - _DRIFT_LINES
        console.print(f'另有 {more} 处：jixiao query "select * from ops.drift where is_flagged order by flag_no"', soft_wrap=True)


def _fall(fall: Fall) -> str:
    """A flagged change in words: 示例市教育局 2023 部门决算 收支表：有数单元格 288 → 240（上年）."""
    kind = KINDS.get(fall.report_kind or "", fall.report_kind)
    part = None if fall.part == "all" else PARTS.get(fall.part) or KINDS.get(fall.part, fall.part)
    table = f"《{fall.table_match}》" if fall.table_match else ""
    whose = " ".join(str(word) for word in (fall.bureau_name, fall.fiscal_year, kind, part) if word is not None)
    compared = "上年" if fall.compared_with == "last_year" else "上次构建，同一文件" if fall.is_same_file else "上次构建，文件已更换"
    unit = "%" if fall.measure.endswith("_pct") else ""
    return f"{whose}{table}：{MEASURES.get(fall.measure, fall.measure)} {fall.before:.5g}{unit} → {fall.now:.5g}{unit}（{compared}）"


def _unread(unclaimed: int, numbers: int) -> str:
    return f"{unclaimed} ({unclaimed / numbers:.1%})" if unclaimed else "0"


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


@contextmanager
def export_progress(shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar of the table at hand; called with its name, rows done and rows in all. Nothing is shown unless ``shown``."""
    if not shown:
        yield lambda name, done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.fields[name]}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), transient=True) as bar:
        task = bar.add_task("export", total=None, name="")
        yield lambda name, done, total: bar.update(task, name=name, completed=done, total=total)
