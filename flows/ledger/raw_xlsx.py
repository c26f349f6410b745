"""Digits that an xlsx workbook displays, counted over the XML's characters by patterns alone.

What it proves: that the reader (which parses the parts as trees) lost or doubled no cell, string, comment, text box or header, and took
every cell's own number format. What it does not: how a number looks under its format; numbers are put through the same renderer, which
stands on its own tests. Numbers are read here as plain floats.
"""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path

from flows.readers.number_format import built_in, display, display_text
from flows.readers.sheet_furniture import printed_parts
from flows.values.text import digits_of

_CHUNK = 1 << 22
_CELL = re.compile(r"<(?:\w+:)?c(?=[\s>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_SOUND = re.compile(r"<(?:\w+:)?rPh[\s>].*?</(?:\w+:)?rPh>", re.DOTALL)
_ITEM = re.compile(r"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_FALLBACK = re.compile(r"<(?:\w+:)?Fallback[\s>].*?</(?:\w+:)?Fallback>", re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_FORMATS = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
_FURNITURE = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^>]*)?>([^<]*)<")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TABS = re.compile(r"xl/(?:work|chart|dialog|macro)sheets/[^/]+\.xml", re.IGNORECASE)
_BESIDE = re.compile(r"xl/(?:comments[^/]*|comments/[^/]+|drawings/drawing[^/]*)\.xml", re.IGNORECASE)


def digits_in_xlsx(path: Path) -> int:
    """Digits of all cells as displayed (hidden ones too), sheet names, headers, comments and text boxes."""
    with zipfile.ZipFile(path) as archive:
        names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}

        def part(ending: str) -> str:
            found = next((real for name, real in names.items() if name.lower().endswith(ending)), None)
            return archive.read(found).decode("utf-8-sig") if found else ""

        book = part("xl/workbook.xml")
        strings = [_joined(item or "") for item in _ITEM.findall(part("xl/sharedstrings.xml"))]
        codes = _codes(part("xl/styles.xml"))
        from_1904 = bool(re.search(r'date1904="(?:1|true)"', book))
        total = sum(digits_of(_attribute(sheet, "name")) for sheet in _SHEET.findall(book))
        for name, real in names.items():
            if _TABS.fullmatch(name):
                total += _of_sheet(_pieces(archive, real), strings, codes, from_1904)
            elif _BESIDE.fullmatch(name):
                total += digits_of(_joined(_FALLBACK.sub("", archive.read(real).decode("utf-8-sig"))))
        return total


def _of_sheet(pieces: Iterator[str], strings: list[str], codes: list[str], from_1904: bool) -> int:
    total = 0
    furniture: dict[str, None] = {}
    for piece in pieces:
        for attributes, content in _CELL.findall(piece):
            if content:
                total += digits_of(_shown(attributes, content, strings, codes, from_1904))
        for text in _FURNITURE.findall(piece):
            furniture |= dict.fromkeys(printed_parts(unescape(text)))
    return total + sum(map(digits_of, furniture))


def _shown(attributes: str, content: str, strings: list[str], codes: list[str], from_1904: bool) -> str:
    kind, style = _attribute(attributes, "t") or "n", int(_attribute(attributes, "s") or 0)
    code = codes[style] if 0 <= style < len(codes) else codes[0]
    if kind == "inlineStr":
        return display_text(_joined(content), code)
    found = _VALUE.search(content)
    if found is None:
        return ""
    value = unescape(found[1])
    if kind == "s":
        return display_text(strings[int(value)], code)
    if kind == "str":
        return display_text(_decoded(value), code)
    if kind in ("b", "e") or not value.strip():
        return value if kind == "e" else ""
    if kind == "d":
        return _day(value, code)
    return display(Decimal(repr(float(value))), code, from_1904)


def _day(value: str, code: str) -> str:
    from openpyxl.utils.datetime import from_ISO8601, to_excel

    return display(Decimal(repr(to_excel(from_ISO8601(value)))), code)


def _codes(styles: str) -> list[str]:
    own = {int(_attribute(found, "numFmtId")): _attribute(found, "formatCode") for found in _FORMATS.findall(styles)}
    block = _STYLES.search(styles)
    numbers = [int(_attribute(xf, "numFmtId") or 0) for xf in _STYLE.findall(block[0])] if block else []
    return [own.get(number, built_in(number)) for number in numbers] or [built_in(0)]


def _attribute(element: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", element)
    return unescape(found[1] if found[1] is not None else found[2]) if found else ""


def _joined(content: str) -> str:
    return "".join(_decoded(unescape(text)) for text in _TEXT.findall(_SOUND.sub("", content)))


def _decoded(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """A sheet's text in pieces that end with a row, so that a large sheet is never held as a whole."""
    rest = b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            data = rest + chunk
            end = data.rfind(b"<", 0, data.rfind(b"row>") + 1)  # where the last row that is whole ends
            if end < 0:
                rest = data
                continue
            yield data[:end].decode("utf-8")
            rest = data[end:]
    yield rest.decode("utf-8")
