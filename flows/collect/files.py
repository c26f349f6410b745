"""What lies under the raw folder: regular files, and what looks like a file and cannot be read, with the reason."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.limits import LIMITS, MB, allowed, megabytes

# Files of the system's own, never reports: hidden ones, Office's locks, folders' looks and thumbnails, what a Mac adds to archives.
_BEGINNINGS = (".", "~$")
_SYSTEM = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"})
# What a terminal, a log or a reader's eye would take for something else: controls, marks that turn the line round, halves of characters.
_UNSHOWABLE = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4}))")
_KINDS = (
    (stat.S_ISFIFO, "命名管道（FIFO）"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备文件"),
    (stat.S_ISBLK, "设备文件"),
)


def is_of_the_system(name: str) -> bool:
    """A file or folder that holds no report by its name: ``.DS_Store``, ``~$锁.docx``, ``__MACOSX``."""
    return name.startswith(_BEGINNINGS) or name.casefold() in _SYSTEM


def shown(name: str) -> str:
    r"""A name as it is written everywhere: what cannot be shown is escaped (``\x0a``, ``\u202e``); different names stay different."""
    return _UNSHOWABLE.sub(lambda found: "\\\\" if found[0] == "\\" else _escape(ord(found[0])), name)


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as Python carries it
        return f"\\u{code:04x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def unshown(name: str) -> str:
    """The name that ``shown`` wrote."""
    return _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else "\\", name)


@dataclass(frozen=True, slots=True)
class Found:
    """Something under raw. ``name``: its path below raw as shown; ``refusal``: why it cannot be read, None of a regular file.

    ``limit``: the limit that it is over, of ``limits.LIMITS``.
    """

    name: str
    path: Path
    size: int = 0
    modified_ns: int = 0
    refusal: str | None = None
    limit: str | None = None


def files_below(raw: Path) -> Iterator[Found]:
    """Everything under the folder that is no folder, in the order of names. Links to files are followed, links to folders are not.

    What vanishes meanwhile is not there.
    """
    yield from sorted(_walk(raw, raw), key=lambda found: found.name)


def _walk(folder: Path, raw: Path) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(_below(folder, raw), folder, refusal=f"文件夹打不开（{_words(error)}）；请检查权限")
        return
    for name in names:
        path = folder / name
        if is_of_the_system(name):
            continue
        try:
            is_folder = stat.S_ISDIR(path.lstat().st_mode)
        except OSError:
            continue
        if is_folder:
            yield from _walk(path, raw)
        elif (found := _look(path, raw)) is not None:
            yield found


def _look(path: Path, raw: Path) -> Found | None:
    name = _below(path, raw)
    try:
        status = path.stat()
    except OSError as error:
        if not path.is_symlink():
            return None if isinstance(error, FileNotFoundError) else Found(name, path, refusal=f"文件打不开（{_words(error)}）")
        return Found(name, path, refusal="符号链接没有指向文件（断开或循环）；请放入文件本身")
    if stat.S_ISDIR(status.st_mode):
        return Found(name, path, refusal="指向文件夹的符号链接，不跟随；请放入文件夹本身")
    if not stat.S_ISREG(status.st_mode):
        kind = next((words for test, words in _KINDS if test(status.st_mode)), "特殊文件")
        return Found(name, path, refusal=f"不是普通文件，而是{kind}，没有内容可读")
    if status.st_size > allowed("file_mb") * MB:
        refusal = LIMITS["file_mb"].reason(megabytes(status.st_size))
        return Found(name, path, status.st_size, status.st_mtime_ns, refusal, "file_mb")
    return Found(name, path, status.st_size, status.st_mtime_ns)


def open_regular(path: Path) -> int:
    """A descriptor of a regular file for reading; what is none (a pipe put in its place) does not block. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"not a regular file: {path}")
    return descriptor


def _below(path: Path, raw: Path) -> str:
    return "/".join(shown(part) for part in path.relative_to(raw).parts)


def _words(error: OSError) -> str:
    return "没有权限" if isinstance(error, PermissionError) else error.strerror or type(error).__name__
