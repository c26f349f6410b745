"""Tables with few lines or none that go on over the page, typeset here and read back."""

from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from flows.readers import read
from flows.typeset.lettering import FONT
from tests.readers.test_pdf import SIZE, Sheets, tables, texts

LINE = 12.0  # from line to line of one cell
ROW = 18.0  # the height of a row of one line
XS = (72, 172, 202, 302, 402, 432, 532)
SIDES = ["项目", "行次", "金额", "项目", "行次", "金额"]
FIRST = [["一、财政拨款收入", "1", "12.50", "一、教育支出", "14", "0.00"], ["二、事业收入", "2", "3.20", "二、科学技术支出", "15", "15.70"]]
REST = [
    ["", "3", "", "三、灾害防治及\n应急管理支出", "16", ""],
    ["", "4", "", "四、其他支出", "17", ""],
    ["", "5", "", "五、债务还本\n支出", "18", ""],
    ["总计", "6", "15.70", "总计", "19", "15.70"],
]


@pytest.fixture
def read_back(tmp_path):
    def _read(sheets):
        path = tmp_path / "示例.pdf"
        path.write_bytes(sheets.bytes())
        return read(path)

    return _read


def draw(sheets, top, rows, xs, heads=0):
    """Cells of one or more lines in the middle of their rows: header words centred, figures to the right. Gives the rows' edges."""
    ys = [top]
    for number, row in enumerate(rows):
        height = ROW + LINE * max(words.count("\n") for words in row)
        for x0, x1, words in zip(xs, xs[1:], row, strict=False):
            lines = words.split("\n")
            y = ys[-1] + (height - len(lines) * LINE) / 2 + 9
            for line in lines:
                free = x1 - x0 - 6 - stringWidth(line, FONT, SIZE)
                shift = free / 2 if number < heads or (line.isdigit() and len(line) < 3) else free if line[-1:].isdigit() else 0
                if line:
                    sheets.text(x0 + 3 + shift, y, line)
                y += LINE
        ys.append(ys[-1] + height)
    return ys


def cell_by_cell(sheets, y, xs):
    for x0, x1 in pairwise(xs):
        sheets.line(x0, y, x1, y)


def uprights(sheets, ys, xs):
    for x in xs:
        for a, b in pairwise(ys):
            sheets.line(x, a, x, b)


def as_read(rows):
    return [[words.replace("\n", "") for words in row] for row in rows]


def test_rows_between_the_last_two_of_three_lines_are_not_one(read_back):
    """Numbered rows of which most have no amount: the lines of the next page close no cell but the table's own outline."""
    sheets = Sheets()
    sheets.text(450, 690, "单位：万元")
    ys = draw(sheets, 700, [SIDES, *FIRST], XS, 1)
    for y in (ys[0], ys[1], ys[-1]):
        cell_by_cell(sheets, y, XS)
    sheets.turn()
    ys = draw(sheets, 60, REST, XS)
    for y in (ys[0], ys[-1]):
        cell_by_cell(sheets, y, XS)
    assert [texts(table) for table in tables(read_back(sheets))] == [as_read([SIDES, *FIRST, *REST])]


def test_names_above_the_first_figures_of_a_page_are_no_header(read_back):
    sheets = Sheets()
    sheets.text(450, 690, "单位：万元")
    xs = (72, 202, 302, 432, 532)
    short = [[*row[:1], *row[2:4], *row[5:]] for row in (SIDES, *FIRST, *REST)]
    short[4][2] = "四、自然资源海洋气象支出"  # its middle is that of three columns
    ys = draw(sheets, 700, short[:3], xs, 1)
    for y in (ys[0], ys[1], ys[-1]):
        cell_by_cell(sheets, y, xs)
    sheets.turn()
    ys = draw(sheets, 60, short[3:], xs)
    for y in (ys[0], ys[-1]):
        cell_by_cell(sheets, y, xs)
    (table,) = tables(read_back(sheets))
    assert texts(table) == as_read(short)
    assert all(cell.colspan == 1 for row in table.rows for cell in row)


@pytest.mark.parametrize("repeated", [True, False], ids=["repeated", "none"])
def test_names_above_the_first_figures_between_uprights_are_rows(read_back, repeated):
    sheets = Sheets()
    sheets.text(450, 690, "单位：万元")
    ys = draw(sheets, 700, [SIDES, *FIRST], XS, 1)
    uprights(sheets, ys, XS)
    sheets.turn()
    names = [["", "", "", f"{number}、灾害防治及\n应急管理支出", "", ""] for number in "三四五六"]
    ys = draw(sheets, 60, [*([SIDES] if repeated else []), *names, REST[-1]], XS, int(repeated))
    uprights(sheets, ys, XS)
    (table,) = tables(read_back(sheets))
    assert texts(table) == as_read([SIDES, *FIRST, *names, REST[-1]])
    assert all(cell.rowspan == 1 for row in table.rows for cell in row)


def test_another_table_of_the_same_columns_begins_with_its_own_header(read_back):
    sheets = Sheets()
    xs = (72, 202, 302, 402)
    for page, words in enumerate((["项目", "预算数", "决算数"], ["项目", "基本支出", "项目支出"])):
        if page:
            sheets.turn()
        ys = draw(sheets, 100, [words, ["培训费", "12.50", "11.00"], ["会议费", "1.50", "2.96"]], xs, 1)
        uprights(sheets, ys, xs)
    assert [texts(table)[0] for table in tables(read_back(sheets))] == [["项目", "预算数", "决算数"], ["项目", "基本支出", "项目支出"]]


def test_the_last_row_alone_on_a_page_goes_on_with_the_table_without_lines(read_back):
    sheets = Sheets()
    sheets.text(450, 690, "单位：万元")
    draw(sheets, 700, [SIDES, *FIRST], XS, 1)
    sheets.turn()
    draw(sheets, 60, REST[-1:], XS)
    assert [texts(table) for table in tables(read_back(sheets))] == [[SIDES, *FIRST, REST[-1]]]


def test_a_header_word_that_touches_neither_names_nor_figures_is_theirs(read_back):
    """Most names of a side have no figure; the words over both of its columns stand in the gap between them."""
    sheets = Sheets()
    sheets.text(450, 90, "单位：万元")
    xs = (72, 202, 302, 432, 532)
    head = [["收入", "", "支出", ""], ["项目", "金额", "项目", "金额"]]
    sheets.text(177, 109, "收入")
    sheets.text(407, 109, "支出")
    names = [
        ["一、拨款", "8,212.84", "一、外交", ""],
        ["二、其他", "", "二、国防", ""],
        ["三、事业", "", "三、教育", "3,479.90"],
        ["总计", "8,212.84", "总计", "8,212.84"],
    ]
    draw(sheets, 118, [head[1], *names], xs, 1)
    (table,) = tables(read_back(sheets))
    assert texts(table)[1:] == [head[1], *names]
    assert [(cell.text, cell.col, cell.colspan) for cell in table.rows[0] if not cell.covered] == [("收入", 0, 2), ("支出", 2, 2)]


def test_header_words_beside_each_other_that_cannot_be_told_apart_are_set_aside(read_back):
    """类 款 项 stand below one word, and no row tells that 项 and 名称 head columns of their own: no header is made of both."""
    sheets = Sheets()
    sheets.text(450, 90, "单位：元")
    for x, y, words in (
        (163.3, 118.5, "项目"),
        (383.3, 118.5, "政府性基金预算支出"),
        (51.4, 136.5, "支出功能分类科目编"),
        (87.4, 148.5, "码"),
        (182.1, 148.5, "功能分类科目名称"),
        (319.0, 148.5, "合计（元）"),
        (392.3, 148.5, "基本支出（元）"),
        (474.6, 148.5, "项目支出（元）"),
        (60.0, 166.5, "类"),
        (90.1, 166.5, "款"),
        (117.6, 166.5, "项"),
        (165.2, 184.5, "合计"),
        (365.1, 184.5, "0.00"),
        (447.4, 184.5, "0.00"),
        (529.7, 184.5, "0.00"),
    ):
        sheets.text(x, y, words, 9)
    for table in tables(read_back(sheets)):
        assert not any("合计（元）" in text and "基本支出（元）" in text for row in texts(table) for text in row)
