"""CSV files that people write for a run: corrections of facts, decisions about names. A line each; the header names the columns.

What cannot be read as a whole raises, so that no run takes back in silence all that people said; what is wrong with a single line is told by
those who know what it means.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unusable(Exception):
    """The file cannot be read: not there, not UTF-8, without its header, a quotation mark left open. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``called``: what people call such a file; ``option``: the one that names it; ``usual``: where it stands if none is named."""

    called: str
    option: str
    usual: Path
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a file: its number, the cells by column as they stand (empty where the line is too short), and how many it has."""

    line: int
    cells: dict[str, str]
    count: int


def read_lines(kind: Kind, path: Path | None) -> Iterator[Said]:
    """The lines of the file at ``path``, without empty ones; None: of the usual one, where there is one. Raises Unusable."""
    if path is None:
        if not kind.usual.exists():
            return
        path = kind.usual
    if not path.is_file():
        raise Unusable(f"找不到{kind.called} {path}；用 {kind.option} 指定已有的文件，或先建立它")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{kind.called} {path} 不是 UTF-8；请另存为“CSV UTF-8”") from None
    yield from _lines(kind, path, text)


def _lines(kind: Kind, path: Path, text: str) -> Iterator[Said]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                said = dict(zip(header, cells, strict=False))
                yield Said(line, {name: said.get(name, "") for name in kind.header}, len(cells))
                continue
            header = [cell.strip() for cell in cells]
            if sorted(header) != sorted(kind.header):
                raise Unusable(f"{kind.called} {path} 第 {line} 行应是表头 {','.join(kind.header)}")
    except csv.Error:
        raise Unusable(f"{kind.called} {path} 从第 {last + 1} 行起引号不成对；内容里的引号要写两遍") from None


def as_day(text: str) -> date | None:
    """2024-03-01 as a date; None where it is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
