"""The main job as plain functions: look, read, build, publish. ``pipeline`` runs them as a Prefect flow; tests run them without one."""

import fcntl
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.collect.archives import CONTENTS, load_contents
from flows.collect.fingerprint import build_version, reader_version
from flows.collect.landing import Plan, SeenFile, Source, Staged, make_plan, save_ledger
from flows.corrections.file import assign, read_corrections
from flows.corrections.listing import listing
from flows.limits import allowed
from flows.resolve.overrides import read_overrides, what_became
from flows.runs import Run
from flows.settings import Settings

# What an archive that opened itself tells: its members tell the rest.
_ARCHIVE: dict[str, Any] = {
    "status": "archive",
    "rows": {},
    "numbers": {},
    "bureau_name": None,
    "fiscal_year": None,
    "report_kind": None,
    "reason": None,
}


class Busy(Exception):
    """Another run is at work on this warehouse."""


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Holds the warehouse for one run. Raises Busy where another holds it."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    with settings.lock.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        for left_behind in (settings.unpacked, settings.working):  # by a run that was killed
            shutil.rmtree(left_behind, ignore_errors=True)
        yield


def _outcome(settings: Settings, key: str) -> dict[str, Any]:
    path = settings.staged / key / "outcome.json"
    return json.loads(path.read_text(encoding="utf8")) if path.is_file() else {}


def look(settings: Settings, looked: Iterable[SeenFile] = ()) -> Plan:
    """Which reports are new, changed, gone, were read by an older reader, under other limits or with other corrections.

    ``looked``: the files of an earlier look of the same run. Raises NoRawFolder, Unusable.
    """
    corrections = read_corrections(settings.corrections)
    matches_version = read_overrides(settings.matches).version
    version = reader_version()
    applied: dict[str, set[str]] = {}

    def holds(key: str, refusal: str | None) -> bool:
        outcome = _outcome(settings, key)
        if outcome.get("reader_version") != version or outcome["is_passing"]:
            return False
        if any(allowed(name) != value for name, value in outcome["limits"].items()):
            return False
        if refusal is not None and outcome["reason"] != refusal:
            return False
        applied[key] = set(outcome["corrections"])
        return True

    staged = Staged(holds, lambda key: load_contents(settings.staged / key), lambda key, file: settings.unpacked / key / file)
    plan = make_plan(settings, staged, looked)
    corrections = assign(corrections, [(file.report_key, file.path) for file in plan.reports])
    wanted = {key: {line.digest for line in lines} for key, lines in corrections.by_report().items()}
    again = {key for key, before in applied.items() if before != wanted.get(key, set())} - set(plan.archive_keys)
    if again:
        plan = make_plan(settings, replace(staged, holds=lambda key, refusal: key not in again and holds(key, refusal)), plan.files)
    return replace(plan, corrections=corrections, matches_version=matches_version)


def published(settings: Settings) -> dict[str, Any] | None:
    """What the published release was built from, None where nothing is published."""
    if not (settings.published.is_file() and settings.database.exists()):
        return None
    return json.loads(settings.published.read_text(encoding="utf8"))


def is_up_to_date(settings: Settings, plan: Plan) -> bool:
    """True where the published warehouse holds just these files with these corrections and decisions about names, read and built by this version."""
    now = published(settings)
    return (
        not settings.fresh
        and now is not None
        and not plan.to_read
        and not plan.gone
        and now["reports"] == list(plan.report_keys)
        and now["paths"] == sorted(file.path for file in plan.files)
        and now["reader_version"] == reader_version()
        and now["build_version"] == build_version()
        and now["corrections"] == plan.corrections.version
        and now["matches"] == plan.matches_version
    )


def read(settings: Settings, plan: Plan, progress: Callable[[int, int, str], None] | None = None) -> Plan:
    """Reads the plan's reports in parallel, archives first opened; ``progress(done, total, file name)``.

    Returns the plan with the members of archives in it, and ``to_read`` all that was read.
    """
    done: dict[str, Source] = {}
    try:
        while plan.to_read.keys() - done.keys():
            opened = _read_all(settings, plan, len(done), progress)
            done |= plan.to_read
            if not opened:
                break
            plan = look(settings, plan.files)
    finally:
        shutil.rmtree(settings.unpacked, ignore_errors=True)
    return replace(plan, to_read={key: source for key, source in done.items() if key not in plan.archive_keys})


def _read_all(settings: Settings, plan: Plan, before: int, progress: Callable[[int, int, str], None] | None) -> bool:
    """Reads the plan's reports; were there archives among them, whose members are now to be read?"""
    from flows import reading

    opened = False
    corrections = plan.corrections.by_report()
    for done, outcome in enumerate(reading.read_reports(plan.to_read, reader_version(), settings, corrections), start=1):
        opened = opened or (settings.staged / outcome.report_key / CONTENTS).is_file()
        if progress:
            progress(before + done, before + len(plan.to_read), plan.to_read[outcome.report_key].name)
    return opened


@dataclass(frozen=True, slots=True)
class Built:
    """A tested build that waits to be published."""

    folder: Path
    run: Any
    summary: dict[str, Any]


def build(settings: Settings, plan: Plan, started_at: str) -> Built:
    """Builds and tests a new warehouse beside the published one. Raises BuildFailed."""
    from flows import warehouse
    from flows.drift import worst_first
    from flows.twins import second_files

    summary = summarise(settings, plan)
    _refuse_loss(settings, summary)
    run_id = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    run = Run(
        run_id=run_id,
        started_at=started_at,
        finished_at=None,
        files_seen=len(plan.files),
        files_read=len(plan.to_read),
        files_gone=len(plan.gone),
        files_set_aside=sum(1 for report in summary["reports"] if report["status"] == "set_aside"),
        outcome="published",
    )
    folder = warehouse.build(settings, plan, run, reader_version())
    database = warehouse.database_in(folder)
    told = {
        "drift": [asdict(fall) for fall in worst_first(database)],
        "matches": what_became(database),
        "twins": second_files(database),
    }
    return Built(folder, run, summary | told)


def _refuse_loss(settings: Settings, summary: dict[str, Any]) -> None:
    """A report that the published warehouse holds must not vanish because reading the same bytes failed: that is our fault, not theirs."""
    from flows.reading import ABORTED, FAILED
    from flows.warehouse import BuildFailed

    before = published(settings)
    held = {report.get("report_key") for report in before["summary"]["reports"] if report["status"] != "set_aside"} if before else set()
    lost = [
        report for report in summary["reports"] if (report["reason"] or "").startswith((FAILED, ABORTED)) and report["report_key"] in held
    ]
    if lost:
        listed = "\n".join(f"{report['path']}：{report['reason']}" for report in lost)
        raise BuildFailed(f"{len(lost)} 份已发布的报告这次读取出错（如 {lost[0]['path']}：{lost[0]['reason']}）", listed)


def publish(settings: Settings, plan: Plan, built: Built) -> None:
    """Publishes a build and remembers what was seen; reports that are gone lose their staged files."""
    from flows import warehouse

    run = replace(built.run, finished_at=datetime.now(UTC).isoformat(timespec="seconds"))
    warehouse.publish(settings, built.folder, plan, run, reader_version(), built.summary)
    save_ledger(settings.ledger, (*plan.files, *plan.history))
    _forget(settings, plan)


def _forget(settings: Settings, plan: Plan) -> None:
    kept = {*plan.report_keys, *plan.archive_keys}
    for folder in settings.staged.iterdir() if settings.staged.is_dir() else ():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def summarise(settings: Settings, plan: Plan) -> dict[str, Any]:
    """What the run's table shows: a line per file, totals, and what became of the corrections. ``build`` adds ``drift``, ``matches``, ``twins``."""
    reports = []
    totals: Counter[str] = Counter()
    for file in sorted(plan.files, key=lambda f: f.path):
        outcome = _outcome(settings, file.report_key) if file.members is None else _ARCHIVE
        rows, numbers = outcome["rows"], outcome["numbers"]
        reports.append(
            {
                "path": file.path,
                "report_key": file.report_key,
                "members": file.members,
                "status": outcome["status"],
                "bureau_name": outcome["bureau_name"],
                "fiscal_year": outcome["fiscal_year"],
                "report_kind": outcome["report_kind"],
                "forms": rows.get("evaluations", 0),
                "indicators": rows.get("indicators", 0),
                "accounts": rows.get("accounts", 0),
                "statements": rows.get("statements", 0),
                "set_aside": rows.get("set_aside", 0),
                "numbers": sum(numbers.values()),
                "unclaimed": numbers.get("unclaimed", 0),
                "reason": outcome["reason"],
                "is_new": file.report_key in plan.to_read,
            }
        )
        totals.update(rows)
    return {"reports": reports, "totals": dict(totals), "corrections": _corrections(listing(plan.corrections, {}, settings.staged))}


def _corrections(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How many corrections are in each state, and the line and message of each that was not applied."""
    return {
        "states": dict(Counter(row["state"] for row in rows)),
        "refused": [[row["file_line"], row["message"]] for row in rows if row["state"] == "refused"],
        "absent": [[row["file_line"], row["message"]] for row in rows if row["state"] == "report_absent"],
    }


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
