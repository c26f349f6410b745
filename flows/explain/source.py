"""The published file itself, proved by its sha256, and what stands around a place: lines of a text file, paragraphs or rows of a Word file."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from pebble import ProcessExpired

from flows.collect.files import files_below, unshown
from flows.collect.landing import file_key
from flows.document import Document, Paragraph, Place, Table
from flows.query import records
from flows.readers import Unreadable
from flows.readers import read as read_file
from flows.readers.text import lines_of


class NoSource(Exception):
    """The file that the report was read from is not there as it was; one line."""


_FOLDERS: list[TemporaryDirectory[str]] = []  # each is removed when the program ends
_AROUND = 3
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file, or a paragraph or a table's row of a Word file, counted from 1. ``is_place``: the fact stands here; ``is_read``: a number of the fact's does."""

    number: int
    text: str
    is_place: bool
    is_read: bool


def recorded_paths(connection: duckdb.DuckDBPyConnection, report_key: str) -> list[str]:
    """Where below the raw folder the report was seen, paths where it still was in the last run first."""
    sql = "select path from ops.report_files where report_key = ? order by case when outcome = 'gone' then 1 else 0 end, path"
    return [row["path"] for row in records(connection, sql, [report_key])]


def raw_file(connection: duckdb.DuckDBPyConnection, raw: Path, report_key: str) -> Path:
    """The file below ``raw`` whose content is the report's: where it was seen, else wherever it was moved to.

    What lies in an archive is unpacked for as long as the program runs. Raises NoSource where no file there has this content.
    """
    paths = recorded_paths(connection, report_key)
    changed = None
    for path in paths:
        file = raw.joinpath(*(unshown(part) for part in path.split("/")))
        if _is_file(file):
            if file_key(file) == report_key:
                return file
            changed = changed or file
    sizes = {row["size_bytes"] for row in records(connection, "select size_bytes from ops.report_files where report_key = ?", [report_key])}
    for moved in files_below(raw) if raw.is_dir() else ():
        if moved.refusal is None and moved.size in sizes and file_key(moved.path) == report_key:
            return moved.path
    for path in paths:
        if member := _member(connection, raw, path, report_key):
            return member
    if changed:
        raise NoSource(f"原始文件 {changed} 已经改变（sha256 与读取时不同）；请放回原来的文件，或运行 jixiao run 读取新的内容")
    raise NoSource(f"在 {raw} 下找不到原始文件 {paths[0] if paths else report_key}（可能已移走或删除）；用 --raw 指定报告文件夹")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # an archive's member may have a name that no file system takes
        return False


def _member(connection: duckdb.DuckDBPyConnection, raw: Path, path: str, report_key: str) -> Path | None:
    """The report as a member of the archive that holds ``path``, None where it lies in none."""
    sql = """
        select report_key from ops.report_files
        where format = 'zip' and outcome in ('archive', 'gone') and starts_with(?, path || '/')
        order by length(path), case when outcome = 'gone' then 1 else 0 end
        limit 1
    """
    for archive in records(connection, sql, [path]):
        return _unpacked(raw_file(connection, raw, archive["report_key"])).get(report_key)
    return None


@cache
def _unpacked(archive: Path) -> dict[str, Path]:
    """The members of an archive by their sha256, unpacked until the program ends. Raises NoSource."""
    from flows.reading import unpack_apart

    _FOLDERS.append(TemporaryDirectory(prefix="jixiao-"))
    folder = Path(_FOLDERS[-1].name)
    try:
        contents = unpack_apart(archive, "", folder)
    except Unreadable as error:
        raise NoSource(f"压缩包 {archive} 打不开：{error.reason}") from error
    except (TimeoutError, ProcessExpired) as error:
        raise NoSource(f"压缩包 {archive} 打不开：解开时超过限额或出错") from error
    return {member.key: folder / member.file for member in contents.members if member.file}


def lines_around(path: Path, place: int, read: Iterable[int] = ()) -> list[Line]:
    """The line ``place`` of a text file (from 1), the lines ``read`` and a few lines around, in order; at most 60, the place's first.

    Raises Unreadable.
    """
    lines = lines_of(path)
    marked = set(read)
    near = [number + step for number in [place, *sorted(marked)] for step in (0, *range(-_AROUND, 0), *range(1, _AROUND + 1))]
    shown = sorted(list(dict.fromkeys(number for number in near if 1 <= number <= len(lines)))[:_MOST_LINES])
    return [Line(number, lines[number - 1], number == place, number in marked) for number in shown]


def pieces_around(path: Path, place: Place, read: Iterable[Place] = ()) -> list[Line]:
    """Of a Word file or web page: the rows of the table in which ``place`` stands, else the paragraphs, around it and around the places ``read`` in
    the same table or in the text; at most 60. Raises Unreadable.
    """
    document = read_file(path)
    if place.table is not None and place.row is not None:
        pieces = _rows_of(document, place.table)
        here, marked = place.row, {other.row for other in read if other.table == place.table}
    else:
        pieces = _in_order(document)
        here, marked = place.line or 1, {other.line for other in read if other.table is None}
    order = {number: at for at, (number, _) in enumerate(pieces)}
    wanted = [order[number] for number in [here, *sorted(number for number in marked if number is not None)] if number in order]
    near = [at + step for at in wanted for step in (0, *range(-_AROUND, 0), *range(1, _AROUND + 1))]
    shown = sorted(list(dict.fromkeys(at for at in near if 0 <= at < len(pieces)))[:_MOST_LINES])
    return [Line(number, text, number == here, number in marked) for number, text in (pieces[at] for at in shown)]


def _rows_of(document: Document, table_no: int) -> list[tuple[int, str]]:
    return [
        (number, " | ".join(cell.text for cell in row if not cell.covered))
        for table in document.tables()
        if table.place.table == table_no
        for number, row in enumerate(table.rows, start=1)
    ]


def _in_order(document: Document) -> list[tuple[int, str]]:
    """Paragraphs and tables as they are counted. What is hidden bears the number of the paragraph that hides it, and is left out."""
    pieces = []
    for block in document.blocks:
        if isinstance(block, Table):
            pieces.append((block.place.line or 0, f"〔第{block.place.table}个表格〕"))
        elif isinstance(block, Paragraph) and block.kind != "markup" and block.place.table is None:
            pieces.append((block.place.line or 0, block.text))
    return pieces
