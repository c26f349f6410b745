"""A table as one Parquet or CSV file."""

import json
from pathlib import Path

import duckdb

from flows.export.published import Wanted, harmless, identifier, quoted, sorted_sql

# Before the first column's name: Excel takes a CSV without it for the code page of the machine, and shows Chinese as rubbish.
BYTE_ORDER_MARK = "\ufeff"


def write_parquet(connection: duckdb.DuckDBPyConnection, one: Wanted, path: Path) -> None:
    """Exact types; the grain and the meaning of each column stand in the file's metadata (``grain``, ``columns``)."""
    grain = json.dumps({"en": one.table.grain_en, "zh": one.table.grain_zh}, ensure_ascii=False)
    columns = json.dumps({name: {"en": column.en, "zh": column.zh} for name, column in one.columns}, ensure_ascii=False)
    connection.execute(
        f"copy ({sorted_sql(one)}) to {quoted(str(path))} "
        f"(format parquet, compression zstd, kv_metadata {{grain: {quoted(grain)}, columns: {quoted(columns)}}})"
    )


def write_csv(connection: duckdb.DuckDBPyConnection, one: Wanted, path: Path) -> None:
    """UTF-8 with byte order mark; empty is null, ``""`` an empty text; text that a spreadsheet would run is defused."""
    names = [BYTE_ORDER_MARK + one.names[0], *one.names[1:]]
    columns = [f"{harmless(name, column)} as {identifier(title)}" for (name, column), title in zip(one.columns, names, strict=True)]
    copy_csv(connection, f"select {', '.join(columns)} from ({sorted_sql(one)})", path)


def copy_csv(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    connection.execute(f"copy ({sql}) to {quoted(str(path))} (format csv, header true)")
