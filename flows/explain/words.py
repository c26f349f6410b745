"""Places and values in words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.document import Place
from flows.explain.sheet import WORKBOOKS, cell_name

# Formats whose lines are the paragraphs and tables of a flow, counted together.
FLOWING = frozenset({"docx", "doc", "rtf"})


def place_in_words(place: Place, format_name: str | None = None) -> str:
    """``第5页，表1，第3行第2列``, ``文件第907行，表12，第5行第3列，第36个字符起``, in Word files ``第3个表格，第5行第2列`` or ``第12段``.

    Of a workbook ``第2张工作表 C7``.
    """
    if format_name in WORKBOOKS:
        beside = "（批注、文本框、页眉等）" if place.line is not None else ""
        offset = f"，第{place.offset + 1}个字符起" if place.offset else ""
        return f"第{place.page}张工作表 {cell_name(place)}".rstrip() + beside + offset
    grid = "".join([f"第{place.row}行" if place.row is not None else "", f"第{place.col}列" if place.col is not None else ""])
    parts = [
        f"第{place.page}页" if place.page is not None else "",
        *_in_flow(place, format_name in FLOWING),
        grid,
        f"第{place.offset + 1}个字符起" if place.offset else "",
    ]
    return "，".join(part for part in parts if part)


def _in_flow(place: Place, by_blocks: bool) -> list[str]:
    if by_blocks:
        return [f"第{place.table}个表格" if place.table is not None else f"第{place.line}段" if place.line is not None else ""]
    return [f"文件第{place.line}行" if place.line is not None else "", f"表{place.table}" if place.table is not None else ""]


def box_in_words(place: Place) -> str | None:
    """The box on the page as shown, None where the format has no pages."""
    if place.box is None:
        return None
    x0, top, x1, bottom = place.box
    return f"距页面左边 {x0:.0f}–{x1:.0f} 点，距上边 {top:.0f}–{bottom:.0f} 点"


def value_in_words(value: Any) -> str:
    """A column's value: decimals without zeros at their end, times to the second, — for nothing."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return " ".join(value_in_words(item) for item in value)
    return printable(str(value))


def printable(text: str) -> str:
    """Text that a terminal shows and does not obey: tabs and control characters become blanks."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in text)
