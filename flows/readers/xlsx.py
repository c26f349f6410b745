"""xlsx and xlsm workbooks → Document: every cell as it is displayed, from the XML parts of the package themselves.

Formulas are never computed: what a cell shows is the result that the file holds. Links, scripts and external parts are not followed.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from flows.document import Document, Note, Place
from flows.readers.bands import Shown
from flows.readers.errors import Unreadable
from flows.readers.number_format import built_in, display, display_text
from flows.readers.sheet_furniture import printed_parts
from flows.readers.sheets import MOST_CELLS, Area, Aside, Sheet, document_of, too_large
from flows.values.text import character

_MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all parts that are read
_MOST_PARTS = 20_000
_MOST_RATIO = 400  # unpacked to packed, of a part of more than _SMALL bytes; a part of nothing but empty cells packs 100 to 1
_SMALL = 64 * 1024 * 1024
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW, _LAST_COL = 1_048_576, 16_384
_NO_RESULT = "公式没有缓存的计算结果（文件保存时未计算），按空白读取；请用 Excel 或 WPS 打开并另存后重新放入"


def read_xlsx(path: Path) -> Document:
    """Reads a workbook. Raises Unreadable for one that is damaged, encrypted, unsafe, too large or empty."""
    try:
        with zipfile.ZipFile(path) as archive:
            return document_of("xlsx", _Workbook(Package(archive)).sheets())
    except DefusedXmlException as error:
        raise Unreadable("unsafe_file", "工作簿的 XML 里有实体定义（DTD），正常的工作簿没有，为安全起见不读；请另存后重试") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, UnicodeDecodeError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable("damaged_file", f"工作簿已损坏或不完整，无法读取；请用 Excel 或 WPS 打开修复后另存（{error}）") from error
    except RuntimeError as error:  # what zipfile raises for a member with a password
        raise Unreadable("encrypted_file", "工作簿已加密，无法读取；请去掉密码后另存") from error


# -- the package -----------------------------------------------------------------------------------------------------------


class Package:
    """The parts of a zip package, read within bounds whatever the archive declares."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = archive.infolist()
        if len(members) > _MOST_PARTS:
            raise too_large(f"压缩包里的部件超过 {_MOST_PARTS} 个")
        self._members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in members}
        self._left = _MOST_UNPACKED

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def events(self, name: str, *, starts: bool = False) -> Iterator[tuple[str, Element]]:
        """The parse events of a part (``end``, with ``starts`` also ``start``); a part that is not there has none."""
        info = self._members.get(name.lower())
        if info is None:
            return
        if info.file_size > self._left or (info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(info.compress_size, 1)):
            raise too_large(f"部件 {name} 解压后有 {info.file_size} 字节")
        with self._archive.open(info) as stream:
            yield from iterparse(_Bounded(stream, self), events=("start", "end") if starts else ("end",), forbid_dtd=True)

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise too_large(f"解压后超过 {_MOST_UNPACKED} 字节")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that ``part`` names: id → (kind, name). What lies outside the package is left out."""
        folder, name = posixpath.split(part)
        found = {}
        for _, element in self.events(posixpath.join(folder, "_rels", f"{name}.rels")):
            if _local(element) == "Relationship" and element.get("TargetMode") != "External":
                target = element.get("Target", "")
                place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[element.get("Id", "")] = (posixpath.basename(element.get("Type", "")), place)
        return found


class _Bounded:
    """A stream whose every byte is counted."""

    def __init__(self, stream: IO[bytes], package: Package) -> None:
        self._stream, self._package = stream, package

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, 1 << 20) if size > 0 else 1 << 20)
        self._package.spend(len(data))
        return data


def _local(element: Element) -> str:
    """A name without its namespace: strict and transitional workbooks differ in nothing else."""
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str | None:
    """An attribute by its name, whatever its namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _local(child) == name), None)


# -- the workbook ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    is_ruled: bool


@dataclass(slots=True)
class _Styles:
    codes: dict[int, str] = field(default_factory=dict)
    ruled: list[bool] = field(default_factory=list)
    cells: list[_Style] = field(default_factory=list)


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        named = [name for kind, name in package.related("").values() if kind == "officeDocument"]
        self._part = next((name for name in [*named, "xl/workbook.xml"] if package.has(name)), None)
        if self._part is None:
            raise Unreadable("damaged_file", "工作簿里缺少 workbook.xml，文件已损坏；请用 Excel 或 WPS 打开修复后另存")
        self._related = package.related(self._part)
        self._from_1904 = False
        self._listed: list[tuple[str, str, bool]] = []  # name, relation, hidden
        for _, element in package.events(self._part):
            if _local(element) == "workbookPr":
                self._from_1904 = _is_on(element.get("date1904"))
            elif _local(element) == "sheet":
                hidden = element.get("state", "visible") != "visible"
                self._listed.append((element.get("name", ""), _attribute(element, "id") or "", hidden))
        self._strings = list(self._shared_strings())
        self._styles = self._read_styles()
        self._filled = 0

    def _part_of_kind(self, kind: str) -> str:
        return next((name for found, name in self._related.values() if found == kind), "")

    def _shared_strings(self) -> Iterator[str]:
        root: Element | None = None
        for event, element in self._package.events(self._part_of_kind("sharedStrings"), starts=True):
            if root is None:
                root = element
            if event == "end" and _local(element) == "si":
                yield _text(element)
                root.clear()

    def _read_styles(self) -> list[_Style]:
        styles = _Styles()
        for _, element in self._package.events(self._part_of_kind("styles")):
            name = _local(element)
            if name == "numFmt":
                styles.codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif name == "borders":
                styles.ruled = [_is_ruled(border) for border in element]
            elif name == "cellXfs":
                styles.cells = [_style(xf, styles) for xf in element]
        return styles.cells or [_Style(built_in(0), False)]

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet in the order of its tab, hidden ones too."""
        for number, (name, relation, hidden) in enumerate(self._listed, start=1):
            sheet = Sheet(number, name, hidden)
            kind, part = self._related.get(relation, ("", ""))
            if kind == "worksheet" and not self._package.has(part):
                sheet.notes.append(Note(f"工作表“{name}”在文件里缺失，没有读到", Place(page=number), name))
            elif self._package.has(part):
                if kind == "worksheet":
                    self._read_sheet(sheet, part)
                self._read_beside(sheet, part)  # a chart that fills a sheet has text boxes too
            yield sheet

    # -- one sheet -----------------------------------------------------------------------------------------------------

    def _read_sheet(self, sheet: Sheet, part: str) -> None:
        at = _Cursor()
        data: Element | None = None
        inside_cells = False
        for event, element in self._package.events(part, starts=True):
            name = _local(element)
            if event == "start":
                if name == "sheetData":
                    data, inside_cells = element, True
                elif name == "row" and inside_cells:
                    at.begin_row(element)
                continue
            if name == "sheetData":
                inside_cells = False
            elif name == "row" and inside_cells:
                if _is_on(element.get("hidden")) or _is_nothing(element.get("ht")):
                    sheet.hidden_rows.add(at.row)
                if data is not None:
                    data.clear()  # a row is done with when it ends
            elif name == "c" and inside_cells:
                self._read_cell(sheet, element, *at.place(element))
                element.clear()
            elif name == "col" and (_is_on(element.get("hidden")) or _is_nothing(element.get("width"))):
                sheet.hidden_cols.add(int(element.get("min", "1")), int(element.get("max", "1")))
            elif name == "mergeCell":
                sheet.merges.append(_area(element.get("ref", "")))
            elif name == "headerFooter":
                parts = dict.fromkeys(part for child in element for part in printed_parts(child.text or ""))
                sheet.asides += [Aside("repeated", text) for text in parts]

    def _read_cell(self, sheet: Sheet, element: Element, row: int, col: int) -> None:
        style = self._style_of(element.get("s"))
        shown = self._shown(sheet, element, style, row, col) if len(element) else ""
        if style.is_ruled and not shown:
            sheet.ruled_rows.add(row)
        if shown and not shown.isspace():
            self._filled += 1
            if self._filled > MOST_CELLS:
                raise too_large(f"有内容的单元格超过 {MOST_CELLS} 个")
            sheet.cells[row, col] = Shown(shown, style.is_ruled)

    def _style_of(self, number: str | None) -> _Style:
        index = int(number or 0)
        return self._styles[index] if 0 <= index < len(self._styles) else self._styles[0]

    def _shown(self, sheet: Sheet, element: Element, style: _Style, row: int, col: int) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = _child(element, "is")
            return display_text(_text(inline), style.code) if inline is not None else ""
        value, formula = _child(element, "v"), _child(element, "f")
        if value is None or (kind == "n" and not (value.text or "").strip()):
            if formula is not None:
                place = Place(page=sheet.number, row=row, col=col)
                sheet.notes.append(Note(_NO_RESULT, place, f"={formula.text}" if formula.text else ""))
            return ""
        text = value.text or ""
        if kind == "s":
            index = int(text)
            if not 0 <= index < len(self._strings):
                raise ValueError(f"no shared string {index}")
            return display_text(self._strings[index], style.code)
        if kind == "str":
            return display_text(_unescaped(text), style.code)
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "e":
            return text
        number = _serial(text) if kind == "d" else _number(text)
        return text if number is None else display(number, style.code, self._from_1904 and kind != "d")

    def _read_beside(self, sheet: Sheet, part: str) -> None:
        """Comments and text boxes."""
        for kind, name in self._package.related(part).values():
            if kind == "comments":
                for _, element in self._package.events(name):
                    if _local(element) == "comment":
                        row, col = _position(element.get("ref", ""))
                        sheet.asides.append(Aside("markup", _text(element), row, col))
            elif kind == "drawing":
                sheet.asides += [Aside("text", text) for text in self._text_boxes(name)]

    def _text_boxes(self, part: str) -> Iterator[str]:
        """The paragraphs of every text box of a drawing; a drawing's second version for old programs says the same again."""
        fallback = 0
        for event, element in self._package.events(part, starts=True):
            name = _local(element)
            if name == "Fallback":
                fallback += 1 if event == "start" else -1
            elif event == "end" and name == "p" and not fallback:
                text = "".join(run.text or "" for run in element.iter() if _local(run) == "t")
                if text.strip():
                    yield text


@dataclass(slots=True)
class _Cursor:
    """Where the parser is: rows and cells may leave out their own numbers."""

    row: int = 0
    col: int = 0

    def begin_row(self, element: Element) -> None:
        self.row = int(element.get("r") or self.row + 1)
        self.col = 0
        if not 0 < self.row <= _LAST_ROW:
            raise ValueError(f"no row {self.row}")

    def place(self, element: Element) -> tuple[int, int]:
        reference = element.get("r")
        row, col = _position(reference) if reference else (self.row, self.col + 1)
        self.col = col
        return row, col


# -- values ----------------------------------------------------------------------------------------------------------------


def _text(element: Element) -> str:
    """The text of a string, plain or rich; how it is pronounced (rPh) is not printed."""
    if _local(element) == "t":
        return _unescaped(element.text or "")
    return "".join(_text(child) for child in element if _local(child) not in ("rPh", "phoneticPr", "rPr"))


def _unescaped(text: str) -> str:
    text = _ESCAPED.sub(lambda match: character(int(match[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(text: str) -> Decimal | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return Decimal(text.strip()) if isfinite(value) and value else Decimal(0) if value == 0 else None


def _serial(text: str) -> Decimal | None:
    """A day written as 2022-12-31T00:00:00, as the calendar from 1900 counts it."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", ""))
    except ValueError:
        return None
    passed = moment.replace(tzinfo=None) - datetime(1899, 12, 30)
    return Decimal(passed.days) + Decimal(passed.seconds) / 86_400


def _position(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference.upper())
    if found is None:
        raise ValueError(f"no cell {reference!r}")
    col = 0
    for letter in found[1]:
        col = col * 26 + ord(letter) - 64
    row = int(found[2])
    if not (0 < row <= _LAST_ROW and 0 < col <= _LAST_COL):
        raise ValueError(f"no cell {reference!r}")
    return row, col


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _position(first), _position(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _is_nothing(size: str | None) -> bool:
    """A row of no height, a column of no width."""
    return size is not None and float(size) == 0


def _is_ruled(border: Element) -> bool:
    """Ruled to a side, or both above and below: a line below alone may be the top of the table underneath."""
    sides = {_local(side) for side in border if side.get("style", "none") != "none"}
    return bool(sides & {"left", "right", "start", "end"}) or {"top", "bottom"} <= sides


def _style(xf: Element, styles: _Styles) -> _Style:
    number, border = int(xf.get("numFmtId", "0")), int(xf.get("borderId", "0"))
    code: Any = styles.codes.get(number)
    return _Style(built_in(number) if code is None else code, border < len(styles.ruled) and styles.ruled[border])
