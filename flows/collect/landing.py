"""The raw folder against the ledger: which files there are, and which of them are new, changed or gone.

The ledger (``<warehouse>/ledger.json``) remembers every file ever seen, by path and content. A file whose size and time of change are as
before is not hashed again.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.corrections.file import Corrections
from flows.settings import Settings

_CHUNK = 1 << 20


class NoRawFolder(Exception):
    """The raw folder does not exist."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file by path below raw and content. ``present`` is False once it has vanished or changed. Times are ISO, UTC."""

    path: str
    report_key: str
    size_bytes: int
    modified_ns: int
    first_seen_at: str
    last_seen_at: str
    present: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. ``files`` are present; ``to_read`` maps report key → path of reports to read (again).

    ``corrections``: every line of the file of corrections, with the report it is about.
    """

    files: tuple[SeenFile, ...]
    history: tuple[SeenFile, ...]
    to_read: dict[str, Path]
    gone: tuple[SeenFile, ...]
    now: str
    corrections: Corrections = field(default_factory=Corrections)

    @property
    def report_keys(self) -> tuple[str, ...]:
        return tuple(sorted({file.report_key for file in self.files}))


def file_key(path: Path) -> str:
    """sha256 of a file's bytes: the report's key."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def load_ledger(path: Path) -> list[SeenFile]:
    """Every file ever seen; empty where there is no ledger yet."""
    if not path.is_file():
        return []
    return [SeenFile(**entry) for entry in json.loads(path.read_text(encoding="utf8"))["files"]]


def save_ledger(path: Path, files: tuple[SeenFile, ...]) -> None:
    """Replaces the ledger as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"files": [asdict(file) for file in sorted(files, key=lambda f: (f.path, f.first_seen_at, f.report_key))]}
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf8")
    beside.replace(path)


def _raw_files(raw: Path) -> list[Path]:
    if not raw.is_dir():
        raise NoRawFolder(str(raw))
    return sorted(
        path for path in raw.rglob("*") if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(raw).parts)
    )


def make_plan(settings: Settings, is_staged: Any) -> Plan:
    """Compares raw with the ledger. ``is_staged(report_key)``: has this version of the readers staged the report?

    Raises NoRawFolder where ``settings.raw`` is no folder.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    ledger = load_ledger(settings.ledger)
    present = {file.path: file for file in ledger if file.present}
    files: list[SeenFile] = []
    history: list[SeenFile] = [file for file in ledger if not file.present]
    for path in _raw_files(settings.raw):
        name = path.relative_to(settings.raw).as_posix()
        stat = path.stat()
        known = present.pop(name, None)
        if known and (known.size_bytes, known.modified_ns) == (stat.st_size, stat.st_mtime_ns):
            files.append(known)
            continue
        key = file_key(path)
        if known and known.report_key == key:
            files.append(SeenFile(name, key, stat.st_size, stat.st_mtime_ns, known.first_seen_at, now))
            continue
        if known:
            history.append(_vanished(known, now))
        files.append(SeenFile(name, key, stat.st_size, stat.st_mtime_ns, now, now))
    gone = tuple(_vanished(file, now) for file in present.values())
    to_read: dict[str, Path] = {}
    for file in files:
        if not is_staged(file.report_key):
            to_read.setdefault(file.report_key, settings.raw / file.path)
    replaced = [file for file in history if file.last_seen_at == now and not file.present]
    return Plan(tuple(files), tuple(history) + gone, to_read, gone + tuple(replaced), now)


def _vanished(file: SeenFile, now: str) -> SeenFile:
    return SeenFile(file.path, file.report_key, file.size_bytes, file.modified_ns, file.first_seen_at, now, present=False)
