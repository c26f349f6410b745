"""Builds the warehouse beside the published one, tests it, and publishes it by an atomic swap.

A build is a file of its own: what the models need is landed in it (``landing``), dbt builds and tests the models as a subprocess (so that nothing
keeps the file open), the folder becomes an immutable release, and the link ``jixiao.duckdb`` is replaced in one step. A failed build leaves
everything as it was. Where little changed since the published release, the file begins as a copy of it and only what changed is built anew.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.collect.fingerprint import build_version
from flows.collect.landing import Plan
from flows.landing import land, land_changes
from flows.runs import Run, remember
from flows.settings import Settings

_DBT_PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
_NAME = "jixiao.duckdb"
_RELEASE = "build.json"
# Replaced rows leave gaps in the file: past this many times the size of the last fresh build the next one is fresh again.
_MOST_GROWN = 1.5
_FAILURE = re.compile(r"(?:Failure|Database Error|Compilation Error|Runtime Error|Error|FAIL \d+|ERROR).*")


class BuildFailed(Exception):
    """The build or one of its tests failed; nothing was published. ``details``: dbt's own lines."""

    def __init__(self, message: str, details: str) -> None:
        super().__init__(message)
        self.details = details


def _dbt(database: Path, workers: int, target_dir: Path, is_fresh: bool) -> None:
    """Runs ``dbt build`` on the file: incremental models that are there replace the rows in scope. Raises BuildFailed with dbt's lines.

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
    if not is_fresh:  # seeds and views are in the file already, and are those of this version: it was copied from a build of it
        command += ["--exclude-resource-type", "seed", "--exclude", "config.materialized:view"]
    command += ["--project-dir", str(_DBT_PROJECT), "--profiles-dir", str(_DBT_PROJECT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=database.parent)
    if done.returncode != 0:
        output = done.stdout + done.stderr
        lines = [line.strip() for line in output.splitlines() if _FAILURE.search(line)]
        raise BuildFailed(f"构建没有通过：{lines[0] if lines else 'dbt 失败'}", output)


def database_in(folder: Path) -> Path:
    """The warehouse file of a build or release."""
    return folder / _NAME


def build(settings: Settings, plan: Plan, run: Run, reader_version: str) -> Path:
    """Lands, builds and tests a new warehouse file; returns its folder. Raises BuildFailed; the published one is untouched."""
    folder = settings.building / run.run_id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    database = database_in(folder)
    try:
        is_fresh = settings.fresh or not _can_go_on(settings, reader_version) or not land_changes(database, settings, plan, run)
        if is_fresh:
            land(database, settings, plan, run)
        _dbt(database, settings.workers, settings.warehouse / ".dbt", is_fresh)
        size = database.stat().st_size if is_fresh else _published(settings)["fresh_bytes"]
        (folder / _RELEASE).write_text(json.dumps({"is_fresh": is_fresh, "fresh_bytes": size}), encoding="utf8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for stray in folder.glob("*.wal"):
        raise BuildFailed("构建没有写完", f"{stray.name} 仍在")
    return folder


def _published(settings: Settings) -> dict[str, Any]:
    return json.loads(settings.published.read_text(encoding="utf8")) if settings.published.is_file() else {}


def _can_go_on(settings: Settings, reader_version: str) -> bool:
    """Was the published file built by this version, and has it not grown too much?"""
    before = _published(settings)
    if not settings.database.exists() or "fresh_bytes" not in before:
        return False
    same = before["build_version"] == build_version() and before["reader_version"] == reader_version
    return same and settings.database.stat().st_size <= _MOST_GROWN * before["fresh_bytes"]


def publish(settings: Settings, folder: Path, plan: Plan, run: Run, reader_version: str, summary: dict[str, Any]) -> None:
    """Makes the built folder an immutable release and swaps the link; older releases beyond the kept ones are removed."""
    content = {
        "run": asdict(run),
        "reader_version": reader_version,
        "build_version": build_version(),
        **json.loads((folder / _RELEASE).read_text(encoding="utf8")),
        "reports": list(plan.report_keys),
        "paths": sorted(file.path for file in plan.files),
        "corrections": plan.corrections.version,
        "matches": plan.matches_version,
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
    remember(settings, run)
    shutil.rmtree(settings.building, ignore_errors=True)
    for old in sorted(settings.releases.iterdir())[: -settings.keep_releases]:
        shutil.rmtree(old, ignore_errors=True)
