"""Where things are. Environment variables (JIXIAO_…) may override the numbers; ``limits`` has those of a single file."""

import os
from dataclasses import dataclass
from pathlib import Path

from flows import limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of a warehouse and numbers of a run."""

    raw: Path
    warehouse: Path
    workers: int
    corrections: Path | None = None  # None: corrections.csv of the current folder, where there is one
    keep_releases: int = 3
    fresh: bool = False  # build everything anew, also where little or nothing changed
    matches: Path | None = None  # None: matches.csv of the current folder, where there is one

    @property
    def database(self) -> Path:
        """The published warehouse: a link to the newest release."""
        return self.warehouse / "jixiao.duckdb"

    @property
    def staged(self) -> Path:
        return self.warehouse / "staged"

    @property
    def releases(self) -> Path:
        return self.warehouse / "releases"

    @property
    def building(self) -> Path:
        return self.warehouse / "building"

    @property
    def ledger(self) -> Path:
        """What was seen under raw, and what became of it."""
        return self.warehouse / "ledger.json"

    @property
    def published(self) -> Path:
        """What the published release was built from (``build.json`` beside its database)."""
        return self.warehouse / "published.json"

    @property
    def unpacked(self) -> Path:
        """Members of archives, by the archive's key, from when it is opened until they are read."""
        return self.warehouse / "unpacked"

    @property
    def working(self) -> Path:
        """A folder per report that is being read, for whatever its reader puts down."""
        return self.warehouse / "working"

    @property
    def lock(self) -> Path:
        return self.warehouse / ".lock"


def settings(
    raw: Path | str = "raw",
    warehouse: Path | str = "warehouse",
    workers: int | None = None,
    corrections: Path | str | None = None,
    fresh: bool = False,
    matches: Path | str | None = None,
) -> Settings:
    """Settings with absolute paths; workers default to the machine's cores, at most 8 (JIXIAO_WORKERS). Raises BadSetting."""
    limits.check()
    default = min(8, os.cpu_count() or 1)
    return Settings(
        Path(raw).resolve(),
        Path(warehouse).resolve(),
        workers or limits.whole_number("JIXIAO_WORKERS", default),
        Path(corrections).resolve() if corrections else None,
        limits.whole_number("JIXIAO_KEEP_RELEASES", 3),
        fresh,
        matches=Path(matches).resolve() if matches else None,
    )


# Nothing the program uses reports home. Set before any of the libraries is imported.
QUIET_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "ANONYMIZED_TELEMETRY": "false",
}


def be_quiet() -> None:
    """Switches usage statistics of every library off, unless the user set the variable."""
    for name, value in QUIET_ENVIRONMENT.items():
        os.environ.setdefault(name, value)
