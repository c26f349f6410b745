"""Puts rows into a database's tables as the definitions say: columns, types and order are those of tables.toml."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl

from flows.tables.definitions import TableDefinition, tables


def columns_sql(table: TableDefinition) -> str:
    """The columns of a ``create table``."""
    return ", ".join(f'"{column.name}" {column.sql_type}' for column in table.columns)


def create_table(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> None:
    """An empty table as defined, in place of one of its name."""
    connection.execute(f"create or replace table {schema}.{name} ({columns_sql(tables(schema)[name])})")


def append_rows(connection: duckdb.DuckDBPyConnection, schema: str, name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Appends rows; values are text or of the column's own type, numbers as text so that none becomes a float."""
    if not rows:
        return
    table = tables(schema)[name]
    frame = pl.DataFrame(
        {column.name: [_text(row[column.name]) for row in rows] for column in table.columns},
        schema=dict.fromkeys(table.column_names, pl.String),
    )
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(f'cast("{column.name}" as {column.sql_type})' for column in table.columns)
    connection.register("appended_rows", _Stream(frame))
    connection.execute(f"insert into {schema}.{name} ({names}) select {values} from appended_rows")
    connection.unregister("appended_rows")


class _Stream:
    """A frame as Arrow's stream and nothing else: DuckDB asks a polars frame itself for pyarrow, which is not here."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    return str(value)
