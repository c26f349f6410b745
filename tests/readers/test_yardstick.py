"""The tables of whole PDF reports against pdfplumber's: the same texts in the same rows, wherever pdfplumber is right.

Blanks and empty cells aside: pdfplumber knows no spans and leaves an empty cell for each column that a cell reaches over. Rows at the top
of a page that print a running table's header again are no rows of ours. Every other difference is listed in ``KNOWN``.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber
import pytest

from flows.document import Paragraph, Table
from flows.readers import read
from flows.values.numbers import parse_number

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "raw").glob("*_部门[决预]算*.pdf"))
REAL = sorted((ROOT.parent / "shared" / "reports" / "pdf").glob("*.pdf"))

# Where and why pdfplumber is not the yardstick. Each reason given for a page must be needed there.
SHADING = "white shading behind text, no line in sight, makes a table of the contents page or table rows of the caption"
DOUBLE = "each side of a border is drawn for itself, at heights that differ a little: rows are cut at each of them and texts with them"
OPEN_TOP = "the first row on the page has no line above it: the row is left out"
CUT_ROW = "the last row goes on on the next page: pages are read one by one, so the row ends with this one"

_OFFICE, _COURT, _COMMERCE, _STREET = "江苏省政协办公厅", "江苏省高级人民法院", "上海市普陀区商务委员会", "上海市普陀区万里街道办事处"
KNOWN: dict[tuple[str, int], set[str]] = {
    **{(f"{_OFFICE}_2017_部门预算公开表", page): {SHADING} for page in range(1, 14)},
    **{(f"{_OFFICE}_2018_部门预算公开表", page): {SHADING} for page in range(1, 13)},
    **{(f"{_OFFICE}_2019_部门预算公开表", page): {SHADING} for page in range(1, 13)},
    (f"{_STREET}_2024_部门预算", 2): {SHADING},
    (f"{_COMMERCE}_2025_部门预算", 2): {SHADING},
    (f"{_COMMERCE}_2025_单位预算", 14): {SHADING},
    **{(f"{_COURT}_2017_部门预算公开", page): {DOUBLE} for page in (11, 12, 13)},
    **{(f"{_COURT}_2017_部门预算公开", page): {OPEN_TOP} for page in (14, 16)},
    (f"{_COURT}_2017_部门预算公开", 17): {DOUBLE, OPEN_TOP, CUT_ROW},
    **{(f"{_COURT}_2018_部门预算公开", page): {DOUBLE} for page in (9, 10, 11)},
    **{(f"{_COURT}_2018_部门预算公开", page): {OPEN_TOP} for page in (12, 13, 16)},
    **{(f"{_COURT}_2018_部门预算公开", page): {DOUBLE, OPEN_TOP} for page in (14, 15)},
    **{(f"{_COURT}_2019_部门预算公开", page): {DOUBLE} for page in (8, 9, 15, 16)},
    **{(f"{_COURT}_2019_部门预算公开", page): {DOUBLE, SHADING} for page in (10, 12)},
    (f"{_COURT}_2019_部门预算公开", 14): {SHADING},
    (f"{_COURT}_2019_部门预算公开", 17): {OPEN_TOP},
}

Row = list[str]


def bare(text):
    return re.sub(r"\s", "", text or "")


def filled(cells):
    return [text for cell in cells if (text := bare(cell))]


@dataclass
class Page:
    """Our reading of a page: the rows of its tables, how many tables, the text outside them, and the heads of tables that go on here."""

    rows: list[Row] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)
    text: str = ""
    heads: list[list[Row]] = field(default_factory=list)


def our_pages(path: Path) -> dict[int, Page]:
    pages: dict[int, Page] = {}
    document = read(path)
    for number in range(1, document.pages + 1):
        pages[number] = Page()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for begin, place in block.lines:
                following = [other for other, _ in block.lines if other > begin]
                pages[place.page].text += block.text[begin : min(following, default=len(block.text))]
    for table in document.tables():
        _add(pages, table)
    return pages


def _add(pages: dict[int, Page], table: Table) -> None:
    rows = [(row[0].place.page, filled(cell.text for cell in row)) for row in table.rows]
    for number, row in rows:
        page = pages[number]
        if number > table.place.page and table.place.table not in page.tables:
            page.heads.append([other for _, other in rows])
        page.tables.add(table.place.table)
        if row:
            page.rows.append(row)


def without_repeated_header(rows: list[Row], page: Page) -> list[Row]:
    """pdfplumber's rows without those at the top that only print again the head of the table that goes on here."""
    head = page.heads[0] if page.heads else []
    count = 0
    while count < min(len(rows), len(head)) and rows[count] == head[count]:
        count += 1
    return rows[count:]


def agree(theirs: list[Row], page: Page, reasons: set[str]) -> bool:
    """The same texts row by row, after allowing for the ``reasons`` why pdfplumber is wrong here and for nothing else."""
    ours = page.rows
    if SHADING in reasons:
        beside = Counter(bare(page.text))
        theirs = [row for row in theirs if row in ours or Counter("".join(row)) - beside]
    theirs = without_repeated_header(theirs, page)
    if OPEN_TOP in reasons:
        if ours[0] in theirs:
            return False
        ours = ours[1:]
    if CUT_ROW in reasons:
        if len(theirs[-1]) != len(ours[-1]) or not all(map(str.startswith, ours[-1], theirs[-1])):
            return False
        theirs, ours = theirs[:-1], ours[:-1]
    if DOUBLE in reasons:
        return _letters(theirs) == _letters(ours) and _amounts(theirs) == _amounts(ours) and len(theirs) >= len(ours)
    return theirs == ours


def _letters(rows: list[Row]) -> Counter:
    return Counter("".join(text for row in rows for text in row))


def _amounts(rows: list[Row]) -> Counter:
    return Counter(text for row in rows for text in row if parse_number(text) is not None)


def differences(path: Path) -> list[str]:
    found = []
    pages = our_pages(path)
    with pdfplumber.open(path) as document:
        for sheet in document.pages:
            number, page = sheet.page_number, pages[sheet.page_number]
            reasons = KNOWN.get((path.stem, number), set())
            tables = [[row for cells in table if (row := filled(cells))] for table in sheet.extract_tables()]
            sheet.close()
            rows = [row for table in tables for row in table]
            if not agree(rows, page, reasons):
                found.append(f"page {number}: theirs {rows} ours {page.rows}")
            if not reasons and sum(1 for table in tables if table) != len(page.tables):
                found.append(f"page {number}: {len(tables)} tables, ours are {len(page.tables)}")
            found += [f"page {number} needs no: {reason}" for reason in reasons if agree(rows, page, reasons - {reason})]
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"sample{SAMPLES.index(path)}")
def test_sample_reports_read_as_pdfplumber_reads_them(path):
    assert differences(path) == []


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("path", REAL or [None], ids=lambda path: f"real{REAL.index(path)}" if path else "none")
def test_real_reports_read_as_pdfplumber_reads_them_where_it_is_right(path, shared_reports):
    assert differences(path) == []


def test_samples_hold_tables_to_compare():
    tables = [table for path in SAMPLES for table in read(path).tables()]
    assert len(SAMPLES) >= 7
    assert len(tables) > 60
    assert any(table.rows[-1][0].place.page > table.place.page for table in tables)


@pytest.mark.real
def test_what_is_known_of_a_real_report_is_about_one_that_is_there(shared_reports):
    assert {stem for stem, _ in KNOWN} <= {path.stem for path in REAL}
