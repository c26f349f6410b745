"""Digits that an xls workbook displays, counted over the records of its stream (BIFF8), without the library that the reader uses.

What it proves: that the reader lost or doubled no cell, string, comment, text box or header, and took every cell's own number format.
What it does not: how a number looks under its format; numbers are put through the same renderer, which stands on its own tests.
"""

import struct
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

from xlrd.compdoc import CompDoc

from flows.readers.number_format import built_in, display, display_text
from flows.readers.sheet_furniture import printed_parts
from flows.values.text import digits_of

_BOF, _EOF, _CONTINUE, _SHEET, _HEADER, _FOOTER = 0x0809, 0x000A, 0x003C, 0x0085, 0x0014, 0x0015
_SST, _STYLE, _FORMAT, _CALENDAR, _TEXT_BOX = 0x00FC, 0x00E0, 0x041E, 0x0022, 0x01B6
_SHARED, _LABEL, _RICH, _NUMBER, _SHORT, _SHORTS = 0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD
_FORMULA, _RESULT, _TRUTH = 0x0006, 0x0207, 0x0205
_DIVISION = 7  # the one error whose name prints a digit: #DIV/0!
_OF_THE_PROGRAM = {14, 22, *range(27, 37), *range(50, 59)}
_WORKSHEET = 0


def digits_in_xls(path: Path) -> int:
    """Digits of all cells as displayed (hidden ones too), sheet names, headers, comments and text boxes.

    Raises KeyError for a workbook older than Excel 97, whose records differ.
    """
    stream = CompDoc(path.read_bytes(), logfile=StringIO()).get_named_stream("Workbook")
    if not stream:
        raise KeyError("Workbook")
    return _Count(stream).total


class _Count:
    def __init__(self, stream: bytes) -> None:
        self.total = 0
        self._strings: list[str] = []
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._from_1904 = False
        self._pending = 0  # style of a formula whose text follows
        self._furniture: set[str] = set()
        for kind, parts in _records(stream):
            self._take(kind, parts[0], parts)

    def _take(self, kind: int, body: bytes, parts: list[bytes]) -> None:
        if kind == _BOF:
            self._furniture = set()
        elif kind == _SHEET and body[5] == _WORKSHEET:
            self.total += digits_of(_Text([body[6:]]).short_string())
        elif kind == _SST:
            text = _Text(parts)
            _, count = struct.unpack("<II", text.take(8))
            self._strings = [text.string() for _ in range(count)]
        elif kind == _FORMAT:
            self._formats[struct.unpack_from("<H", body)[0]] = _Text([body[2:]]).string()
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _CALENDAR:
            self._from_1904 = body[:1] == b"\x01"
        elif kind in (_HEADER, _FOOTER) and len(body) > 3:
            for part in set(printed_parts(_Text([body]).string())) - self._furniture:
                self._furniture.add(part)
                self.total += digits_of(part)
        elif kind == _TEXT_BOX:
            self.total += digits_of(_Text([b"", *parts[1:]]).chars(struct.unpack_from("<H", body, 10)[0])) if len(parts) > 1 else 0
        else:
            self._take_cell(kind, body, parts)

    def _take_cell(self, kind: int, body: bytes, parts: list[bytes]) -> None:
        if kind == _SHARED:
            _, _, style, index = struct.unpack_from("<HHHI", body)
            self._add_text(self._strings[index], style)
        elif kind in (_LABEL, _RICH):
            self._add_text(_Text([body[6:], *parts[1:]]).string(), struct.unpack_from("<H", body, 4)[0])
        elif kind == _NUMBER:
            _, _, style, value = struct.unpack_from("<HHHd", body)
            self._add_number(value, style)
        elif kind == _SHORT:
            _, _, style, packed = struct.unpack_from("<HHHI", body)
            self._add_number(_unpacked(packed), style)
        elif kind == _SHORTS:
            for style, packed in struct.iter_unpack("<HI", body[4:-2]):
                self._add_number(_unpacked(packed), style)
        elif kind == _FORMULA:
            self._pending = struct.unpack_from("<H", body, 4)[0]
            if body[12:14] != b"\xff\xff":
                self._add_number(struct.unpack_from("<d", body, 6)[0], self._pending)
            elif body[6] == 2:
                self.total += body[8] == _DIVISION
        elif kind == _RESULT:
            self._add_text(_Text(parts).string(), self._pending)
        elif kind == _TRUTH:
            self.total += body[7] == 1 and body[6] == _DIVISION

    def _code(self, style: int) -> str:
        number = self._styles[style] if style < len(self._styles) else 0
        own = None if number in _OF_THE_PROGRAM else self._formats.get(number)
        return built_in(number) if own is None else own

    def _add_text(self, text: str, style: int) -> None:
        self.total += digits_of(display_text(text, self._code(style)))

    def _add_number(self, value: float, style: int) -> None:
        self.total += digits_of(display(Decimal(repr(value)), self._code(style), self._from_1904))


def _records(stream: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Every record with those that go on with it; charts inside sheets, and macro sheets, left out."""
    at = depth = 0
    found: tuple[int, list[bytes]] | None = None
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _CONTINUE and found:
            found[1].append(body)
            continue
        if found:
            yield found
            found = None
        depth += kind == _BOF
        if depth == 1:
            found = (kind, [body])
        depth -= kind == _EOF
        if kind == _EOF and depth == 0:
            # padding between the parts of the stream is no record
            following = stream.find(struct.pack("<H", _BOF), at)
            if following < 0:
                break
            at = following
    if found:
        yield found


def _unpacked(packed: int) -> float:
    """A number stored in 30 bits."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))[0]
    return value / 100 if packed & 1 else value


class _Text:
    """Strings over the parts of a record; where characters go on in the next part, it says anew how wide they are."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    def _left(self) -> int:
        return len(self._parts[self._part]) - self._at

    def take(self, count: int) -> bytes:
        out = b""
        while len(out) < count and self._part < len(self._parts):
            piece = self._parts[self._part][self._at : self._at + count - len(out)]
            out, self._at = out + piece, self._at + len(piece)
            if not self._left() and len(out) < count:
                self._part, self._at = self._part + 1, 0
        return out

    def string(self) -> str:
        length, flags = struct.unpack("<HB", self.take(3))
        return self._rest(length, flags)

    def short_string(self) -> str:
        length, flags = struct.unpack("<BB", self.take(2))
        return self._rest(length, flags)

    def _rest(self, length: int, flags: int) -> str:
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        text = self.chars(length, flags & 1)
        self.take(4 * runs + extra)
        return text

    def chars(self, length: int, is_wide: int = 0) -> str:
        out = ""
        while len(out) < length and self._part < len(self._parts):
            if not self._left():
                self._part, self._at = self._part + 1, 1
                if self._part < len(self._parts) and self._parts[self._part]:
                    is_wide = self._parts[self._part][0] & 1
                continue
            width = 2 if is_wide else 1
            piece = self.take(min((length - len(out)) * width, self._left()))
            out += piece.decode("utf-16-le", "replace") if is_wide else piece.decode("latin-1")
        return out
