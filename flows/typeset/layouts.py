"""The ways in which bureaus lay out their reports."""

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["tab_led", "tab_separated", "pipe", "docx", "doc", "xlsx", "xls", "html", "ofd", "pdf", "scan"]
HalfStyle = Literal["seed", "rows", "three_lines", "open_sides", "uprights"]


@dataclass(frozen=True)
class Layout:
    """How a report becomes files.

    ``dialect``: tab_led is a word processor's text, one cell a line; tab_separated one row a line; pipe a Markdown table; scan a PDF of
    page images. ``encoding`` is of the text dialects. ``ruling``: every line drawn, only those across (half), or none, for the fixed-layout
    dialects. ``seed`` draws what no field settles: where pages break, how far a scan is skewed.
    """

    dialect: Dialect
    target_cells: Literal[1, 3] = 1
    grouped_thousands: bool = True
    indented_names: bool = False
    tables_first: bool = True
    tables_in_own_file: bool = False
    repeated_header: bool = False
    broad_forms: bool = False
    encoding: Literal["utf-8", "gb18030", "utf-16"] = "utf-8"
    ruling: Literal["full", "half", "none"] = "full"
    seed: int = 0
    half_style: HalfStyle = "seed"
    pen: Literal["line", "dashes"] = "line"
    banded: bool = False
    rows_per_page: tuple[int, int] | None = None
    cut_rows: bool = False
    continued_caption: bool = False
    orientation: Literal["as_needed", "portrait", "landscape"] = "as_needed"
    stamp: bool = False
    running_head: bool = False


LAYOUTS = {
    "word_text": Layout("tab_led", target_cells=3, indented_names=True, tables_first=False),
    "ocr_text": Layout("tab_separated", grouped_thousands=False),
    "pdf": Layout("pdf"),
    "pdf_repeating": Layout("pdf", repeated_header=True, broad_forms=True),
    "pdf_two_files": Layout("pdf", tables_in_own_file=True, repeated_header=True),
}
