"""The record of runs that published."""

import json
from dataclasses import asdict, dataclass

from flows.settings import Settings


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


def remember(settings: Settings, run: Run) -> None:
    """Adds a run that published."""
    with (settings.warehouse / "runs.jsonl").open("a", encoding="utf8") as stream:
        stream.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")
