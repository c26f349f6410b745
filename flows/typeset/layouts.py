"""The ways in which bureaus lay out their reports."""

from dataclasses import dataclass
from typing import Literal

Dialect = Literal["tab_led", "tab_separated", "pipe", "docx", "doc", "xlsx", "xls", "html", "ofd", "pdf", "scan"]
TableUnitAt = Literal["caption", "title", "header", "first_row", "first_table", "paragraph"]
FormUnitAt = Literal["label", "header", "caption", "first_row", "report"]
Orientation = Literal["as_needed", "portrait", "landscape"]
Ruling = Literal["full", "half", "none"]
HalfStyle = Literal["seed", "rows", "three_lines", "open_sides", "uprights"]


@dataclass(frozen=True)
class Layout:
    """How a report becomes files.

    ``dialect``: tab_led is a word processor's text, one cell a line; tab_separated one row a line; pipe a Markdown table; scan a PDF of
    page images. ``encoding`` is of the text dialects. ``ruling``: every line drawn, only those across (half), or none, for the fixed-layout
    dialects. ``seed`` draws what no field settles: where pages break, how far a scan is skewed.

    ``table_unit`` None leaves each table the unit of its report. Where a unit is printed: in the caption, in the title's brackets, in each
    amount's header, in the table's first row, only over the first table, in a paragraph before all tables; in forms also in the label of
    the part (label), or nowhere (report: then it is that of the tables). ``empty_cells``: what a line prints where it has no amount.
    ``sums_last``: the columns and lines of totals come after what they add up. ``untitled_forms``: forms that follow one of the same
    title have none of their own. ``broken_names``, ``broken_titles``: a line break stands in long names and in titles.
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
    ruling: Ruling = "full"
    seed: int = 0
    # What is printed otherwise than usual: (usual label, printed label), of wording.toml.
    wording: tuple[tuple[str, str], ...] = ()
    table_unit: Literal["元", "万元"] | None = None
    table_unit_at: TableUnitAt = "caption"
    form_unit: Literal["元", "万元"] = "万元"
    form_unit_at: FormUnitAt = "label"
    grouped_forms: bool = False
    wide_digits: bool = False
    empty_cells: Literal["", "0.00"] = ""
    broken_names: bool = False
    broken_titles: bool = False
    names_before_codes: bool = False
    sums_last: bool = False
    indicator_order: Literal["weights_last", "weight_first", "weight_second"] = "weights_last"
    money_order: Literal["usual", "rate_first", "scores_last"] = "usual"
    merged_levels: bool = True
    goals_first: bool = False
    total_line: bool = True
    untitled_forms: bool = False
    footnotes: bool = False
    annex_marks: bool = False
    numbering: Literal["一、", "（一）", "1.", "第一节 "] = "一、"
    half_style: HalfStyle = "seed"
    pen: Literal["line", "dashes"] = "line"
    banded: bool = False
    rows_per_page: tuple[int, int] | None = None
    cut_rows: bool = False
    continued_caption: bool = False
    orientation: Orientation = "as_needed"
    stamp: bool = False
    running_head: bool = False


LAYOUTS = {
    "word_text": Layout("tab_led", target_cells=3, indented_names=True, tables_first=False),
    "ocr_text": Layout("tab_separated", grouped_thousands=False),
    "markdown": Layout("pipe", indicator_order="weight_first", form_unit_at="header"),
    "web_page": Layout("html", merged_levels=False, table_unit_at="title", goals_first=True),
    "word": Layout("docx", annex_marks=True, footnotes=True, money_order="rate_first"),
    "old_word": Layout("doc", broken_titles=True, grouped_forms=True, untitled_forms=True),
    "workbook": Layout("xlsx", table_unit_at="first_row", form_unit_at="first_row", sums_last=True),
    "old_workbook": Layout("xls", empty_cells="0.00", indicator_order="weight_second", numbering="（一）"),
    "ofd": Layout("ofd", table_unit_at="header", names_before_codes=True, broken_names=True),
    "pdf": Layout("pdf"),
    "pdf_repeating": Layout("pdf", repeated_header=True, broad_forms=True),
    "pdf_two_files": Layout("pdf", tables_in_own_file=True, repeated_header=True),
}
