"""Tables between upright lines whose cells are merged, and tables that print no amount: typeset here and read back."""

import pytest

from tests.readers.test_continued_unruled import ROW, draw, read_back, uprights  # noqa: F401
from tests.readers.test_pdf import ROW as HIGH
from tests.readers.test_pdf import Sheets, paragraphs, tables, texts
from tests.readers.test_unruled import place

XS = (72, 172, 252, 332, 412)


def test_uprights_that_end_above_merged_cells_of_the_last_row_are_of_one_table(read_back):  # noqa: F811
    """The unit is printed across the first row, and the sums stand in cells over two columns."""
    sheets = Sheets()
    xs = (72, 152, 212, 292, 352, 432, 492)
    rows = [
        ["科目名称", "决算数"] * 3,
        ["工资福利支出", "12.50", "办公费", "3.20", "资本性支出", "0.00"],
        ["奖金", "2.50", "水费", "1.00", "房屋购建", "0.00"],
    ]
    sheets.text(440, 92, "单位：万元")
    ys = [80, *draw(sheets, 80 + ROW, rows, xs, 1)]
    bottom = ys[-1] + ROW
    for x, words in ((75, "人员经费合计"), (180, "15.00"), (300, "公用经费合计"), (460, "4.20")):
        sheets.text(x, ys[-1] + 12, words)
    for number, x in enumerate(xs):
        sheets.line(x, ys[1] if 0 < number < 6 else 80, x, bottom if number in (0, 2, 6) else ys[-1])
    (table,) = tables(read_back(sheets))
    assert texts(table)[:3] == rows
    assert [cell.text for cell in table.rows[3] if cell.text and not cell.covered] == ["人员经费合计", "15.00", "公用经费合计", "4.20"]


HEADER = ["项目", "合计", "基本支出", "项目支出"]
DRAWN = {
    "nothing": lambda sheets, ys: None,
    "three lines": lambda sheets, ys: [sheets.line(XS[0], y, XS[-1], y) for y in (ys[0], ys[1], ys[-1])],
    "uprights": lambda sheets, ys: uprights(sheets, ys, XS),
}


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("below", [[["合计", "", "", ""]], [["栏次", "1", "2", "3"], ["合计", "", "", ""]]], ids=["sum", "numbers"])
def test_a_table_without_any_amount_is_a_table(read_back, drawn, below):  # noqa: F811
    sheets = Sheets()
    sheets.text(180, 70, "政府性基金预算财政拨款支出决算表")
    sheets.text(360, 90, "单位：万元")
    place(sheets, 100, [HEADER, *below], XS)
    DRAWN[drawn](sheets, [100 + number * HIGH for number in range(len(below) + 2)])
    document = read_back(sheets)
    (table,) = tables(document)
    assert texts(table) == [HEADER, *below]
    assert paragraphs(document) == ["政府性基金预算财政拨款支出决算表", "单位：万元"]


@pytest.mark.parametrize("words", [["甲方", "乙方", "丙方"], ["合计"]])
def test_words_beside_each_other_without_a_caption_are_no_empty_table(read_back, words):  # noqa: F811
    sheets = Sheets()
    place(sheets, 100, [words, ["合计"]], XS)
    assert tables(read_back(sheets)) == []
