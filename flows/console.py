"""What people see on the terminal: summary tables, errors in one line."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table

# Not on a terminal (a log, a pipe) lines may be long: a table folded into 80 columns helps nobody.
console = Console() if sys.stdout.isatty() else Console(width=160)
errors = Console(stderr=True)

KINDS = {
    "department_budget": "部门预算",
    "unit_budget": "单位预算",
    "department_final_accounts": "部门决算",
    "unit_final_accounts": "单位决算",
    "department_self_evaluation": "部门整体自评",
    "project_self_evaluation": "项目自评",
    "transfer_payment_self_evaluation": "转移支付自评",
}
STATUS = {"complete": "[green]完整[/]", "partial": "[yellow]部分[/]", "set_aside": "[red]搁置[/]"}


def show_summary(summary: dict[str, Any], title: str) -> None:
    """The run's table: a line per file."""
    table = Table(title=title, show_lines=False, header_style="bold")
    for name in ("文件", "部门", "年度", "类别"):
        table.add_column(name, overflow="fold")
    for name in ("表单", "指标", "金额", "行文数字", "搁置"):
        table.add_column(name, justify="right")
    table.add_column("状态")
    for report in summary["reports"]:
        new = "[bold]*[/] " if report["is_new"] else ""
        table.add_row(
            new + _plain(report["path"]),
            _plain(report["bureau_name"] or "—"),
            str(report["fiscal_year"] or "—"),
            KINDS.get(report["report_kind"] or "", report["report_kind"] or "—"),
            *(str(report[name]) for name in ("forms", "indicators", "accounts", "statements", "set_aside")),
            STATUS[report["status"]],
        )
    console.print(table)
    for report in summary["reports"]:
        if report["reason"]:
            console.print(f"[red]搁置[/] {_plain(report['path'])}：{_plain(report['reason'])}")
    _show_corrections(summary["corrections"])


def _show_corrections(corrections: dict[str, Any]) -> None:
    """How many corrections were applied, and a line per correction that was not."""
    if applied := corrections["states"].get("applied"):
        console.print(f"更正：应用 {applied} 项，见各表的 correction 栏和 ops.corrections", highlight=False)
    for line, message in corrections["refused"]:
        console.print(f"[red]更正被拒[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)
    for line, message in corrections["absent"]:
        console.print(f"[yellow]更正未用[/]：第 {line} 行：{_plain(message)}", soft_wrap=True, highlight=False)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def show_error(message: str) -> None:
    """One clear line on standard error."""
    errors.print(f"[red]错误：[/]{_plain(message)}", soft_wrap=True, highlight=False)
