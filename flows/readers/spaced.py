"""Tables in plain text whose cells are parted by blanks: copied out of a PDF viewer (one blank), or set under one another (many).

Only what can be told is taken: below a header, rows that end in figures. Where an empty cell leaves no trace its row is loose, unless the
cells stand under one another.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flows.values.numbers import parse_number, parse_rate

_TOKEN = re.compile(r"[^ \u3000\u00a0]+")
_SPACED_WORD = re.compile(r"(?<![^ \u3000])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![^ \u3000])")  # 合 计, 项　　目
_SENTENCE = re.compile(r"[。；，,？！?!](?!\d)|[:：]")
_NO_VALUE = frozenset("-—－–/")
_FEWEST_ROWS = 3
_MOST_HEADER_LINES = 4
_LONG = 40  # characters of a cell: more are prose
_WIDE_GAP = 2  # columns of a screen: blanks that set cells under one another
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text, where it begins in its line, and the columns of a screen it covers."""

    text: str
    at: int
    x0: int
    x1: int

    @property
    def is_figure(self) -> bool:
        return parse_number(self.text) is not None or parse_rate(self.text) is not None or set(self.text) <= _NO_VALUE


@dataclass(slots=True)
class SpacedTable:
    """Lines ``start`` to ``end`` of those given: rows of (line, text) cells, and the lines whose cells cannot be told."""

    start: int
    end: int
    rows: list[list[tuple[int, str]]] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


def tokens_of(line: str) -> list[Token]:
    """The cells of a line; a word of two characters set apart (合　计) is one."""
    joined = _SPACED_WORD.sub(lambda match: match[1] + "\u2060" * (len(match[0]) - 2) + match[2], line)
    found, x, last = [], 0, 0
    for match in _TOKEN.finditer(joined):
        x += _columns(line[last : match.start()])
        begin = x
        x += _columns(line[match.start() : match.end()])
        last = match.end()
        found.append(Token(match[0].replace("\u2060", ""), match.start(), begin, x))
    return found


def _columns(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def runs(lines: Sequence[str]) -> Iterator[SpacedTable]:
    """The tables among lines without tabs and bars, from the top."""
    split = [tokens_of(line) if "\t" not in line and "|" not in line else [] for line in lines]
    index = done = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _is_body(split[end]):
            end += 1
        if end - index >= _FEWEST_ROWS:
            start = index
            while start > done and index - start < _MOST_HEADER_LINES and _is_header(split[start - 1]):
                start -= 1
            table = _table(split, start, index, end) if start < index else None
            if table is not None:
                yield table
                done = end
        index = max(end, index + 1)


def _is_body(tokens: Sequence[Token]) -> bool:
    """A name without punctuation, and figures of which one stands last."""
    if len(tokens) < 2 or not tokens[-1].is_figure:
        return False
    names = [token for token in tokens if not token.is_figure]
    return bool(names) and all(len(token.text) <= _LONG and not _SENTENCE.search(token.text.rstrip(":：")) for token in names)


def _is_header(tokens: Sequence[Token]) -> bool:
    """Labels side by side, or the numbers of columns."""
    words = [token for token in tokens if not token.is_figure]
    return len(tokens) >= 2 and bool(words) and all(len(token.text) <= _LONG and not _SENTENCE.search(token.text) for token in words)


def _table(split: Sequence[list[Token]], start: int, body: int, end: int) -> SpacedTable | None:
    width = max(len(split[line]) for line in range(start, end))
    whole = [split[line] for line in range(start, end) if len(split[line]) == width]
    reaches = [(min(tokens[i].x0 for tokens in whole), max(tokens[i].x1 for tokens in whole)) for i in range(width)]
    patterns = Counter(_kinds(split[line]) for line in range(body, end) if len(split[line]) == width)
    pattern = patterns.most_common(1)[0][0] if patterns else ""
    is_aligned = _is_aligned(split[start:end], reaches)
    if not is_aligned and not (pattern and _names_columns([split[line] for line in range(start, body)], width)):
        return None
    table = SpacedTable(start, end)
    for line in range(start, end):
        texts = [token.text for token in split[line]]
        placed: list[str] | None = None
        if is_aligned:
            placed = _under(split[line], reaches)
        elif line < body or _kinds(split[line]) == pattern:
            placed = texts
        elif pattern[0] == "F" and _kinds(split[line]) == pattern[1:]:
            placed = ["", *texts]  # a total has no code
        if placed is None and line < body:
            return None
        if placed is None:
            table.loose.append(line)
        else:
            table.rows.append([(line, text) for text in placed])
    return table


def _kinds(tokens: Sequence[Token]) -> str:
    return "".join("F" if token.is_figure else "N" for token in tokens)


def _is_aligned(lines: Sequence[Sequence[Token]], reaches: Sequence[tuple[int, int]]) -> bool:
    """Do blanks set the cells under one another, so that each column is clear of the next?"""
    gaps = [after.x0 - before.x1 for tokens in lines for before, after in pairwise(tokens)]
    apart = all(before[1] < after[0] for before, after in pairwise(reaches))
    return apart and sum(gap >= _WIDE_GAP for gap in gaps) >= _MOSTLY * len(gaps)


def _names_columns(header: Sequence[Sequence[Token]], width: int) -> bool:
    """Does the header name each column: in one line, in a second that parts one label of the first, or in the same words for each side?"""
    counts = [len(tokens) for tokens in header if "F" not in _kinds(tokens)]
    last = [token.text for token in header[-1]]
    sides = counts[0] if len(counts) == 2 else 0
    if sides > 1 and len(last) == width and width % sides == 0 and last == last[: width // sides] * sides:
        return True  # 收入 | 支出 over 项目 金额 项目 金额
    return counts in ([width], [width, width]) or (len(counts) == 2 and counts[0] - 1 + counts[1] == width)


def _under(tokens: Sequence[Token], reaches: Sequence[tuple[int, int]]) -> list[str] | None:
    """Each text in the one column that it stands under; None where one stands under none, or two under one."""
    placed = [""] * len(reaches)
    for token in tokens:
        over = [i for i, (x0, x1) in enumerate(reaches) if token.x0 < x1 and x0 < token.x1]
        if len(over) != 1 or placed[over[0]]:
            return None
        placed[over[0]] = token.text
    return placed
