"""xls workbooks: the same facts as from every other typesetting, cells as displayed, what no page shows, hostile files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xlwt

from flows.document import Table
from flows.ledger.raw_count import digits_in_file
from flows.readers import read
from flows.typeset import Sample, typeset
from tests.readers.test_xlsx import SAMPLES, asides, assert_digits, assert_round_trip, digits_read, every_sample, printed, refused

_RULED = "borders: left thin, right thin, top thin, bottom thin"


def workbook(tmp_path: Path, fill: Callable[[xlwt.Workbook, xlwt.Worksheet], None]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("表")
    page.header_str = page.footer_str = b""
    fill(book, page)
    path = tmp_path / "book.xls"
    book.save(str(path))
    return path


def style(code: str, ruled: bool = True) -> xlwt.XFStyle:
    return xlwt.easyxf(_RULED if ruled else "", num_format_str=code)


@every_sample
def test_the_facts_of_every_sample_are_read_back(sample: Sample, tmp_path: Path) -> None:
    assert_round_trip(sample, "xls", tmp_path)


@every_sample
def test_no_digit_is_lost_or_doubled(sample: Sample, tmp_path: Path) -> None:
    assert_digits(sample, "xls", tmp_path)


def test_the_same_facts_give_the_same_bytes() -> None:
    layout = replace(SAMPLES[0].layout, dialect="xls")
    assert typeset(SAMPLES[0].report, layout) == typeset(SAMPLES[0].report, layout)


CELLS = [
    (0.985, "0.00%", "98.50%"),
    (2010301, "General", "2010301"),
    (0.1 + 0.2, "General", "0.3"),
    (7, "0000", "0007"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (1234.5, '0.00"万元"', "1234.50万元"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (44926, 'yyyy"年"m"月"d"日"', "2022年12月31日"),
    (123456.78, "#,##0.00", "123,456.78"),
    (12.34, "General", "12.34"),
    (-5, "General", "-5"),
    ("007", "@", "007"),
    (True, "General", "TRUE"),
]


def test_cells_are_read_as_displayed(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, page: xlwt.Worksheet) -> None:
        for row, (value, code, _) in enumerate(CELLS):
            page.write(row, 0, "名", style("@"))
            page.write(row, 1, value, style(code))

    path = workbook(tmp_path, fill)
    document = read(path)
    assert printed(document) == [[["名", shown] for *_, shown in CELLS]]
    assert digits_read(document) == digits_in_file(path, "xls") > 50


def test_long_strings_over_many_records_lose_nothing(tmp_path: Path) -> None:
    texts = [f"第{number}段" + ("汉字" if number % 2 else "abc") * number + str(number) for number in range(400)]

    def fill(book: xlwt.Workbook, page: xlwt.Worksheet) -> None:
        for row, text in enumerate(texts):
            page.write(row, 0, text)

    path = workbook(tmp_path, fill)
    document = read(path)
    assert printed(document) == texts
    assert digits_read(document) == digits_in_file(path, "xls") == 2 * sum(len(str(number)) for number in range(400))


def test_what_no_page_shows_is_read_and_said(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, page: xlwt.Worksheet) -> None:
        page.header_str = b"&L&10No 01"
        page.write_merge(0, 0, 0, 2, "标题1")
        for row in (1, 2, 3):
            for col, value in enumerate(("名", row, 2.5)):
                page.write(row, col, value, style("General"))
        page.row(2).hidden = True
        page.col(2).hidden = True
        other = book.add_sheet("旧")
        other.header_str = other.footer_str = b""
        other.write(0, 0, "旧数5")
        other.visibility = 1

    path = workbook(tmp_path, fill)
    document = read(path)
    rows = [["名", "1", "2.5"], ["名", "2", "2.5"], ["名", "3", "2.5"]]
    assert printed(document) == ["标题1", rows, "旧数5"]
    assert asides(document, "repeated") == ["No 01"]
    assert asides(document, "markup") == ["表", "旧"]
    doubts = {place.ref: reason for place, reason in document.doubts.items()}
    column, row, sheet = "隐藏列，页面上看不到", "隐藏行，页面上看不到", "隐藏工作表，页面上看不到"
    assert doubts == {"p1/t1/r2/c3": column, "p1/t1/r4/c3": column} | {f"p1/t1/r3/c{col}": row for col in (1, 2, 3)} | {
        "p2/r1/c1": sheet,
        "p2/L1": sheet,
    }
    assert digits_read(document) == digits_in_file(path, "xls") == 13


def test_a_merged_header_spans_its_columns(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook, page: xlwt.Worksheet) -> None:
        page.write_merge(3, 4, 1, 1, "项目", style("@"))
        page.write_merge(3, 3, 2, 3, "金额", style("@"))
        for col, text in ((2, "预算"), (3, "决算")):
            page.write(4, col, text, style("@"))
        for col, value in enumerate(("基本支出", 10, 9.5), start=1):
            page.write(5, col, value, style("0.00"))

    table = next(block for block in read(workbook(tmp_path, fill)).blocks if isinstance(block, Table))
    first = [(cell.text, cell.col, cell.colspan, cell.rowspan, cell.place.row, cell.place.col) for cell in table.rows[0]]
    assert first == [("项目", 0, 1, 2, 4, 2), ("金额", 1, 2, 1, 4, 3)]
    assert [(cell.text, cell.covered) for cell in table.rows[1]] == [("", True), ("预算", False), ("决算", False)]


# -- hostile files ---------------------------------------------------------------------------------------------------------


def small(tmp_path: Path) -> Path:
    return workbook(tmp_path, lambda book, page: page.write(0, 0, "某局2022年"))


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_cut_file_is_refused(tmp_path: Path, part: float) -> None:
    path = workbook(tmp_path, lambda book, page: [page.write(row, 0, f"某局{row}年" * 20) for row in range(300)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert refused(path) in ("damaged_file", "unsupported_format")


def test_a_directory_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    content = bytearray(path.read_bytes())
    entry = content.index("Workbook".encode("utf-16-le"))
    content[entry + 68 : entry + 72] = (1).to_bytes(4, "little")  # the entry on its left is itself
    path.write_bytes(content)
    assert refused(path) == "damaged_file"


def test_overwritten_bytes_never_break_the_reader_in_an_unforeseen_way(tmp_path: Path) -> None:
    """Whatever is wrong in a file, it is read or refused with a reason."""
    import random

    from flows.readers import Unreadable

    path = small(tmp_path)
    data = path.read_bytes()
    draw = random.Random(7)
    refusals = 0
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(draw.randint(1, 12)):
            damaged[draw.randrange(512, len(data))] = draw.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            read(path)
        except Unreadable as refusal:
            assert refusal.reason
            refusals += 1
    assert refusals


def test_an_encrypted_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = small(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.index(b"\x09\x08") + 20  # behind the first record: one that says the stream is encrypted
    length = int.from_bytes(data[at + 2 : at + 4], "little")
    assert length >= 2
    data[at : at + 2] = b"\x2f\x00"
    data[at + 4 : at + 6] = b"\x01\x00"
    path.write_bytes(bytes(data))
    assert refused(path) == "encrypted_file"


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path, lambda book, page: page.write(0, 0, "", style("@")))) == "empty_file"
