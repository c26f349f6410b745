"""Builds the warehouse beside the published one, tests it, and publishes it by an atomic swap.

A build is a fresh file: staged Parquet is landed in it, dbt builds and tests the models as a subprocess (so that nothing keeps the file open),
the folder becomes an immutable release, and the link ``jixiao.duckdb`` is replaced in one step. A failed build leaves everything as it was.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.collect.fingerprint import build_version
from flows.collect.landing import Plan
from flows.corrections.listing import listing
from flows.resolve.step import resolve
from flows.settings import Settings
from flows.tables.definitions import tables
from flows.tables.loading import append_rows, create_table

_DBT_PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
_NAME = "jixiao.duckdb"
_LANDING_KEYS = {"files": ("path", "report_key"), "runs": ("run_id",), "corrections": ("file_line",)}
_FAILURE = re.compile(r"(?:Failure|Database Error|Compilation Error|Runtime Error|Error|FAIL \d+|ERROR).*")


class BuildFailed(Exception):
    """The build or one of its tests failed; nothing was published. ``details``: dbt's own lines."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


@dataclass(frozen=True, slots=True)
class Run:
    """A run's record in ops.runs."""

    run_id: str
    started_at: str
    finished_at: str | None
    files_seen: int
    files_read: int
    files_gone: int
    files_set_aside: int
    outcome: str


def past_runs(settings: Settings) -> list[Run]:
    """Runs that published, oldest first."""
    path = settings.warehouse / "runs.jsonl"
    if not path.is_file():
        return []
    return [Run(**json.loads(line)) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def _remember(settings: Settings, run: Run) -> None:
    with (settings.warehouse / "runs.jsonl").open("a", encoding="utf8") as stream:
        stream.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def _land(database: Path, settings: Settings, plan: Plan, run: Run) -> None:
    """Staged rows of the reports that are present, the ledger of files and the corrections, into schemas ``staged`` and ``landing`` of a fresh file."""
    keys = plan.report_keys
    with duckdb.connect(str(database)) as connection:
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute("create schema staged")
        connection.execute("create schema landing")
        for name, table in tables("staged").items():
            create_table(connection, "staged", name)
            paths = [str(settings.staged / key / f"{name}.parquet") for key in keys]
            if paths:
                names = ", ".join(f'"{column}"' for column in table.column_names)
                connection.execute(f"insert into staged.{name} ({names}) select {names} from read_parquet(?)", [paths])
        _insert(connection, "files", [_file_row(file) for file in (*plan.history, *plan.files)])
        _insert(connection, "runs", [asdict(past) for past in [*past_runs(settings), run]])
        file_names = {file.report_key: Path(file.path).name for file in reversed(plan.reports)}
        _insert(connection, "corrections", listing(plan.corrections, file_names, settings.staged))
        _land_previous_counts(connection, settings.database)
        resolve(connection)


def _land_previous_counts(connection: duckdb.DuckDBPyConnection, published: Path) -> None:
    """What the published release counted (its ops.counts); no rows where nothing is published, or by a version that did not count so."""
    table = tables("landing")["previous_counts"]
    create_table(connection, "landing", table.name)
    if not published.exists():
        return
    path = str(published.resolve()).replace("'", "''")
    connection.execute(f"attach '{path}' as published (read_only)")
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'published' and schema_name = 'ops' and table_name = 'counts'"
    ).fetchall()
    if set(table.column_names) <= {name for (name,) in found}:
        names = ", ".join(f'"{column}"' for column in table.column_names)
        connection.execute(f"insert into landing.{table.name} ({names}) select {names} from published.ops.counts")
    connection.execute("detach published")


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


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[dict[str, Any]]) -> None:
    table = tables("landing")[name]
    unique: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:  # a file that came back with the same content is one file: the newest sight of it counts
        unique[tuple(row[column] for column in _LANDING_KEYS[name])] = row
    timestamps = [column.name for column in table.columns if column.type == "timestamp"]
    moments = [row | {name: datetime.fromisoformat(row[name]) if row[name] else None for name in timestamps} for row in unique.values()]
    create_table(connection, "landing", name)
    append_rows(connection, "landing", name, moments)


def _dbt(database: Path, workers: int, target_dir: Path) -> None:
    """Runs ``dbt build`` on the fresh file. Raises BuildFailed with dbt's lines.

    dbt runs in the file's folder and knows it by its name alone: so what it parsed of the project stays good for the next build.
    """
    target = str(Path(os.environ.get("JIXIAO_DBT_TARGET") or target_dir).resolve())
    environment = os.environ | {
        "JIXIAO_BUILD_DB": database.name,
        "DBT_TARGET_PATH": target,
        "DBT_LOG_PATH": target,
        "JIXIAO_DBT_THREADS": str(max(1, min(workers, 4))),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "--quiet", "build"]
    # unit tests try the models' rules on made-up rows: pytest runs them, no build needs them
    command += ["--exclude-resource-type", "unit_test"]
    command += ["--project-dir", str(_DBT_PROJECT), "--profiles-dir", str(_DBT_PROJECT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=database.parent)
    if done.returncode != 0:
        output = done.stdout + done.stderr
        lines = [line.strip() for line in output.splitlines() if _FAILURE.search(line)]
        raise BuildFailed(f"构建没有通过：{lines[0] if lines else 'dbt 失败'}", output)


def database_in(folder: Path) -> Path:
    """The warehouse file of a build or release."""
    return folder / _NAME


def build(settings: Settings, plan: Plan, run: Run) -> Path:
    """Lands, builds and tests a new warehouse file; returns its folder. Raises BuildFailed; the published one is untouched."""
    folder = settings.building / run.run_id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    database = database_in(folder)
    try:
        _land(database, settings, plan, run)
        _dbt(database, settings.workers, settings.warehouse / ".dbt")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for stray in folder.glob("*.wal"):
        raise BuildFailed("构建没有写完", f"{stray.name} 仍在")
    return folder


def publish(settings: Settings, folder: Path, plan: Plan, run: Run, reader_version: str, summary: dict[str, Any]) -> None:
    """Makes the built folder an immutable release and swaps the link; older releases beyond the kept ones are removed."""
    content = {
        "run": asdict(run),
        "reader_version": reader_version,
        "build_version": build_version(),
        "reports": list(plan.report_keys),
        "paths": sorted(file.path for file in plan.files),
        "corrections": plan.corrections.version,
        "summary": summary,
    }
    beside = settings.published.with_suffix(".tmp")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf8")
    settings.releases.mkdir(parents=True, exist_ok=True)
    release = settings.releases / run.run_id
    folder.rename(release)
    (release / _NAME).chmod(0o444)
    link = settings.warehouse / f".{_NAME}.{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / run.run_id / _NAME)
    link.replace(settings.database)
    beside.replace(settings.published)
    _remember(settings, run)
    shutil.rmtree(settings.building, ignore_errors=True)
    for old in sorted(settings.releases.iterdir())[: -settings.keep_releases]:
        shutil.rmtree(old, ignore_errors=True)
