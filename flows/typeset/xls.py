"""Typesets a document as an old Excel workbook (xls): amounts and rates as numbers under formats, codes as text."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import xlwt

from flows.typeset.document import Block
from flows.typeset.layouts import Layout
from flows.typeset.workbook import SheetCell, number_of, plan

_CHARACTER = 256  # of a column's width
_CENTRED = {"left": "left", "center": "center", "right": "right"}


def xls(blocks: Sequence[Block], title: str, layout: Layout) -> bytes:
    """The blocks as a workbook whose bytes depend on nothing else."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.set_owner("")
    for sheet in plan(blocks):
        page = workbook.add_sheet(sheet.name)
        page.header_str, page.footer_str = b"", b""
        for col, width in enumerate(sheet.widths):
            page.col(col).width = width * _CHARACTER
        for cell in sheet.cells:
            _write(page, cell)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write(page: xlwt.Worksheet, cell: SheetCell) -> None:
    number = number_of(cell.text)
    value = float(number[0]) if number else cell.text
    style = _style(cell.align, cell.is_ruled, cell.is_title, number[1] if number else "@")
    if cell.rows > 1 or cell.cols > 1:
        page.write_merge(cell.row, cell.row + cell.rows - 1, cell.col, cell.col + cell.cols - 1, value, style)
    else:
        page.write(cell.row, cell.col, value, style)


@cache
def _style(align: str, is_ruled: bool, is_title: bool, code: str) -> xlwt.XFStyle:
    borders = "borders: left thin, right thin, top thin, bottom thin; " if is_ruled else ""
    font = f"font: name 宋体, bold {'on' if is_title else 'off'}, height {280 if is_title else 200}; "
    wrap = "off" if is_title else "on"
    style = xlwt.easyxf(f"{font}{borders}align: horiz {_CENTRED[align]}, vert center, wrap {wrap}")
    style.num_format_str = code
    return style
