"""The published file itself, proved by its sha256, and the lines of a text file around a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.collect.landing import file_key
from flows.document import Place, Table
from flows.query import records
from flows.readers import format_of, read
from flows.readers.text import lines_of


class NoSource(Exception):
    """The file that the report was read from is not there as it was; one line."""


_AROUND = 3
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file, counted from 1. ``is_place``: the fact stands here; ``is_read``: a number of the fact's does."""

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

    Raises NoSource where no file there has this content.
    """
    paths = recorded_paths(connection, report_key)
    changed = None
    for path in paths:
        if (raw / path).is_file():
            if file_key(raw / path) == report_key:
                return raw / path
            changed = changed or raw / path
    sizes = {row["size_bytes"] for row in records(connection, "select size_bytes from ops.report_files where report_key = ?", [report_key])}
    for moved in sorted(raw.rglob("*")) if raw.is_dir() else ():
        if moved.is_file() and moved.stat().st_size in sizes and file_key(moved) == report_key:
            return moved
    if changed:
        raise NoSource(f"原始文件 {changed} 已经改变（sha256 与读取时不同）；请放回原来的文件，或运行 jixiao run 读取新的内容")
    raise NoSource(f"在 {raw} 下找不到原始文件 {paths[0] if paths else report_key}（可能已移走或删除）；用 --raw 指定报告文件夹")


def lines_around(path: Path, place: int, read: Iterable[int] = ()) -> list[Line]:
    """The line ``place`` of a text file, or the line or table of a web page (from 1), the lines ``read`` and a few lines around, in order; at most 60, the place's first.

    Raises Unreadable.
    """
    lines = _blocks_as_lines(path) if format_of(path) == "html" else lines_of(path)
    marked = set(read)
    near = [number + step for number in [place, *sorted(marked)] for step in (0, *range(-_AROUND, 0), *range(1, _AROUND + 1))]
    shown = sorted(list(dict.fromkeys(number for number in near if 1 <= number <= len(lines)))[:_MOST_LINES])
    return [Line(number, lines[number - 1], number == place, number in marked) for number in shown]


def _blocks_as_lines(path: Path) -> list[str]:
    """A web page's lines and tables by their numbers; a table as its rows."""
    lines: dict[int, str] = {}
    for block in read(path).blocks:
        if block.place.line is None:
            continue
        if isinstance(block, Table):
            rows = (" | ".join(cell.text for cell in row if not cell.covered) for row in block.rows)
            text = f"［表{block.place.table}］" + " ‖ ".join(rows)
        else:
            text = block.text
        before = lines.get(block.place.line)
        lines[block.place.line] = f"{before} | {text}" if before else text
    return [lines.get(number, "") for number in range(1, max(lines, default=0) + 1)]


def row_of(path: Path, place: Place) -> str | None:
    """The row of a web page's table in which a place stands, cell by cell; None elsewhere. Raises Unreadable."""
    if place.table is None or place.row is None or format_of(path) != "html":
        return None
    table = next((block for block in read(path).tables() if block.place.table == place.table), None)
    if table is None or place.row > len(table.rows):
        return None
    return " | ".join(cell.text for cell in table.rows[place.row - 1])
