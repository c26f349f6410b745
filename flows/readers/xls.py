"""xls workbooks (Excel 97 to 2003) → Document: every cell as it is displayed.

A formula that was saved without its result cannot be told from one that shows nothing: both are blank.
"""

import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.book import Book
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.sheet import Sheet as XlrdSheet

from flows.document import Document
from flows.readers.bands import Shown
from flows.readers.errors import Unreadable
from flows.readers.number_format import built_in, display, display_text
from flows.readers.sheet_furniture import printed_parts
from flows.readers.sheets import MOST_CELLS, Area, Aside, Sheet, document_of, too_large

_MOST_BYTES = 128 * 1024 * 1024
# Formats that depend on the language of the program: the file names them by number alone.
_OF_THE_PROGRAM = {14, 22, *range(27, 37), *range(50, 59)}
_BOF, _EOF, _CONTINUE, _HEADER, _FOOTER, _SHEET, _OBJECT, _TEXT_BOX = 0x0809, 0x000A, 0x003C, 0x0014, 0x0015, 0x0085, 0x005D, 0x01B6
_WORKSHEET, _NOTE = 0, 0x19
# What a damaged file makes of the parser.
_DAMAGES = (
    XLRDError,
    CompDocError,
    struct.error,
    IndexError,
    KeyError,
    AssertionError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,  # a directory that leads back to itself
)


def read_xls(path: Path) -> Document:
    """Reads a workbook. Raises Unreadable for one that is damaged, encrypted, too old, too large or empty."""
    if path.stat().st_size > _MOST_BYTES:
        raise too_large(f"文件超过 {_MOST_BYTES} 字节")
    data = path.read_bytes()
    log = StringIO()
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=log)
        sheets = list(_sheets(book, _beside_cells(data)))
    except _DAMAGES as error:
        if "encrypted" in str(error).lower():
            raise Unreadable("encrypted_file", "工作簿已加密，无法读取；请去掉密码后另存") from error
        raise Unreadable("damaged_file", f"工作簿已损坏或不完整，无法读取；请用 Excel 或 WPS 打开修复后另存（{error}）") from error
    return document_of("xls", sheets)


def _sheets(book: Book, beside: dict[int, list[Aside]]) -> Iterator[Sheet]:
    filled = 0
    for number, source in enumerate(book.sheets(), start=1):
        sheet = Sheet(number, source.name, source.visibility != 0)
        _read_cells(book, source, sheet)
        filled += len(sheet.cells)
        if filled > MOST_CELLS:
            raise too_large(f"有内容的单元格超过 {MOST_CELLS} 个")
        sheet.merges = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
        for row, info in source.rowinfo_map.items():
            if info.hidden or info.height == 0:
                sheet.hidden_rows.add(row + 1)
        for col, column in source.colinfo_map.items():
            if column.hidden or column.width == 0:
                sheet.hidden_cols.add(col + 1)
        sheet.asides += beside.get(number, ())
        notes = sorted(source.cell_note_map.items())
        sheet.asides += [Aside("markup", note.text, row + 1, col + 1) for (row, col), note in notes if note.text.strip()]
        yield sheet


def _read_cells(book: Book, source: XlrdSheet, sheet: Sheet) -> None:
    styles = [_style(book, index) for index in range(len(book.xf_list))]
    for row in range(source.nrows):
        kinds, values = source.row_types(row), source.row_values(row)
        is_ruled_row = False
        for col in range(len(kinds)):
            kind = kinds[col]
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            code, is_ruled = styles[source.cell_xf_index(row, col)]
            text = "" if kind == xlrd.XL_CELL_BLANK else _shown(kind, values[col], code, bool(book.datemode))
            if text and not text.isspace():
                sheet.cells[row + 1, col + 1] = Shown(text, is_ruled)
            elif is_ruled:
                is_ruled_row = True
        if is_ruled_row:
            sheet.ruled_rows.add(row + 1)


def _shown(kind: int, value: str | float | int, code: str, from_1904: bool) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return display_text(str(value).replace("\r\n", "\n").replace("\r", "\n"), code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(int(value), "#N/A")
    return display(Decimal(repr(float(value))), code, from_1904)


def _style(book: Book, index: int) -> tuple[str, bool]:
    """The number format of a cell style, and whether it rules the cell."""
    xf = book.xf_list[index]
    key = xf.format_key
    code = built_in(key) if key in _OF_THE_PROGRAM or key not in book.format_map else book.format_map[key].format_str
    border = xf.border
    is_ruled = bool(border.left_line_style or border.right_line_style or (border.top_line_style and border.bottom_line_style))
    return code, is_ruled


def _beside_cells(data: bytes) -> dict[int, list[Aside]]:
    """What each sheet (numbered from 1) prints outside its cells: heads and feet of pages, text boxes."""
    stream = CompDoc(data, logfile=StringIO()).get_named_stream("Workbook")
    if not stream:
        raise Unreadable("old_workbook", "Excel 95 或更早的工作簿，暂不支持；请用 Excel 或 WPS 另存为 xlsx 后重新放入")
    begins = [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == _SHEET and body[5] == _WORKSHEET]
    return {number: _once(_asides(stream, begin)) for number, begin in enumerate(begins, start=1)}


def _once(asides: Iterator[Aside]) -> list[Aside]:
    """Head and foot that say the same, once; text boxes each."""
    kept: list[Aside] = []
    for aside in asides:
        if aside.kind != "repeated" or aside not in kept:
            kept.append(aside)
    return kept


def _asides(stream: bytes, begin: int) -> Iterator[Aside]:
    is_note, left, text = False, 0, ""
    for kind, body in _records(stream, begin):
        if kind in (_HEADER, _FOOTER) and len(body) > 3:
            length, is_wide = struct.unpack_from("<HB", body)
            yield from (Aside("repeated", part) for part in printed_parts(_characters(body[3:], is_wide)[:length]))
        elif kind == _OBJECT:
            is_note = struct.unpack_from("<H", body, 4)[0] == _NOTE
        elif kind == _TEXT_BOX:
            left, text = (0 if is_note else struct.unpack_from("<H", body, 10)[0]), ""
        elif kind == _CONTINUE and left > 0 and body:
            part = _characters(body[1:], body[0])[:left]
            text, left = text + part, left - len(part)
            if not left:
                yield from (Aside("text", line) for line in re.split(r"[\r\n]+", text) if line.strip())
        elif kind != _CONTINUE:
            left = 0


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of a workbook's stream, without those of charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _characters(data: bytes, is_wide: int) -> str:
    return data.decode("utf-16-le", "replace") if is_wide & 1 else data.decode("latin-1")
