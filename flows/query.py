"""Read-only SQL on the published warehouse. A query can read the warehouse and nothing else: no files, no network, no settings."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.spreadsheet import defused

# Schemas whose tables need no prefix; a release of an earlier version may lack one of them.
_SEARCH_PATH = ("marts", "audit", "ops", "cn", "staged", "versions")


class QueryFailed(Exception):
    """The query was refused or is wrong; one line."""


def connect(database: Path, as_of: date | None = None) -> duckdb.DuckDBPyConnection:
    """A locked read-only connection: external access off, configuration locked. ``as_of``: every table as it was known on that day.

    Raises QueryFailed where the release cannot tell.
    """
    if as_of is not None:
        from flows.as_of import NotKept, attached

        try:
            connection = attached(database, as_of)
        except NotKept as error:
            raise QueryFailed(str(error)) from error
        connection.execute("set enable_external_access = false")
    else:
        connection = duckdb.connect(
            str(database.resolve()),
            read_only=True,
            config={"enable_external_access": "false", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
        )
    there = {
        name
        for (name,) in connection.execute("select schema_name from duckdb_schemas() where database_name = current_database()").fetchall()
    }
    connection.execute(f"set search_path = '{','.join(name for name in _SEARCH_PATH if name in there)}'")
    connection.execute("set lock_configuration = true")
    if as_of is not None:
        connection.execute("begin transaction read only")
    return connection


def run_query(database: Path, sql: str, as_of: date | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows, as known now or on a day. Raises QueryFailed."""
    with connect(database, as_of) as connection:
        try:
            result = connection.execute(sql)
            if result.description is None:
                return [], []
            return [column[0] for column in result.description], result.fetchall()
        except duckdb.Error as error:
            raise QueryFailed(" ".join(str(error).split("\n")[0].split())) from error


def records(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of our own ``sql`` by column name; what users give goes into ``parameters``."""
    result = connection.execute(sql, list(parameters))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def write_result(database: Path, sql: str, form: str, as_of: date | None = None) -> None:
    """Runs ``sql`` and writes its result to standard output as ``form`` (table, csv, json, parquet)."""
    if form == "parquet":
        _write_parquet(database, sql, as_of)
        return
    names, rows = run_query(database, sql, as_of)
    if form == "csv":
        _write_csv(names, rows)
    elif form == "json":
        import json

        json.dump([dict(zip(names, map(_json_value, row), strict=True)) for row in rows], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _write_table(names, rows)


def _json_value(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _write_csv(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([defused(value) if isinstance(value, str) else value for value in row] for row in rows)


def _write_table(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    from rich.table import Table

    from flows.console import console

    table = Table(header_style="bold")
    for index, name in enumerate(names):
        numeric = any(row[index] is not None for row in rows) and all(
            not isinstance(row[index], str | bool) for row in rows if row[index] is not None
        )
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else _plain(value) for value in row))
    console.print(table)
    console.print(f"{len(rows)} 行")


def _plain(value: Any) -> str:
    from decimal import Decimal

    if isinstance(value, Decimal):
        text = f"{value:f}"
        value = text.rstrip("0").rstrip(".") if "." in text else text
    return str(value).replace("[", "\\[")


def _write_parquet(database: Path, sql: str, as_of: date | None) -> None:
    with connect(database, as_of) as connection:
        try:
            frame = connection.execute(sql).pl()
        except duckdb.Error as error:
            raise QueryFailed(" ".join(str(error).split("\n")[0].split())) from error
    frame.write_parquet(sys.stdout.buffer)
