"""What the warehouse said on a day of knowledge: the published release attached read-only, with every table's name a view of that day.

A mart with versions (``tables.toml``: ``versions = true``) is its ``…_as_of`` macro; facts are those of the reports that stood on that day;
a report is there once it was known. Dimensions have no day: names and kinds are those of today.
"""

from datetime import date
from pathlib import Path

import duckdb

from flows.tables.definitions import PUBLIC, published_tables

# The release's own views and macros know it by this name.
_RELEASE = "jixiao"
_PASSED_THROUGH = ("staged", "versions")
_FINDINGS = "report_key is null or report_key in (select report_key from {release}.marts.dim_report where known_from <= {day})"
# Columns that would tell what came after the day.
_LATER = {
    "known_to": "cast(null as date)",
    "superseded_by": "case when known_to <= {day} then superseded_by end",
    "is_chosen": "choice_rank = min(choice_rank) over (partition by bureau_key, fiscal_year, measure, stage)",
}


class NotKept(Exception):
    """The release was built by a version that did not keep what was known when; one line."""


def attached(database: Path, day: date) -> duckdb.DuckDBPyConnection:
    """A connection in which ``marts.bureau_year`` and all the rest, with and without their schema, say what was known on ``day``.

    The release is attached read-only; what is created lives in memory alone. The caller locks it. Raises NotKept.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    path = str(database.resolve()).replace("'", "''")
    connection.execute(f"attach '{path}' as {_RELEASE} (read_only)")
    said = f"date '{day.isoformat()}'"
    tables = _columns(connection)
    macros = {
        name
        for (name,) in connection.execute(
            f"select distinct function_name from duckdb_functions() where database_name = '{_RELEASE}' and function_type = 'table_macro'"
        ).fetchall()
    }
    if "bureau_year_as_of" not in macros:
        raise NotKept("发布的仓库由旧版本构建，没有保存各日所知的内容；请先运行 jixiao run")
    for schema in sorted({schema for schema, _ in tables}):
        connection.execute(f"create schema {schema}")
    for (schema, name), columns in tables.items():
        if schema in PUBLIC or schema in _PASSED_THROUGH:
            connection.execute(f'create view {schema}."{name}" as {_state(schema, name, columns, macros, said)}')
    for table in published_tables():  # views of cn look into the release itself: they are made anew over the views of that day
        if ("cn", table.cn) in tables:
            there = tables.get((table.schema, table.name), [])
            renamed = ", ".join(f'"{column.name}" as "{column.cn}"' for column in table.columns if column.name in there)
            connection.execute(f'create view cn."{table.cn}" as select {renamed} from {table.schema}."{table.name}"')
    return connection


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Schema and table → its columns, of the tables and views that people ask."""
    found: dict[tuple[str, str], list[str]] = {}
    for schema, table, column in connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where database_name = ? order by schema_name, table_name, column_index",
        [_RELEASE],
    ).fetchall():
        if schema in (*PUBLIC, *_PASSED_THROUGH, "cn"):
            found.setdefault((schema, table), []).append(column)
    return found


def _state(schema: str, name: str, columns: list[str], macros: set[str], day: str) -> str:
    source = f'{_RELEASE}.{schema}."{name}"'
    if schema == "marts" and f"{name}_as_of" in macros:
        return f"select * from {_RELEASE}.marts.{name}_as_of({day})"
    if (schema, name) == ("audit", "findings"):
        return f"select * from {source} where {_FINDINGS.format(release=_RELEASE, day=day)}"
    if schema != "marts" or "known_from" not in columns:
        return f"select * from {source}"
    stood = "known_from <= {day}" if name == "dim_report" else "known_from <= {day} and (known_to is null or known_to > {day})"
    hidden = ", ".join(f"{sql.format(day=day)} as {column}" for column, sql in _LATER.items() if column in columns)
    return f"select * {f'replace ({hidden}) ' if hidden else ''}from {source} where {stood.format(day=day)}"
