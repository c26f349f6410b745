"""``jixiao status``: what is published, how fresh, what was left unread, what fell, what was set aside, the last runs."""

from rich.table import Table

from flows.console import KINDS, console, show_drift
from flows.drift import worst_first
from flows.query import run_query
from flows.settings import Settings


def show_status(where: Settings) -> None:
    """Prints the state of the published warehouse."""
    from flows import job

    done = job.published(where)
    assert done is not None
    console.print(f"[bold]已发布[/] {where.database}  构建 {done['run']['run_id']}  {done['run']['finished_at']}")
    _table(
        where,
        "新鲜度",
        ["部门", "报告", "首年", "末年", "最新落款"],
        "select bureau_name, reports, first_year, last_year, newest_published_on from ops.freshness order by bureau_name",
    )
    _table(
        where,
        "报告",
        ["类别", "状态", "文件"],
        "select coalesce(report_kind, '未识别'), status, count(*) from marts.dim_report group by 1, 2 order by 1, 2",
    )
    if _holds_drift(where):
        _table(
            where,
            "覆盖率（未读最多的前 10 份）",
            ["文件", "数字", "成为数据", "非计量", "未读", "未读 %"],
            "select file_name, numbers, facts, context, unclaimed, round(unclaimed_pct, 1) from ops.coverage"
            " where part = 'all' order by unclaimed_pct desc, unclaimed desc, file_name limit 10",
        )
        show_drift(worst_first(where.database))
    else:
        console.print("覆盖率和回落：已发布的仓库由较早的版本构建，下次 jixiao run 之后才有")
    _table(
        where,
        "搁置（前 20 项）",
        ["文件", "范围", "理由", "处数"],
        "select file_name, scope, reason, count(*) from ops.set_aside group by 1, 2, 3 order by scope = 'file' desc, 4 desc, 1, 3 limit 20",
    )
    _table(
        where,
        "最近运行",
        ["开始", "结束", "文件", "读取", "消失", "整体搁置"],
        "select started_at, finished_at, files_seen, files_read, files_gone, files_set_aside from ops.runs order by started_at desc limit 5",
    )


def _holds_drift(where: Settings) -> bool:
    sql = "select count(*) from information_schema.tables where table_schema = 'ops' and table_name in ('coverage', 'drift')"
    return run_query(where.database, sql)[1] == [(2,)]


def _table(where: Settings, title: str, headers: list[str], sql: str) -> None:
    _, rows = run_query(where.database, sql)
    table = Table(title=title, title_justify="left", header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(KINDS.get(str(value), str(value)).replace("[", "\\[") if value is not None else "—" for value in row))
    console.print(table if rows else f"[bold]{title}[/]：无")
