"""The ways in which the sample bureaus lay out their reports."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Layout:
    """How a report becomes files.

    tab_led: a word processor's text, one cell a line; tab_separated: one row a line; pdf: ruled pages.
    """

    dialect: Literal["tab_led", "tab_separated", "pdf"]
    target_cells: Literal[1, 3] = 1
    grouped_thousands: bool = True
    indented_names: bool = False
    tables_first: bool = True
    tables_in_own_file: bool = False
    repeated_header: bool = False
    broad_forms: bool = False


LAYOUTS = {
    "word_text": Layout("tab_led", target_cells=3, indented_names=True, tables_first=False),
    "ocr_text": Layout("tab_separated", grouped_thousands=False),
    "pdf": Layout("pdf"),
    "pdf_repeating": Layout("pdf", repeated_header=True, broad_forms=True),
    "pdf_two_files": Layout("pdf", tables_in_own_file=True, repeated_header=True),
}
