"""Lands what the models are built from: staged rows, files, runs, corrections, and which names mean the same.

A fresh build lands everything in an empty file. An incremental one copies the published file and replaces the staged rows of the reports that
are new, gone or read again; the *scope* then says which rows of the models may have changed, and only these are built anew:

- changed reports: new, gone, read again, or with a name that is now resolved otherwise;
- bureaus in scope: all that a changed report names, before or now;
- ``landing.scope_reports``: the reports that the models must look at for these bureaus. ``is_replaced``: its own rows are replaced too.

In a fresh build everything is in scope.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.collect.landing import Plan
from flows.corrections.listing import listing
from flows.resolve.overrides import read_overrides
from flows.resolve.step import resolve
from flows.runs import Run, past_runs
from flows.settings import Settings
from flows.tables.definitions import tables
from flows.tables.loading import append_rows, create_table

_LANDING_KEYS = {"files": ("path", "report_key"), "runs": ("run_id",), "corrections": ("file_line",)}
# What is landed anew as a whole and told by report: a report whose rows differ has changed.
_BY_REPORT = ("bureau_matches", "project_matches", "project_listings", "corrections")
# Beyond this share of changed reports a fresh build costs no more than replacing rows.
_MOST_CHANGED = 0.5


def land(database: Path, settings: Settings, plan: Plan, run: Run) -> None:
    """Lands everything in a fresh file."""
    with _connect(database) as connection:
        connection.execute("create schema staged")
        connection.execute("create schema landing")
        for name in tables("staged"):
            create_table(connection, "staged", name)
        _append_staged(connection, settings, plan.report_keys)
        _land_run(connection, settings, plan, run)
        resolve(connection, read_overrides(settings.matches))
        _land_scope(connection, all_reports=True)
        _land_previous_counts(connection, settings.database)


def land_changes(database: Path, settings: Settings, plan: Plan, run: Run) -> bool:
    """Copies the published file and lands what changed since; False, and no file, where too much changed for that to pay."""
    shutil.copyfile(settings.database.resolve(), database)
    with _connect(database) as connection:
        now = _versions(settings, plan.report_keys)
        before = dict(connection.execute("select report_key, staged_version from landing.staged_versions").fetchall())
        changed = sorted(key for key in now.keys() | before.keys() if now.get(key) != before.get(key))
        is_small = len(changed) <= _MOST_CHANGED * max(len(now), 1)
        if is_small:
            connection.execute(f"create temp table before_publishers as {_PUBLISHERS}")
            for name in tables("staged"):
                connection.execute(f"delete from staged.{name} where list_contains(?, report_key)", [changed])
            _append_staged(connection, settings, [key for key in changed if key in now])
            for name in (*_BY_REPORT, "indicator_matches"):
                connection.execute(f"create temp table before_{name} as from landing.{name}")
            _land_run(connection, settings, plan, run)
            resolve(connection, read_overrides(settings.matches))
            _land_scope(connection, changed=changed)
            replaced = connection.execute("select count(*) from landing.scope_reports").fetchone()
            is_small = replaced is not None and replaced[0] <= _MOST_CHANGED * max(len(now), 1)
        if is_small:
            _land_previous_counts(connection, settings.database, of_scope=True)
    if not is_small:
        database.unlink()
    return is_small


def _connect(database: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(database))
    connection.execute("set autoinstall_known_extensions = false")
    return connection


def _append_staged(connection: duckdb.DuckDBPyConnection, settings: Settings, keys: Sequence[str]) -> None:
    for name, table in tables("staged").items():
        paths = [str(settings.staged / key / f"{name}.parquet") for key in keys]
        if paths:
            names = ", ".join(f'"{column}"' for column in table.column_names)
            connection.execute(f"insert into staged.{name} ({names}) select {names} from read_parquet(?)", [paths])


def _versions(settings: Settings, keys: Sequence[str]) -> dict[str, str]:
    """What was staged of each report, as a fingerprint: the outcome names the reader, the corrections and the rows."""
    return {key: hashlib.sha256((settings.staged / key / "outcome.json").read_bytes()).hexdigest() for key in keys}


def _land_run(connection: duckdb.DuckDBPyConnection, settings: Settings, plan: Plan, run: Run) -> None:
    """What the run itself knows: files, runs, corrections, and what was staged of each report."""
    _replace(connection, "files", [_file_row(file) for file in (*plan.history, *plan.files)])
    _replace(connection, "runs", [asdict(past) for past in [*past_runs(settings), run]])
    file_names = {file.report_key: Path(file.path).name for file in reversed(plan.reports)}
    _replace(connection, "corrections", listing(plan.corrections, file_names, settings.staged))
    versions = _versions(settings, plan.report_keys)
    create_table(connection, "landing", "staged_versions")
    append_rows(connection, "landing", "staged_versions", [{"report_key": key, "staged_version": value} for key, value in versions.items()])


def _file_row(file: Any) -> dict[str, Any]:
    return {
        "path": file.path,
        "report_key": file.report_key,
        "file_name": Path(file.path).name,
        "size_bytes": file.size_bytes,
        "members": file.members,
        "outcome": "gone" if not file.present else "present" if file.members is None else "archive",
        "first_seen_at": file.first_seen_at,
        "last_seen_at": file.last_seen_at,
    }


def _replace(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[dict[str, Any]]) -> None:
    table = tables("landing")[name]
    unique: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:  # a file that came back with the same content is one file: the newest sight of it counts
        unique[tuple(row[column] for column in _LANDING_KEYS[name])] = row
    timestamps = [column.name for column in table.columns if column.type == "timestamp"]
    moments = [row | {name: datetime.fromisoformat(row[name]) if row[name] else None for name in timestamps} for row in unique.values()]
    create_table(connection, "landing", name)
    append_rows(connection, "landing", name, moments)


_PUBLISHERS = """
    select reports.report_key, matches.entity_identity
    from staged.reports as reports
    inner join landing.bureau_matches as matches
        on reports.report_key = matches.report_key and reports.bureau_identity = matches.bureau_identity
"""

# A name without a region that no report is published under - 各部门 - stands in reports of many bureaus and is none of them.
_ENTITIES_OF_CHANGED = """
    insert into landing.scope_entities
    select distinct entity_identity
    from (
        select report_key, entity_identity from landing.bureau_matches
        union
        select report_key, entity_identity from before_bureau_matches
    ) as named
    where report_key in (select report_key from changed_reports)
        and (
            entity_identity not like '|%'
            or entity_identity in (select entity_identity from publishers union all select entity_identity from before_publishers)
        )
"""

_REPORTS_OF_SCOPE = """
    insert into landing.scope_reports
    with concerned as (  -- publishers of the reports that name a bureau in scope
        select distinct publishers.entity_identity
        from landing.bureau_matches as named
        inner join publishers on named.report_key = publishers.report_key
        where named.entity_identity in (select entity_identity from landing.scope_entities)
    )
    select
        report_key,
        bool_or(is_replaced)
    from (
        select report_key, true as is_replaced from changed_reports
        union all
        select report_key, entity_identity in (select entity_identity from landing.scope_entities)
        from publishers
        where entity_identity in (select entity_identity from concerned)
    ) as reports
    group by report_key
    order by report_key
"""


def _land_scope(connection: duckdb.DuckDBPyConnection, changed: Sequence[str] = (), all_reports: bool = False) -> None:
    create_table(connection, "landing", "scope_reports")
    create_table(connection, "landing", "scope_entities")
    if all_reports:
        connection.execute("insert into landing.scope_reports select report_key, true from staged.reports order by report_key")
        connection.execute("insert into landing.scope_entities select distinct entity_identity from landing.bureau_matches order by all")
        return
    connection.execute(f"create temp table publishers as {_PUBLISHERS}")
    connection.execute("create temp table changed_reports as select unnest(?::varchar[]) as report_key", [list(changed)])
    for name in _BY_REPORT:
        connection.execute(f"insert into changed_reports select distinct report_key from ({_differing(name)}) where report_key is not null")
    connection.execute(
        f"""
        insert into changed_reports
        select distinct indicators.report_key
        from staged.indicators as indicators
        inner join ({_differing("indicator_matches")}) as meant
            on indicators.level3 = meant.level3
            and indicators.unit is not distinct from meant.unit
            and indicators.operator is not distinct from meant.operator
            and case when indicators.target_value is null then indicators.target_text end is not distinct from meant.target_shape
        """
    )
    connection.execute(_ENTITIES_OF_CHANGED)
    connection.execute(_REPORTS_OF_SCOPE)


def _differing(name: str) -> str:
    """Rows of a landing table that are new, and those that are no more."""
    return f"(from landing.{name} except all from before_{name}) union all (from before_{name} except all from landing.{name})"


def _land_previous_counts(connection: duckdb.DuckDBPyConnection, published: Path, of_scope: bool = False) -> None:
    """What the published release counted (its ops.counts), of the reports in scope where only these are built anew.

    No rows where nothing is published, or by a version that did not count so.
    """
    table = tables("landing")["previous_counts"]
    create_table(connection, "landing", table.name)
    if not published.exists():
        return
    names = ", ".join(f'"{column}"' for column in table.column_names)
    path = str(published.resolve()).replace("'", "''")
    connection.execute(f"attach '{path}' as published (read_only)")
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'published' and schema_name = 'ops' and table_name = 'counts'"
    ).fetchall()
    if set(table.column_names) <= {name for (name,) in found}:
        wanted = "where report_key in (select report_key from landing.scope_reports)" if of_scope else ""
        connection.execute(f"insert into landing.{table.name} ({names}) select {names} from published.ops.counts {wanted}")
    connection.execute("detach published")
