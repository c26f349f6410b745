"""The raw folder against the ledger: which files there are, and which of them are new, changed or gone.

The ledger (``<warehouse>/ledger.json``) remembers every file ever seen, by path and content. A file whose size and time of change are as
before is not hashed again. The members of an archive are files of their own, below its path.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.collect.archives import Contents
from flows.collect.files import Found, files_below, open_regular
from flows.corrections.file import Corrections
from flows.settings import Settings

_CHUNK = 1 << 20


class NoRawFolder(Exception):
    """The raw folder does not exist."""


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file by path below raw and content. ``present`` is False once it has vanished or changed. Times are ISO, UTC.

    ``report_key`` is the sha256 of its bytes; of what has none or cannot be read (``refusal`` says why), of its place.
    ``members``: how many files an archive holds, None of any other file, and of an archive that is set aside.
    """

    path: str
    report_key: str
    size_bytes: int
    modified_ns: int
    first_seen_at: str
    last_seen_at: str
    present: bool = True
    members: int | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of a report are to be read from, and the file's name. ``refusal``: why there is nothing to read, and ``limit``: the
    limit that it is over, if it is."""

    path: Path
    name: str
    refusal: str | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. ``files`` are present; ``to_read`` maps report key → where to read the report (again).

    Members of archives that are still to be opened are not known yet. ``corrections``: every line of the file of corrections, with the
    report it is about; ``matches_version``: of what people said about names.
    """

    files: tuple[SeenFile, ...]
    history: tuple[SeenFile, ...]
    to_read: dict[str, Source]
    gone: tuple[SeenFile, ...]
    now: str
    corrections: Corrections = field(default_factory=Corrections)
    matches_version: str = ""

    @property
    def reports(self) -> tuple[SeenFile, ...]:
        """The files but archives, of which only the members are reports."""
        return tuple(file for file in self.files if file.members is None)

    @property
    def report_keys(self) -> tuple[str, ...]:
        return tuple(sorted({file.report_key for file in self.reports}))

    @property
    def archive_keys(self) -> tuple[str, ...]:
        return tuple(sorted({file.report_key for file in self.files if file.members is not None}))


def file_key(path: Path) -> str:
    """sha256 of a file's bytes: the report's key. Raises OSError, also for what is no regular file."""
    digest = hashlib.sha256()
    with os.fdopen(open_regular(path), "rb") as stream:
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


@dataclass(frozen=True, slots=True)
class Staged:
    """What is staged, as the job knows it: ``holds(report_key, refusal)`` whether it is to be left as it is, ``contents(key)`` of an archive,
    ``member(archive key, file name)`` the path of an unpacked member."""

    holds: Callable[[str, str | None], bool]
    contents: Callable[[str], Contents | None]
    member: Callable[[str, str], Path]


def make_plan(settings: Settings, staged: Staged, looked: Iterable[SeenFile] = ()) -> Plan:
    """Compares raw with the ledger. ``looked``: what an earlier look of the same run found, not to be hashed again.

    Raises NoRawFolder where ``settings.raw`` is no folder.
    """
    if not settings.raw.is_dir():
        raise NoRawFolder(str(settings.raw))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    look = _Look(settings, staged, now, looked)
    for found in files_below(settings.raw):
        look.add(found)
    return look.plan()


class _Look:
    """A look at raw: every file found is added, archives with what is known to be in them."""

    def __init__(self, settings: Settings, staged: Staged, now: str, looked: Iterable[SeenFile]) -> None:
        ledger = load_ledger(settings.ledger)
        self.settings = settings
        self.staged = staged
        self.now = now
        self.present = {file.path: file for file in ledger if file.present}
        self.history = [file for file in ledger if not file.present]
        self.replaced: list[SeenFile] = []
        self.hashed = {file.path: file for file in (*self.present.values(), *looked) if file.refusal is None}
        self.files: list[SeenFile] = []
        self.to_read: dict[str, Source] = {}
        self.inside: list[tuple[Found, str, Contents]] = []

    def add(self, found: Found) -> None:
        if found.refusal is None:
            try:
                key = self._key(found)
            except FileNotFoundError:
                return
            except OSError as error:
                words = "没有读取权限" if isinstance(error, PermissionError) else error.strerror or str(error)
                found = replace(found, refusal=f"文件打不开（{words}）")
        if found.refusal is not None:
            key = hashlib.sha256(f"\0{found.name}\0{found.size}\0{found.modified_ns}".encode()).hexdigest()
        contents = self.staged.contents(key)
        is_archive = contents is not None and contents.refusal is None
        self._see(found.name, key, found.size, found.modified_ns, len(contents.members) if contents and is_archive else None, found.refusal)
        if not self.staged.holds(key, found.refusal):
            self.to_read.setdefault(key, Source(found.path, Path(found.name).name, found.refusal, found.limit))
        elif contents is not None:
            self.inside.append((found, key, contents))

    def _key(self, found: Found) -> str:
        known = self.hashed.get(found.name)
        if known and (known.size_bytes, known.modified_ns) == (found.size, found.modified_ns):
            return known.report_key
        return file_key(found.path)

    def _see(self, name: str, key: str, size: int, modified_ns: int, members: int | None, refusal: str | None) -> None:
        known = self.present.pop(name, None)
        first, last = self.now, self.now
        if known and known.report_key == key:
            first = known.first_seen_at
            last = known.last_seen_at if (known.size_bytes, known.modified_ns) == (size, modified_ns) else self.now
        elif known and known.refusal is None:  # what could not be read is the same file, once it can
            self.replaced.append(_vanished(known, self.now))
        self.files.append(SeenFile(name, key, size, modified_ns, first, last, True, members, refusal))

    def _look_inside(self, found: Found, archive_key: str, contents: Contents) -> None:
        for member in contents.members:
            name = f"{found.name}/{member.path}"
            self._see(name, member.key, member.size, found.modified_ns, member.members, member.refusal)
            if member.members is not None or self.staged.holds(member.key, member.refusal) or member.key in self.to_read:
                continue
            file = self.staged.member(archive_key, member.file) if member.file else found.path
            if member.refusal is None and not file.is_file():  # it was unpacked once and is to be read again
                self.to_read[archive_key] = Source(found.path, Path(found.name).name)
                continue
            self.to_read[member.key] = Source(file, Path(name).name, member.refusal, member.limit)

    def plan(self) -> Plan:
        for archive in self.inside:
            self._look_inside(*archive)
        gone = tuple(_vanished(file, self.now) for file in self.present.values())
        replaced = tuple(self.replaced)
        files = tuple(sorted(self.files, key=lambda file: (file.path, file.report_key)))
        return Plan(files, (*self.history, *replaced, *gone), self.to_read, gone + replaced, self.now)


def _vanished(file: SeenFile, now: str) -> SeenFile:
    return replace(file, last_seen_at=now, present=False)
