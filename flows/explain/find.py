"""From what the user gives - a fact's id or its beginning, or a printed number's report and number - to the row it names."""

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from flows.document import Place, parse_ref
from flows.query import records

Record = dict[str, Any]
_SHORTEST = 6
_FACT = re.compile(rf"[0-9a-f]{{{_SHORTEST},64}}")
_NUMBER = re.compile(rf"(?P<report>[0-9a-f]{{{_SHORTEST},64}})[:：](?P<number>\d{{1,9}})", re.ASCII)
_NAMED = 4


class NotFound(Exception):
    """The id names nothing, or more than one thing; one line."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained: a row of a fact table (``marts.fct_…``) or of ``ops.numbers``, with its report's row of dim_report."""

    schema: str
    table: str
    row: Record
    report: Record

    @property
    def is_number(self) -> bool:
        return self.table == "numbers"

    @property
    def fact_id(self) -> str | None:
        """Of a fact its own id, of a printed number the first fact that carries it."""
        return self.row["fact_id"]

    @property
    def place(self) -> Place:
        return parse_ref(self.row["source_ref"])


def fact_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The fact tables of schema marts."""
    sql = """
        select table_name from information_schema.columns
        where table_schema = 'marts' and starts_with(table_name, 'fct_') and column_name = 'fact_id'
        order by table_name
    """
    return [row["table_name"] for row in records(connection, sql)]


def find(connection: duckdb.DuckDBPyConnection, name: str) -> Subject:
    """What ``name`` names: a fact_id or its beginning, or ``<report_key or its beginning>:<number_no>``. Raises NotFound."""
    if not records(connection, "select 1 from information_schema.tables where table_schema = 'ops' and table_name = 'numbers'"):
        raise NotFound("这个仓库由较早的版本构建，没有数字台账（ops.numbers）；请先运行 jixiao run")
    name = name.strip().lower()
    number = _NUMBER.fullmatch(name)
    if number:
        return _find_number(connection, number["report"], int(number["number"]))
    if not _FACT.fullmatch(name):
        raise NotFound(f"{name!r} 不是编号：请给出 fact_id（或至少前 {_SHORTEST} 位），或 报告键:数字序号（如 04c84b:674）")
    return _find_fact(connection, name)


def locate(connection: duckdb.DuckDBPyConnection, fact_id: str) -> tuple[str, Record] | None:
    """The fact table that holds ``fact_id``, and the fact's row there."""
    for table in fact_tables(connection):
        for row in records(connection, f"select * from marts.{table} where fact_id = ?", [fact_id]):
            return table, row
    return None


def _find_fact(connection: duckdb.DuckDBPyConnection, beginning: str) -> Subject:
    union = " union all ".join(
        f"select '{table}' as fact_table, fact_id from marts.{table} where starts_with(fact_id, $1)" for table in fact_tables(connection)
    )
    hits = records(connection, f"select * from ({union}) order by fact_id", [beginning])
    if not hits:
        raise NotFound(f"仓库里没有编号是（或开头是）{beginning} 的数据")
    if len(hits) > 1:
        raise NotFound(f"{beginning} 不唯一，有 {len(hits)} 条：{_some([hit['fact_id'] for hit in hits])}。请多写几位")
    table = hits[0]["fact_table"]
    row = records(connection, f"select * from marts.{table} where fact_id = ?", [hits[0]["fact_id"]])[0]
    return Subject("marts", table, row, _report(connection, row["report_key"]))


def _find_number(connection: duckdb.DuckDBPyConnection, beginning: str, number_no: int) -> Subject:
    sql = "select * from marts.dim_report where starts_with(report_key, ?) order by report_key"
    reports = records(connection, sql, [beginning])
    if not reports:
        raise NotFound(f"仓库里没有报告键开头是 {beginning} 的报告")
    if len(reports) > 1:
        raise NotFound(f"{beginning} 不唯一，有 {len(reports)} 份报告：{_some([report['report_key'] for report in reports])}。请多写几位")
    key = reports[0]["report_key"]
    rows = records(connection, "select * from ops.numbers where report_key = ? and number_no = ?", [key, number_no])
    if not rows:
        count = records(connection, "select count(*) as numbers from ops.numbers where report_key = ?", [key])[0]["numbers"]
        raise NotFound(f"{reports[0]['file_name']} 里没有第 {number_no} 个数字（共 {count} 个）")
    return Subject("ops", "numbers", rows[0], reports[0])


def _report(connection: duckdb.DuckDBPyConnection, report_key: str) -> Record:
    return records(connection, "select * from marts.dim_report where report_key = ?", [report_key])[0]


def _some(keys: list[str]) -> str:
    return "、".join(keys[:_NAMED]) + (" 等" if len(keys) > _NAMED else "")
