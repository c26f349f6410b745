"""Sheets printed as PDF: what a page cuts away of a cell, and cells that go on over the page."""

import pytest

from flows.ledger.raw_count import digits_in_file
from flows.readers import read
from tests.readers.test_pdf import ROW, TOP, Sheets, tables, texts

XS = (72, 132, 222, 332, 412, 482)
BREAK = 400.0  # where the rows of the first page end
NEXT = TOP  # where those of the second begin


def clipped(sheets, top, bottom, x, y, words):
    """Words of which only what stands between top and bottom is seen."""
    sheets.canvas.saveState()
    shown = sheets.canvas.beginPath()
    shown.rect(XS[0], sheets.height - bottom, XS[-1] - XS[0], bottom - top)
    sheets.canvas.clipPath(shown, stroke=0, fill=0)
    sheets.text(x, y, words)
    sheets.canvas.restoreState()


def row(sheets, top, words, xs=XS):
    for x0, x1, text in zip(xs, xs[1:], words, strict=False):
        sheets.box(x0, top, x1, top + ROW)
        sheets.cell(x0, top, x1, top + ROW, text)


def form(first, second, label, at):
    """A form whose first-level cell reaches over the page: two rows on either page; its label's baseline lies ``at`` below the break."""
    sheets = Sheets()
    above, height = BREAK - 2 * ROW, 2 * ROW
    row(sheets, above - ROW, ("一级指标", "二级指标", "三级指标", "指标值", "完成值"))
    for page, (rows, top) in enumerate(((first, above), (second, NEXT))):
        for number, words in enumerate(rows):
            row(sheets, top + number * ROW, words, XS[1:])
        sheets.line(XS[0], top, XS[0], top + height)
        clipped(sheets, top, top + height, XS[0] + 5, (BREAK if page == 0 else NEXT) + at, label)
        if page == 0:
            sheets.turn()
    sheets.line(XS[0], NEXT + height, XS[1], NEXT + height)
    return sheets


FIRST = [("数量", "甲", "≥3", "4"), ("质量", "乙", "≥90%", "91%")]
SECOND = [("时效", "丙", "按期", "按期"), ("成本", "丁", "≤5", "5")]


@pytest.mark.parametrize("at", [-20.0, 20.0], ids=["seen on the first page", "seen on the second"])
def test_a_cell_that_goes_on_over_the_page_is_one_with_its_text_where_it_is_seen(path_of, at):
    document = read(path_of(form(FIRST, SECOND, "产出指标", at)))
    (table,) = tables(document)
    assert texts(table)[1:] == [["产出指标", *FIRST[0]], ["", *FIRST[1]], ["", *SECOND[0]], ["", *SECOND[1]]]
    label = table.rows[1][0]
    assert (label.rowspan, label.covered, label.place.page) == (4, False, 1 if at < 0 else 2)
    assert [line[0].covered for line in table.rows[2:]] == [True, True, True]
    assert len(document.blocks) == 1  # what is cut away stands nowhere


def test_a_row_of_words_below_cells_that_go_on_is_no_header(path_of):
    second = [("时效", "丙", "按期", "按期"), ("成本", "丁", "不超", "不超")]
    (table,) = tables(read(path_of(form(FIRST, second, "产出", -20.0))))
    assert len(table.rows) == 5


def test_digits_cut_away_are_not_counted_as_printed(path_of):
    path = path_of(form(FIRST, SECOND, "2023", 20.0))
    read_digits = sum(sum(sign.isdigit() for sign in cell.text) for table in tables(read(path)) for line in table.rows for cell in line)
    assert digits_in_file(path, "pdf") == read_digits


def test_a_number_of_which_an_end_is_cut_away_stays_whole(path_of):
    sheets = Sheets()
    row(sheets, TOP, ("项目", "金额", "说明", "", ""))
    sheets.canvas.saveState()
    shown = sheets.canvas.beginPath()
    shown.rect(XS[1], 0, 20, sheets.height)
    sheets.canvas.clipPath(shown, stroke=0, fill=0)
    sheets.text(XS[1] + 2, TOP + ROW + 14, "12345.67")
    sheets.canvas.restoreState()
    row(sheets, TOP + ROW, ("甲", "", "", "", ""))
    (table,) = tables(read(path_of(sheets)))
    assert texts(table)[1][1] == "12345.67"


# -- columns on further pages ----------------------------------------------------------------------------------------------

NAMES = [("科目编码", "科目名称"), ("208", "示例支出"), ("20801", "样本管理"), ("2080101", "样本运行"), ("221", "住房"), ("22102", "改革")]
SUMS = [("合计", "基本支出"), *((f"{n}.50", f"{n}.00") for n in range(1, 6))]
REST = [("项目支出",), *((f"{n}.25",) for n in range(1, 6))]


def sheet(*pages):
    """Pages of tables: the captions above each, its rows and the edges of its columns."""
    sheets = Sheets()
    for number, (caption, rows, xs) in enumerate(pages):
        if number:
            sheets.turn()
        if caption:
            sheets.text(XS[0], TOP - 20, caption)
        for at, words in enumerate(rows):
            row(sheets, TOP + at * ROW, words, xs)
    return sheets


def beside(*parts):
    return [[text for part in line for text in part] for line in zip(*parts, strict=True)]


def test_columns_on_further_pages_go_on_with_the_rows_of_the_first(path_of):
    pages = ("部门：示例局", NAMES, (72, 152, 300)), ("支出决算表", SUMS, (72, 200, 320)), ("单位：万元", REST, (72, 180))
    document = read(path_of(sheet(*pages)))
    (table,) = tables(document)
    assert texts(table) == beside(NAMES, SUMS, REST)
    assert [cell.place.page for cell in table.rows[2]] == [1, 1, 2, 2, 3]
    assert table.rows[2][4].place.box == pytest.approx((72, TOP + 2 * ROW, 180, TOP + 3 * ROW), abs=1)
    assert [block.text for block in document.blocks[:3]] == ["部门：示例局", "支出决算表", "单位：万元"]


@pytest.mark.parametrize("down_first", [True, False])
def test_rows_and_columns_may_both_go_on(path_of, down_first):
    more_names = [("229", "其他"), ("22960", "样本"), ("2296001", "样本一"), ("230", "转移"), ("23002", "样本二")]
    more_sums = [(f"{n}.60", f"{n}.70") for n in range(1, 6)]
    left, right = (72, 152, 300), (72, 200, 320)
    pages = [("", NAMES, left), ("", more_names, left), ("", SUMS, right), ("", more_sums, right)]
    (table,) = tables(read(path_of(sheet(*(pages if down_first else [pages[0], pages[2], pages[1], pages[3]])))))
    assert texts(table) == beside([*NAMES, *more_names], [*SUMS, *more_sums])


def test_a_table_of_the_same_rows_with_names_of_its_own_is_another(path_of):
    other = [("项目", "金额"), *((f"样本{n}", f"{n}.00") for n in "一二三四五")]
    assert len(tables(read(path_of(sheet(("", NAMES, (72, 152, 300)), ("另表", other, (72, 200, 320))))))) == 2


# -- the name of the sheet above a table that goes on ------------------------------------------------------------------------


def under_heads(first, second, bottom):
    """Two pages with the name of their sheet at the same height, and tables; the first ends at ``bottom``."""
    sheets = Sheets()
    for page, rows in enumerate((first, second)):
        if page:
            sheets.turn()
        sheets.text(XS[0], 45, "GK06")
        top = TOP if page else bottom - len(rows) * ROW
        for at, words in enumerate(rows):
            row(sheets, top + at * ROW, words, (72, 152, 300, 400))
    return sheets


TABLE = [("科目编码", "科目名称", "金额"), ("208", "示例支出", "5.00"), ("20801", "样本管理", "4.00")]
GOES_ON = [("20802", "样本运行", "1.00"), ("221", "住房", "3.00")]


def test_a_table_goes_on_below_the_name_of_its_sheet(path_of):
    (table,) = tables(read(path_of(under_heads(TABLE, GOES_ON, 780))))
    assert texts(table) == [list(line) for line in [*TABLE, *GOES_ON]]


@pytest.mark.parametrize(("second", "bottom"), [(GOES_ON, 400), ([("科目编码", "样本", "7.00"), *GOES_ON], 780)])
def test_a_table_that_was_at_its_end_or_begins_again_does_not_go_on(path_of, second, bottom):
    assert len(tables(read(path_of(under_heads(TABLE, second, bottom))))) == 2
