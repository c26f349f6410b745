"""What a published warehouse holds, table by table, whatever the order of its rows: for comparing builds."""

from pathlib import Path

import duckdb

SCHEMAS = ["marts", "versions", "audit", "ops"]
# What a build says of itself: when it ran, when it first saw a file, what changed since the build before.
_OF_THE_RUN = {"ops.runs", "ops.report_files"}


def _tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, str]:
    """Table → what to select of it: of ops.drift the comparisons with the year before."""
    found = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables where table_catalog = ? and list_contains(?, table_schema) order by all",
        [catalog, SCHEMAS],
    ).fetchall()
    names = [name for (name,) in found if name not in _OF_THE_RUN]
    drift = "select * exclude (flag_no) from {}ops.drift where compared_with = 'last_year'"
    return {name: drift if name == "ops.drift" else f"select * from {{}}{name}" for name in names}


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Table → its rows in one fixed order."""
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        chosen = _tables(connection, database.resolve().stem)
        return {name: connection.execute(f"{sql.format('')} order by all").fetchall() for name, sql in chosen.items()}


def compare_in_place(one: Path, other: Path) -> dict[str, int]:
    """Table → how many rows stand in one of two warehouses alone; only tables that differ. For warehouses too large to fetch."""
    different = {}
    with duckdb.connect(":memory:") as connection:
        for name, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path.resolve()}' as {name} (read_only)")
        chosen = _tables(connection, "one")
        assert chosen.keys() == _tables(connection, "other").keys()
        for name, sql in chosen.items():
            left, right = sql.format("one."), sql.format("other.")
            counted = connection.execute(
                f"select count(*) from ((({left}) except all ({right})) union all (({right}) except all ({left})))"
            ).fetchone()
            if counted and counted[0]:
                different[name] = counted[0]
    return different
