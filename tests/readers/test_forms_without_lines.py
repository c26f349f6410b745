"""Forms without any line: told by the middles of their cells, over the page too, and set aside where they are not certain."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from flows.document import LOOSE_CELLS
from flows.readers.form_texts import texts_of
from flows.readers.page import Char, Segment
from flows.readers.pieces import strips
from flows.typeset.lettering import FONT
from tests.readers.test_continued_unruled import read_back  # noqa: F401
from tests.readers.test_pdf import Sheets, tables

LINE, ROW = 12.0, 18.0
XS = (50, 110, 180, 250, 340, 410, 470, 545)
HEAD = [("项目名称", 0, 1, 0, 1), ("示例大厅运行", 0, 1, 1, 6)]
UNITS = [
    ("主管部门", 1, 1, 0, 1),
    ("示例市示例局", 1, 1, 1, 2),
    ("实施单位", 1, 1, 3, 1),
    ("示例中心", 1, 1, 4, 3),
]
NAMES = ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分")[:6]
BLOCK = [
    ("绩效指标", 2, 3, 0, 1),
    *((words, 2, 1, col, 1) for col, words in enumerate(NAMES, 1)),
    ("产出指标", 3, 2, 1, 1),
    ("数量指标", 3, 1, 2, 1),
    *((words, 3, 1, col, 1) for col, words in enumerate(("办件数量", "≥60件", "63件", "20"), 3)),
    ("质量指标", 4, 1, 2, 1),
    *((words, 4, 1, col, 1) for col, words in enumerate(("差错率", "≤5%", "4%", "30"), 3)),
]
REST = [
    ("效益指标", 0, 2, 1, 1),
    ("社会效益\n指标", 0, 1, 2, 1),
    *((words, 0, 1, col, 1) for col, words in enumerate(("群众办事时间", "缩短", "缩短", "20"), 3)),
    ("生态效益", 1, 1, 2, 1),
    *((words, 1, 1, col, 1) for col, words in enumerate(("用纸数量", "≤3箱", "2箱", "30"), 3)),
    ("总分", 2, 1, 0, 6),
    ("100", 2, 1, 6, 1),
    ("存在问题", 3, 1, 0, 1),
    ("前期准备时间较长，支出\n集中在下半年", 3, 1, 1, 6),
    ("改进措施", 4, 1, 0, 1),
    ("无", 4, 1, 1, 6),
]


def place(sheets, top, cells):
    """Every cell's lines in the middle of its rows; a merged cell that needs more room stretches its last row."""
    heights = [0.0] * max(row + rows for _, row, rows, _, _ in cells)
    for text, row, rows, _, _ in sorted(cells, key=lambda cell: cell[2]):
        heights[row + rows - 1] += max(0.0, ROW + LINE * text.count("\n") - sum(heights[row : row + rows]))
    ys = [top + sum(heights[:number]) for number in range(len(heights) + 1)]
    for text, row, rows, col, columns in cells:
        lines = text.split("\n")
        y = (ys[row] + ys[row + rows] - len(lines) * LINE) / 2 + 9
        for line in lines:
            if col + columns == len(XS) - 1 and columns > 1:
                sheets.text(XS[col] + 3, y, line, 9)
            else:
                sheets.text((XS[col] + XS[col + columns] - width(line)) / 2, y, line, 9)
            y += LINE


def width(line):
    return stringWidth(line, FONT, 9)


def found(table):
    return [(c.raw, r, c.rowspan, c.col, c.colspan) for r, row in enumerate(table.rows) for c in row if not c.covered and c.text]


def said(table):
    return [cell[0] for cell in found(table)]


def in_order(cells):
    return [cell[0] for cell in sorted(cells, key=lambda cell: (cell[1], cell[3]))]


def test_the_rest_of_a_form_stands_in_the_columns_of_the_page_before(read_back):  # noqa: F811
    sheets = Sheets()
    sheets.text(220, 600, "项目支出绩效自评表", 14)
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    place(sheets, 60, REST)
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *BLOCK]) + in_order(REST)
    cells = {text: (row, rows) for text, row, rows, _, _ in found(table)}
    assert cells["效益指标"] == (5, 2) and cells["总分"] == (7, 1)


def test_a_merged_cell_that_goes_on_over_the_page_is_blank_there(read_back):  # noqa: F811
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    place(sheets, 60, [cell for cell in REST if cell[0] != "效益指标"])
    (table,) = tables(read_back(sheets))
    blank = table.rows[5][1]
    assert (blank.text, blank.col, blank.rowspan) == ("", 1, 2)


def test_what_is_left_of_a_row_that_the_page_break_cut_is_no_row(read_back):  # noqa: F811
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    sheets.text(262, 69, "完成比例", 9)
    sheets.text(350, 69, "以上", 9)
    sheets.text(415, 69, "左右", 9)
    document = read_back(sheets)
    assert all("完成比例" not in said(table) for table in tables(document))


def test_a_form_of_rows_that_wrap_is_told_though_few_lines_print_three_cells(read_back):  # noqa: F811
    sheets = Sheets()
    sheets.text(220, 80, "项目支出绩效目标表", 14)
    wrapped = [
        ("绩效指标", 1, 3, 0, 1),
        ("一级指标", 1, 1, 1, 1),
        ("具体\n指标", 1, 1, 2, 2),
        ("目标值", 1, 1, 4, 3),
        ("产出指标", 2, 2, 1, 1),
        ("办件\n数量", 2, 1, 2, 2),
        ("≥60件", 2, 1, 4, 3),
        ("差错\n比率", 3, 1, 2, 2),
        ("≤5%", 3, 1, 4, 3),
    ]
    below = [("存在问题", 4, 1, 0, 1), ("无", 4, 1, 1, 6), ("改进措施", 5, 1, 0, 1), ("无", 5, 1, 1, 6)]
    place(sheets, 100, [*HEAD, *((*cell[:4], cell[4]) for cell in wrapped), *below])
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *wrapped, *below])


def test_a_row_stretched_by_a_label_beside_it_is_still_in_the_middle_of_its_label(read_back):  # noqa: F811
    sheets = Sheets()
    tall = [cell if cell[0] != "绩效指标" else ("绩\n效\n指\n标\n绩", *cell[1:]) for cell in BLOCK]
    below = [("改进措施", 5, 1, 0, 1), ("无", 5, 1, 1, 6)]
    place(sheets, 100, [*HEAD, *UNITS, *tall, *below])
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *tall, *below])


def test_figures_broken_over_lines_in_a_form_are_one_each(read_back):  # noqa: F811
    money = [
        ("项目资金", 2, 3, 0, 1),
        *((words, 2, 1, col, 1) for col, words in enumerate(("资金来源", "年初数", "全年数", "执行数", "分值", "得分"), 1)),
        *(
            (words, 3, 1, col, 1)
            for col, words in enumerate(("年度总额", "7,649,16\n0.00", "6,796,44\n4.00", "5,149,56\n0.00", "10", "7.58"), 1)
        ),
        *((words, 4, 1, col, 1) for col, words in enumerate(("其他资金", "1,234,56\n7.00", "47.00", "15.00"), 1)),
    ]
    below = [("改进措施", 5, 1, 0, 1), ("无", 5, 1, 1, 6)]
    sheets = Sheets()
    place(sheets, 100, [*HEAD, *UNITS, *money, *below])
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *money, *below])


@pytest.mark.parametrize("mark", ["", "续表"])
def test_the_rest_of_a_form_is_no_table_of_its_own(read_back, mark):  # noqa: F811
    """Its first row, which prints no figure, would be taken for a header."""
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    sheets.text(50, 60, mark, 9)
    rest = [("说明", 3, 1, 0, 1), ("无", 3, 1, 1, 6)]
    rows = [
        ("效益指标", "社会效益", "办事时间", "持续缩短", "持续缩短"),
        ("效益指标", "社会效益", "知晓率", "≥98%", "97%"),
        ("满意度指标", "满意度", "满意度", "=95%", "25%"),
    ]
    rest += [(words, row, 1, col, 1) for row, texts in enumerate(rows) for col, words in enumerate(texts, 1)]
    place(sheets, 72, rest)
    (table,) = tables(read_back(sheets))
    assert said(table)[-len(rest) :] == in_order(rest)


def test_a_header_among_figures_is_no_row_of_figures(read_back):  # noqa: F811
    """Its columns of money and of indicators are not the same, and a table of either would join or part cells."""
    sheets = Sheets()
    sheets.text(220, 80, "部门整体支出绩效自评表", 14)
    rows = [
        ["任务名称", "主要内容", "预算数", "执行数", "执行率"],
        ["人员经费", "工资", "7217.00", "7217.00", "100.00%"],
        ["公用经费", "日常运转", "4352.03", "4352.03", "100.00%"],
        ["具体指标", "目标值", "分值", "完成值", "得分"],
        ["办结率", "=83%", "26", "83%", "26"],
        ["控制率", "=32.9%", "14", "81.8%", "5.63"],
    ]
    place(sheets, 100, [(words, row, 1, col, 1) for row, texts in enumerate(rows) for col, words in enumerate(texts, 1)])
    (table,) = tables(read_back(sheets))
    assert said(table) == [words for row in rows for words in row]


def test_rows_above_a_part_that_is_not_certain_are_told_and_the_part_is_set_aside(read_back):  # noqa: F811
    """Options below a header over two columns, of which the second prints a tick here and there."""
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    options = [
        ("结果应用", 4, 3, 0, 1),
        ("建议选项", 4, 1, 1, 2),
        ("具体内容", 4, 1, 3, 4),
        ("√", 5, 1, 2, 1),
        ("其他建议", 6, 1, 1, 1),
        ("√", 6, 1, 2, 1),
        ("细化标准", 6, 1, 3, 1),
    ]
    kept = [cell for cell in REST if cell[1] < 4]
    place(sheets, 60, [*kept, *options])
    sheets.text(113, 186, "继续安排", 9)
    document = read_back(sheets)
    (table,) = tables(document)
    assert said(table) == in_order([*HEAD, *UNITS, *BLOCK]) + in_order(kept)
    loose = "".join(block.text for block in document.blocks if getattr(block, "kind", "") == LOOSE_CELLS)
    assert "继续安排" in loose and "其他建议" in loose and "建议选项" in loose


def test_the_head_of_the_paper_is_no_row_of_the_form_that_goes_on_below_it(read_back):  # noqa: F811
    sheets = Sheets()
    sheets.text(220, 30, "示例市示例局决算公开", 9)
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    sheets.text(220, 30, "示例市示例局决算公开", 9)
    place(sheets, 60, REST)
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *BLOCK]) + in_order(REST)


def test_labels_go_on_below_a_row_that_sums_up_at_the_end_of_the_page(read_back):  # noqa: F811
    total = [("总分", 5, 1, 0, 6), ("50", 5, 1, 6, 1)]
    rest = [cell for cell in REST if cell[1] > 2]
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK, *total])
    sheets.turn()
    place(sheets, 6, rest)
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *BLOCK, *total]) + in_order(rest)


OPTIONS = [
    ("结果应用", 5, 3, 0, 1),
    ("建议选项", 5, 1, 1, 3),
    ("具体内容", 5, 1, 4, 3),
    ("继续安排", 6, 1, 1, 2),
    ("其他建议", 7, 1, 1, 2),
    ("财政意见", 8, 3, 0, 1),
    ("全额安排", 8, 1, 1, 2),
    ("改进管理", 9, 1, 1, 2),
    ("其他意见", 10, 1, 1, 2),
    ("√", 10, 1, 3, 1),
    ("同意", 10, 1, 4, 3),
]


def test_rows_without_a_header_stand_in_the_columns_above_and_a_header_may_be_over_two(read_back):  # noqa: F811
    sheets = Sheets()
    place(sheets, 100, [*HEAD, *UNITS, *BLOCK, *OPTIONS])
    (table,) = tables(read_back(sheets))
    assert said(table) == in_order([*HEAD, *UNITS, *BLOCK, *OPTIONS])
    where = {text: (row, rows, col) for text, row, rows, col, _ in found(table)}
    assert where["财政意见"] == (8, 3, 0) and where["全额安排"] == (8, 1, 1) and where["其他意见"] == (10, 1, 1)
    assert where["其他意见"][2] < where["√"][2] < where["同意"][2] == where["具体内容"][2]


def test_rows_of_a_name_alone_go_on_over_the_page_below_others_like_them(read_back):  # noqa: F811
    sheets = Sheets()
    place(sheets, 600, [*HEAD, *UNITS, *BLOCK, *OPTIONS[:5]])
    sheets.turn()
    rest = [("按时支付", 0, 1, 1, 2), ("另行建议", 1, 1, 1, 2), ("改进措施", 2, 1, 0, 1), ("无", 2, 1, 1, 6)]
    place(sheets, 60, rest)
    (table,) = tables(read_back(sheets))
    assert said(table)[-4:] == in_order(rest)
    assert [table.rows[row][1].text for row in (8, 9)] == ["按时支付", "另行建议"]


def test_a_figure_broken_in_a_row_between_two_lines_is_one():
    """Without the lines 346930.0 over 0 may be of two rows."""

    def printed(words, x, y):
        return [Char(sign, x + 5 * n, x + 5 * n + 5, y - 8, y + 2, y, 9) for n, sign in enumerate(words)]

    row = [*printed("年度总额", 110, 106), *printed("826039.00", 180, 106), *printed("346930.0", 252, 100), *printed("0", 270, 112)]
    lines = strips([*row, *printed("7.5", 410, 106)], 9)
    drawn = [Segment(True, 90, 50, 545), Segment(True, 120, 50, 545)]
    assert texts_of(lines, 9) is None
    assert texts_of(lines, 9, drawn[:1]) is None
    texts = texts_of(lines, 9, drawn)
    assert texts is not None
    assert "346930.00" in ["".join(piece.text for piece in text.pieces) for text in texts]
    below = strips([*row, *printed("7.5", 410, 100), *printed("8.5", 440, 112)], 9)
    assert texts_of(below, 9, drawn) is None  # two rows between the lines


def test_labels_and_texts_of_which_no_line_prints_two_go_on_with_the_form(read_back):  # noqa: F811
    rest = [
        ("存在\n问题", 0, 1, 0, 1),
        ("前期准备时间较长，支出集中在下半年", 0, 1, 1, 6),
        ("改进\n措施", 1, 1, 0, 1),
        ("尽早准备，按月支出", 1, 1, 1, 6),
    ]
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    place(sheets, 60, rest)
    (table,) = tables(read_back(sheets))
    assert said(table)[-4:] == in_order(rest)


def test_rows_between_lines_are_no_table_of_their_own_without_a_header(read_back):  # noqa: F811
    """The rest of a form, with a line under each row but not under the label: it stands in the form's columns, some of which it leaves blank."""
    sheets = Sheets()
    place(sheets, 650, [*HEAD, *UNITS, *BLOCK])
    sheets.turn()
    rows = [
        ("效益指标", "社会效益", "办事时间", "=44%", "44%"),
        ("效益指标", "社会效益", "知晓率", "建立", "建立"),
        ("满意度指标", "满意度", "满意度", "=95%", "25%"),
    ]
    rest = [(words, row, 1, col, 1) for row, texts in enumerate(rows) for col, words in enumerate(texts, 1)]
    rest += [("说明", 3, 1, 0, 1), ("无", 3, 1, 1, 6)]
    place(sheets, 72, rest)
    for y, left in ((72, 0), (90, 1), (108, 1), (126, 0), (144, 0)):
        sheets.line(XS[left], y, XS[-1], y)
    (table,) = tables(read_back(sheets))
    assert said(table)[-len(rest) :] == in_order(rest)


def test_the_title_of_the_next_form_is_no_row_of_names_that_goes_on(read_back):  # noqa: F811
    sheets = Sheets()
    place(sheets, 600, [*HEAD, *UNITS, *BLOCK, *OPTIONS[:5]])
    sheets.turn()
    for number, words in enumerate(("项目支出", "绩效自评表", "（2025年度）")):
        sheets.text(297 - width(words) / 2, 60 + 20 * number, words, 9)
    document = read_back(sheets)
    assert not any("绩效自评表" in text for table in tables(document) for text in said(table))
    assert any("绩效自评表" in getattr(block, "text", "") for block in document.blocks)
