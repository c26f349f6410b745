"""The published warehouse as the exports read it: read-only, sorted by each table's key, with bounded memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.spreadsheet import DANGEROUS
from flows.tables.definitions import PUBLIC, Column, TableDefinition, published_tables, tables

SCHEMAS = (*PUBLIC, "cn")
_BATCH = 10_000


class UnknownTable(Exception):
    """No published table has the name that was asked for; says which there are."""


class NotInRelease(Exception):
    """The published release was built by an earlier version and lacks a table or column."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table to export: its definition, and the schema and names it goes by (``names``: a name for each column)."""

    table: TableDefinition
    schema: str
    name: str
    names: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns to sort by: the table's key, all columns where it has none."""
        named = dict(zip(self.table.column_names, self.names, strict=True))
        return tuple(named[column] for column in self.table.key or self.table.column_names)

    @property
    def columns(self) -> tuple[tuple[str, Column], ...]:
        return tuple(zip(self.names, self.table.columns, strict=True))


def wanted(schemas: Sequence[str], named: Sequence[str]) -> list[Wanted]:
    """The tables of ``schemas`` in order; with ``named`` (a name in English or Chinese, with or without its schema) only those.

    Raises UnknownTable.
    """
    found = [_wanted(schema, table) for schema in schemas for table in (published_tables() if schema == "cn" else tables(schema).values())]
    if not named:
        return found
    chosen = []
    for name in named:
        one = [w for w in found if name in (w.name, f"{w.schema}.{w.name}", w.table.name, w.table.cn)]
        if not one:
            known = "、".join(w.name for w in found)
            raise UnknownTable(f"{'、'.join(schemas)} 里没有表 {name}。可用的有 {known}")
        chosen += [w for w in one if w not in chosen]
    return chosen


def _wanted(schema: str, table: TableDefinition) -> Wanted:
    if schema == "cn":
        return Wanted(table, "cn", table.cn or table.name, tuple(column.cn or column.name for column in table.columns))
    return Wanted(table, schema, table.name, table.column_names)


@contextmanager
def opened(database: Path, temporary: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release behind ``database``, attached read-only; sorting larger than memory goes to ``temporary``.

    One thread: the order of row groups, and with it every byte, stays the same.
    """
    temporary.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as connection:
        connection.execute("set threads = 1")
        connection.execute("set memory_limit = '512MB'")
        connection.execute(f"set temp_directory = {quoted(str(temporary))}")
        connection.execute(f"attach {quoted(str(database.resolve()))} as jixiao (read_only)")
        connection.execute("use jixiao")
        yield connection


def check(connection: duckdb.DuckDBPyConnection, asked: Sequence[Wanted]) -> None:
    """Raises NotInRelease where the release lacks a table or column."""
    rows = connection.execute(
        "select schema_name || '.' || table_name || '.' || column_name from duckdb_columns() where database_name = 'jixiao'"
    ).fetchall()
    there = {name for (name,) in rows}
    for one in asked:
        lacking = [name for name in one.names if f"{one.schema}.{one.name}.{name}" not in there]
        if lacking:
            raise NotInRelease(f"已发布的仓库由较早的版本构建，没有 {one.schema}.{one.name} 的 {lacking[0]}；请先运行 jixiao run")


def quoted(text: str) -> str:
    """As an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """As an SQL name."""
    return '"' + name.replace('"', '""') + '"'


def sorted_sql(one: Wanted) -> str:
    """The table's rows, sorted by its key."""
    columns = ", ".join(identifier(name) for name in one.names)
    order = ", ".join(f"{identifier(name)} nulls first" for name in one.key)
    return f"select {columns} from {identifier(one.schema)}.{identifier(one.name)} order by {order}"


def harmless(name: str, column: Column) -> str:
    """The column as it may stand in a CSV: text that a spreadsheet would run is defused."""
    if column.type != "text":
        return identifier(name)
    return f"case when regexp_matches({identifier(name)}, {quoted(DANGEROUS)}) then '''' || {identifier(name)} else {identifier(name)} end"


def count(connection: duckdb.DuckDBPyConnection, one: Wanted) -> int:
    row = connection.execute(f"select count(*) from {identifier(one.schema)}.{identifier(one.name)}").fetchone()
    assert row is not None
    return int(row[0])


def batches(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of ``sql``, some thousands at a time."""
    result = connection.execute(sql)
    while rows := result.fetchmany(_BATCH):
        yield rows
