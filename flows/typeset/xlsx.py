"""Typesets a document as an Excel workbook (xlsx): amounts and rates as numbers under formats, codes as text."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from flows.typeset.document import Block
from flows.typeset.layouts import Layout
from flows.typeset.workbook import SheetCell, SheetPlan, number_of, plan

_WRITTEN_AT = (2000, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT, _TITLE = Font(name="宋体", size=10), Font(name="宋体", size=14, bold=True)


def xlsx(blocks: Sequence[Block], title: str, layout: Layout) -> bytes:
    """The blocks as a workbook whose bytes depend on nothing else."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = None
    for sheet in plan(blocks):
        _fill(workbook.create_sheet(sheet.name), sheet)
    buffer = BytesIO()
    workbook.save(buffer)
    return _undated(buffer.getvalue())


def _fill(page: Worksheet, sheet: SheetPlan) -> None:
    for col, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(col)].width = width
    for cell in sheet.cells:
        _write(page, cell)


def _write(page: Worksheet, cell: SheetCell) -> None:
    row, col = cell.row + 1, cell.col + 1
    if cell.is_ruled:
        for below in range(cell.rows):
            for right in range(cell.cols):
                page.cell(row + below, col + right).border = _RULED
    at = page.cell(row, col)
    number = number_of(cell.text)
    if number:
        at.value, at.number_format = number
    elif cell.text:
        at.value, at.data_type = cell.text, "s"  # a text that begins with = is no formula
        at.number_format = "@"
    at.font = _TITLE if cell.is_title else _FONT
    at.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=not cell.is_title)
    if cell.rows > 1 or cell.cols > 1:
        page.merge_cells(start_row=row, start_column=col, end_row=row + cell.rows - 1, end_column=col + cell.cols - 1)


def _undated(data: bytes) -> bytes:
    """The package without the times at which it was made."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(buffer, "w") as out:
        for info in made.infolist():
            content = made.read(info)
            if info.filename == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            member = zipfile.ZipInfo(info.filename, _WRITTEN_AT)
            member.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(member, content)
    return buffer.getvalue()
