"""An export from start to end: written beside the folder that was asked for, and put in its place only when all of it is there."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from flows.export import fiscal
from flows.export.flat import write_csv, write_parquet
from flows.export.published import Wanted, check, count, opened
from flows.export.workbook import Progress, write_workbook

FORMATS = ("parquet", "csv", "xlsx", "fiscal-data-package")
WORKBOOK = "jixiao.xlsx"


class NotEmpty(Exception):
    """The folder holds something already, or is a file."""


def export(database: Path, form: str, asked: Sequence[Wanted], folder: Path, force: bool, progress: Progress) -> tuple[list[Path], int]:
    """Writes ``asked`` in format ``form`` into ``folder``; the files written, and how many texts were cut (xlsx).

    With ``force`` a folder that holds something keeps it, but for files of the same names. Raises NotEmpty, NotInRelease; then, and when
    anything fails on the way, the folder is as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise NotEmpty(f"{folder} 是文件，不是文件夹")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise NotEmpty(f"{folder} 不是空文件夹；换一个，或用 --force 替换其中同名的文件")
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}.{os.getpid()}.part"
    temporary = folder.parent / f".{folder.name}.{os.getpid()}.tmp"
    try:
        beside.mkdir()
        cut = _write(database, form, asked, beside, temporary, progress)
        return _put(beside, folder), cut
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(temporary, ignore_errors=True)


def _write(database: Path, form: str, asked: Sequence[Wanted], folder: Path, temporary: Path, progress: Progress) -> int:
    with opened(database, temporary) as connection:
        if form == "fiscal-data-package":
            check(connection, fiscal.needed())
            parts = fiscal.resources()
            for done, resource in enumerate(parts, start=1):
                fiscal.write_resource(connection, resource, folder)
                progress(resource.name, done, len(parts))
            fiscal.write_descriptor(connection, folder)
            return 0
        check(connection, asked)
        if form == "xlsx":
            return write_workbook(connection, asked, folder / WORKBOOK, temporary, progress)
        several = len({one.schema for one in asked}) > 1
        for one in asked:
            below = folder / one.schema if several else folder
            below.mkdir(exist_ok=True)
            total = count(connection, one)
            progress(one.name, 0, total)
            write = write_parquet if form == "parquet" else write_csv
            write(connection, one, below / f"{one.name}.{form}")
            progress(one.name, total, total)
        return 0


def _put(beside: Path, folder: Path) -> list[Path]:
    """Moves what was written into its place: the whole folder in one step where there is nothing yet, else file by file."""
    written = sorted(path.relative_to(beside) for path in beside.rglob("*") if path.is_file())
    if not folder.exists():
        beside.rename(folder)
    else:
        for path in sorted(written, key=lambda path: path.name == "datapackage.json"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (beside / path).replace(folder / path)
    return [folder / path for path in written]
