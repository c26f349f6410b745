"""``jixiao audit``: what contradicts what, as the published warehouse found it."""

from rich.table import Table

from flows.console import console
from flows.query import connect, records
from flows.settings import Settings

_SEVERITY = {"error": "[red]错误[/]", "warning": "[yellow]警告[/]", "info": "提示"}
_SQL = """
select findings.severity, rules.name, bureaus.bureau_name, findings.fiscal_year, reports.file_name, findings.message, findings.fact_ids
from audit.findings as findings
inner join audit.rules as rules on findings.rule_id = rules.rule_id
left join marts.dim_report as reports on findings.report_key = reports.report_key
left join marts.dim_bureau as bureaus on findings.bureau_key = bureaus.bureau_key and bureaus.is_current
where $1 is null
    or contains(reports.file_name, $1)
    or starts_with(findings.report_key, $1)
    or contains(bureaus.bureau_name, $1)
order by case findings.severity when 'error' then 1 when 'warning' then 2 else 3 end, reports.file_name, findings.rule_id, findings.finding_id
"""


_KNOWN = """
select 1
from marts.dim_report as reports
left join marts.dim_bureau as bureaus on reports.publisher_bureau_key = bureaus.bureau_key
where contains(reports.file_name, $1) or starts_with(reports.report_key, $1) or contains(bureaus.bureau_name, $1)
limit 1
"""


class NothingSoNamed(Exception):
    """No report and no bureau of the warehouse has that name."""


def show_findings(where: Settings, about: str | None) -> int:
    """Prints the findings of a report (part of its file name or the beginning of its key) or bureau, all where None; returns how many.

    Raises NothingSoNamed where there is no such report or bureau.
    """
    with connect(where.database) as connection:
        if about and not records(connection, _KNOWN, [about]):
            raise NothingSoNamed(about)
        found = records(connection, _SQL, [about])
    table = Table(title=f"审核发现 {len(found)} 项", title_justify="left", header_style="bold")
    for header in ("程度", "规则", "部门", "年度", "报告", "说明", "数据"):
        table.add_column(header, overflow="fold")
    for row in found:
        shown = (str(value).replace("[", "\\[") if value is not None else "—" for value in list(row.values())[1:])
        table.add_row(_SEVERITY[row["severity"]], *shown)
    console.print(table if found else "没有发现" + (f"（{about}）" if about else ""))
    return len(found)
