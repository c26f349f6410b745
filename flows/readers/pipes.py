"""Pipe tables and the other marks of Markdown: runs of lines with bars → rows of cells; marks off the text.

What the format cannot say is a merged cell: converters write its text in the first place or in each of its places. The first is read as
any ragged row is; repeated text is folded where only a merged cell explains it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.values.numbers import parse_number
from flows.values.text import clean, is_blank, join_lines, squash

_BAR = re.compile(r"(?<!\\)\|")
_DASHES = r"\s*(?::?-{2,}:?|:-:?|-:)\s*"  # :-: centres a column; one dash alone is a cell without a value
_SEPARATOR = re.compile(rf"\s*\|?{_DASHES}(?:\|{_DASHES})*\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(nbsp|emsp|ensp|amp|lt|gt|quot);")
_ENTITIES = {"nbsp": "\xa0", "emsp": "\u2003", "ensp": "\u2002", "amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_STANDING = 4  # lines of one cell each make a table that was written cell by cell
_WIDEST = 12
_LABEL = 16
_CODES = re.compile("编码|代码|科目")  # under such a header 01 beside 01 are two parts of a code
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<address>[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=[^\s\d])|^\s{0,3}>\s?")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


@dataclass(slots=True)
class PipeCell:
    """A cell as written: the line it stands on, its text with line breaks; ``folded``: it only repeats a merged cell's text."""

    line: int
    raw: str
    folded: bool = False

    @property
    def text(self) -> str:
        return join_lines(self.raw.split("\n"))


PipeRow = list[PipeCell]


def runs(lines: Sequence[str]) -> Iterator[tuple[int, int, list[PipeRow]]]:
    """The pipe tables among the lines: first line and line after (from 0), and the rows."""
    start = 0
    while start < len(lines):
        if not _BAR.search(lines[start]):
            start += 1
            continue
        end = start
        while end < len(lines) and _BAR.search(lines[end]):
            end += 1
        rows = _rows(lines, start, end)
        if rows:
            yield start, end, rows
        start = end


def _rows(lines: Sequence[str], start: int, end: int) -> list[PipeRow]:
    separators = [number for number in range(start, end) if _SEPARATOR.fullmatch(lines[number])]
    rows = [[PipeCell(number + 1, raw) for raw in _cells(lines[number])] for number in range(start, end) if number not in separators]
    standing = _standing(rows) if not separators else []
    if standing:
        return standing
    filled = [sum(1 for cell in row if cell.raw) for row in rows]
    if not any(filled) or not (separators or (len(rows) >= 2 and 2 * sum(count >= 2 for count in filled) >= len(rows))):
        return []
    if separators:
        _fold(rows)
    return rows


def _cells(line: str) -> list[str]:
    bare = line.replace("\ufeff", "").strip()
    pieces = _BAR.split(bare)
    if bare.startswith("|"):
        pieces = pieces[1:]
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces = pieces[:-1]
    return [_plain(_BREAK.sub("\n", piece)).strip(" \t\u3000") for piece in pieces]


def _plain(text: str) -> str:
    text = _ENTITY.sub(lambda match: _ENTITIES[match.group(1)], _STRONG.sub(r"\2", text))
    return _ESCAPED.sub(r"\1", text)


def _standing(rows: list[PipeRow]) -> list[PipeRow]:
    """A table written one cell a line, put together again: where one width alone gives a header, a column of names and columns of values."""
    if len(rows) < _STANDING or any(len(row) != 1 for row in rows):
        return []
    cells = [row[0] for row in rows]
    fits = [width for width in range(2, _WIDEST + 1) if len(cells) % width == 0 and len(cells) > width and _fits(cells, width)]
    return [cells[at : at + fits[0]] for at in range(0, len(cells), fits[0])] if len(fits) == 1 else []


def _fits(cells: Sequence[PipeCell], width: int) -> bool:
    header, body = cells[:width], cells[width:]
    names, values = body[::width], [cell for number, cell in enumerate(body) if number % width]
    return (
        not any(_is_value(cell.raw) or not cell.raw for cell in header)
        and not any(_is_value(cell.raw) for cell in names)
        and all(_is_value(cell.raw) for cell in values)
    )


def _is_value(text: str) -> bool:
    return is_blank(text) or squash(text) == "无" or parse_number(squash(text).rstrip("%")) is not None


_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")  # 预算执行情况（10分） is a label


def _fold(rows: list[PipeRow]) -> None:
    """Marks the places that only repeat a merged cell's text.

    Sideways: the same words, or under one header the same figure, in neighbouring columns that no header above tells apart, in three or
    more of them, or from the first column on. Downwards: the same words under each other, with all to their left the same too.
    """
    if len({len(row) for row in rows}) != 1 or not any(_is_run(row, at) for row in rows for at in range(1, len(row))):
        return
    header: PipeRow = []
    above: PipeRow | None = None
    for row in rows:
        at = 0
        while at < len(row):
            end = at + 1
            while end < len(row) and row[end].raw and row[end].raw == row[at].raw:
                end += 1
            apart = bool(header) and len({header[i].raw for i in range(at, end)}) > 1
            words = _CHINESE.search(row[at].raw) is not None
            under_one = bool(header) and not apart and header[at].raw != "" and len(header[at].raw) <= _LABEL
            under_one = under_one and not _CODES.search(header[at].raw)
            if end - at > 1 and ((words and (not apart or end - at > 2 or at == 0)) or (not words and under_one)):
                for cell in row[at + 1 : end]:
                    cell.folded = True
            at = end
        if above is not None and [cell.raw for cell in row] != [cell.raw for cell in above]:
            for cell, other in zip(row, above, strict=True):
                if cell.raw != other.raw:
                    break
                cell.folded = cell.folded or _CHINESE.search(cell.raw) is not None
        texts = [cell.raw for cell in row if cell.raw]
        # Below its header a row of words repeats what stands above it; a header repeats nothing beside its block's name.
        is_new = above is None or not any(cell.raw and cell.raw == other.raw for cell, other in zip(row[1:], above[1:], strict=True))
        if (
            is_new
            and len(set(texts)) >= 3
            and all(len(text) <= _LABEL and not re.search(r"\d", _IN_BRACKETS.sub("", text)) for text in texts)
        ):
            header = row
        above = row


def _is_run(row: PipeRow, at: int) -> bool:
    return row[at].raw == row[at - 1].raw and _CHINESE.search(row[at].raw) is not None


def is_markdown(lines: Sequence[str]) -> bool:
    """Do the lines carry Markdown's marks? A bar or a star alone is none."""
    return any(_SEPARATOR.fullmatch(line) and "|" in line for line in lines) or sum(bool(_HEADING.match(line)) for line in lines) >= 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its marks; ``addresses`` of its links stay beside it; ``files``: name and address of links and pictures."""

    text: str
    addresses: str
    files: tuple[tuple[str, str], ...]


def without_marks(line: str) -> Marked:
    """A line of Markdown as it is printed: heading, list, quote and emphasis marks off, links as their texts."""
    if _RULE.match(line):
        return Marked("", "", ())
    heading = _HEADING.match(line)
    text = heading["text"] if heading else _BULLET.sub("", line)
    found = list(_LINK.finditer(text))
    text = _plain(_LINK.sub(lambda match: match["text"], text))
    return Marked(clean(text), " ".join(link["address"] for link in found), tuple((link["text"], link["address"]) for link in found))
