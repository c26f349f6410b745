"""Tables as one Excel workbook: a sheet for each, and a first sheet that says what they hold. Rows are streamed, memory stays small."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.export.published import Wanted, batches, count, sorted_sql
from flows.tables.definitions import Column

SHEET_ROWS = 1_048_576
_HEADERS = 2  # Chinese names, English names
_CELL = 32_767  # characters that a cell can hold
_CUT = "……（单元格放不下，全文见 CSV 或 Parquet）"
_FIXED = datetime(1980, 1, 1)  # a file's own date would make two exports of one release differ
_NUMBER_FORMATS = {"money": "#,##0.00", "percent": "0.00", "date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm:ss"}
_WIDTHS = (8, 48)
_WIDE = re.compile(r"[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]")
_UNITS = {"money": "元", "percent": "%"}

Progress = Callable[[str, int, int], None]


def write_workbook(connection: duckdb.DuckDBPyConnection, asked: Sequence[Wanted], path: Path, temporary: Path, progress: Progress) -> int:
    """Writes ``asked`` into the workbook ``path``; returns how many texts were too long for a cell and were cut (they say so).

    A table with more rows than a sheet holds goes on in sheets 名称_2, 名称_3 ….
    """
    options = {
        "constant_memory": True,
        "tmpdir": str(temporary),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "绩效 Jixiao", "created": _FIXED})
        sheets = _Sheets(book)
        counted = [(one, count(connection, one)) for one in asked]
        sheets.describe(counted)
        for one, total in counted:
            sheets.write(connection, one, total, progress)
    return sheets.cut


def sheet_names(one: Wanted, rows: int) -> list[str]:
    """The sheets of a table with so many rows."""
    room = SHEET_ROWS - _HEADERS
    name = one.table.cn or one.name
    return [name, *(f"{name}_{number}" for number in range(2, -(-rows // room) + 1))]


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.cut = 0
        self.head = book.add_format({"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top", "border": 1})
        self.small = book.add_format({"font_color": "#666666", "italic": True, "bg_color": "#F3F6F9", "border": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.formats = {kind: book.add_format({"num_format": code}) for kind, code in _NUMBER_FORMATS.items()}

    def describe(self, counted: Sequence[tuple[Wanted, int]]) -> None:
        """Sheet 说明: each table's grain and rows, then each column's names, unit and meaning."""
        sheet = self.book.add_worksheet("说明")
        for index, width in enumerate((18, 26, 24, 8, 60, 60)):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, "绩效 Jixiao：数据说明 About these tables", self.title)
        notes = (
            "每张表一页：第一行为中文列名，第二行为英文列名（筛选在这一行）。金额单位为元，比率为百分数，空单元格表示报告没有说明或无法判断。",
            "A sheet per table: Chinese names, then English ones. Amounts in 元, rates in percent; an empty cell: not stated, or it cannot be told.",
        )
        row = 1
        for note in notes:
            sheet.write_string(row, 0, note)
            row += 1
        row = self._rows(sheet, row + 1, ("工作表", "表 table", "续页 goes on in", "行数", "每行是什么", "one row per"), [
            (sheet_names(one, total)[0], f"{one.schema}.{one.name}", "、".join(sheet_names(one, total)[1:]), total, one.table.grain_zh, one.table.grain_en)
            for one, total in counted
        ])  # fmt: skip
        columns = [
            (one.table.cn or one.name, column.cn or column.name, column.name, _UNITS.get(column.type, ""), column.zh, column.en)
            for one, _ in counted
            for column in one.table.columns
        ]
        self._rows(sheet, row + 1, ("工作表", "列", "column", "单位", "含义", "meaning"), columns)
        sheet.freeze_panes(1, 0)

    def _rows(self, sheet: Worksheet, row: int, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
        for index, name in enumerate(header):
            sheet.write_string(row, index, name, self.head)
        for line in rows:
            row += 1
            for index, value in enumerate(line):
                if isinstance(value, int):
                    sheet.write_number(row, index, value, self.wrapped)
                else:
                    sheet.write_string(row, index, value, self.wrapped)
        return row + 1

    def write(self, connection: duckdb.DuckDBPyConnection, one: Wanted, total: int, progress: Progress) -> None:
        names = sheet_names(one, total)
        sheet, row, done = self._begin(one, names.pop(0)), _HEADERS, 0
        formats = [self.formats.get(column.type) for column in one.table.columns]
        fitted = False
        for rows in batches(connection, sorted_sql(one)):
            widths = _widths(one, rows[:500]) if not fitted else []
            for index, width in enumerate(widths):
                sheet.set_column(index, index, width)
            fitted = True
            for values in rows:
                if row == SHEET_ROWS:
                    self._end(sheet, one, row)
                    sheet, row = self._begin(one, names.pop(0)), _HEADERS
                for index, value in enumerate(values):
                    if value is not None:
                        self._cell(sheet, row, index, value, formats[index])
                row += 1
            done += len(rows)
            progress(one.name, done, total)
        self._end(sheet, one, row)

    def _begin(self, one: Wanted, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(_HEADERS, 0)
        for index, width in enumerate(_widths(one, [])):
            sheet.set_column(index, index, width)
        for index, column in enumerate(one.table.columns):
            sheet.write_string(0, index, _headed(column), self.head)
        for index, column in enumerate(one.table.columns):
            sheet.write_string(1, index, column.name, self.small)
        return sheet

    @staticmethod
    def _end(sheet: Worksheet, one: Wanted, row: int) -> None:
        sheet.autofilter(1, 0, max(row - 1, 1), len(one.names) - 1)

    def _cell(self, sheet: Worksheet, row: int, index: int, value: Any, style: Format | None) -> None:
        if isinstance(value, str):
            if len(value) > _CELL:
                self.cut += 1
                value = value[: _CELL - len(_CUT)] + _CUT
            sheet.write_string(row, index, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, index, value)
        elif isinstance(value, Decimal | int):
            as_float = float(value)
            if value == Decimal(repr(as_float)):
                sheet.write_number(row, index, as_float, style)
            else:  # more digits than Excel keeps: exact as text rather than rounded as a number
                sheet.write_string(row, index, f"{value:f}" if isinstance(value, Decimal) else str(value))
        else:
            sheet.write_datetime(row, index, value, style)


def _headed(column: Column) -> str:
    unit = _UNITS.get(column.type)
    return f"{column.cn or column.name}（{unit}）" if unit else column.cn or column.name


def _shown_width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _widths(one: Wanted, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Widths that fit the headers and the given rows, within bounds: a long text does not make its column a wall."""
    widths = []
    for index, column in enumerate(one.table.columns):
        shown = [_headed(column), column.name, *(str(row[index]) for row in rows if row[index] is not None)]
        widths.append(min(max(max(map(_shown_width, shown)) + 3, _WIDTHS[0]), _WIDTHS[1]))
    return widths
