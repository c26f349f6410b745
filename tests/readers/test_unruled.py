"""Tables with few lines or none, typeset here and read back; and what looks like a table and is none."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from flows.ledger.raw_count import digits_in_pdf
from flows.readers import read
from flows.readers.broken import broken_leading, rows_with_figures_mended
from flows.readers.page import Char
from flows.readers.pieces import strips
from flows.typeset import read_samples, typeset
from flows.typeset.lettering import FONT
from flows.understand import understand
from tests.bench.unruled import STYLES, compare
from tests.readers.test_pdf import LEFT, ROW, SIZE, Sheets, paragraphs, prose, tables, texts

HEADER = ["项目", "预算数", "决算数"]
BODY = [["培训费", "12.50", "11.00"], ["公务接待费", "3.20", "2.96"], ["会议费", "1,204.50", "998.07"]]
XS = (72, 220, 330, 440)


@pytest.fixture
def read_back(tmp_path):
    def _read(sheets):
        path = tmp_path / "示例.pdf"
        path.write_bytes(sheets if isinstance(sheets, bytes) else sheets.bytes())
        return read(path)

    return _read


def place(sheets, top, rows, xs=XS, height=ROW):
    """Names to the left, figures to the right, the header's words in the middle; returns where it ends."""
    for number, row in enumerate(rows):
        y = top + number * height
        for index, words in enumerate(row):
            x0, x1 = xs[index], xs[index + 1]
            if number == 0:
                sheets.cell(x0, y, x1, y + height, words)
            elif index == 0:
                sheets.text(x0 + 4, y + 15, words)
            elif words:
                sheets.text(x1 - 4 - stringWidth(words, FONT, SIZE), y + 15, words)
    return top + len(rows) * height


def lines_across(sheets, ys, x0=XS[0], x1=XS[-1]):
    for y in ys:
        sheets.line(x0, y, x1, y)


def bands(sheets):
    for number in (1, 3):
        sheets.fill(XS[0], 100 + number * ROW, XS[-1], 100 + (number + 1) * ROW, (0.85, 0.9, 0.95))


def dashes(sheets):
    for number in range(5):
        for step in range(184):
            sheets.line(72 + 2 * step, 100 + number * ROW, 73 + 2 * step, 100 + number * ROW)


def uprights(sheets):
    for x in XS:
        sheets.line(x, 100, x, 100 + 4 * ROW)


def open_sides(sheets):
    lines_across(sheets, [100 + number * ROW for number in range(5)])
    for x in XS[1:-1]:
        sheets.line(x, 100, x, 100 + 4 * ROW)


DRAWN = {
    "nothing": lambda sheets: None,
    "three lines": lambda sheets: lines_across(sheets, (100, 100 + ROW, 100 + 4 * ROW)),
    "lines across": lambda sheets: lines_across(sheets, [100 + number * ROW for number in range(5)]),
    "uprights": uprights,
    "open sides": open_sides,
    "dashes": dashes,
    "bands": bands,
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_table_is_read_whatever_of_it_is_drawn(read_back, name):
    sheets = Sheets()
    sheets.text(220, 70, "支出决算表")
    sheets.text(360, 90, "单位：万元")
    DRAWN[name](sheets)
    place(sheets, 100, [HEADER, *BODY])
    document = read_back(sheets)
    (table,) = tables(document)
    assert texts(table) == [HEADER, *BODY]
    assert [cell.col for cell in table.rows[1]] == [0, 1, 2]


def test_empty_cells_and_wrapped_names_stay_in_their_rows(read_back):
    sheets = Sheets()
    sheets.text(360, 90, "单位：万元")
    bottom = place(sheets, 100, [HEADER, ["培训费", "12.50", ""], ["其中：", "", ""]])
    sheets.text(76, bottom + 12, "机关事业单位基本养老")
    sheets.text(76, bottom + 24, "保险缴费支出")
    sheets.text(326 - stringWidth("5.00", FONT, SIZE), bottom + 18, "5.00")
    place(sheets, bottom + 10, [["", "", ""], ["住房公积金", "", "7.00"]])
    assert texts(*tables(read_back(sheets))) == [
        HEADER,
        ["培训费", "12.50", ""],
        ["其中：", "", ""],
        ["机关事业单位基本养老保险缴费支出", "5.00", ""],
        ["住房公积金", "", "7.00"],
    ]


def test_a_header_over_several_columns_spans_them(read_back):
    sheets = Sheets()
    sheets.text(360, 82, "单位：万元")
    xs = (72, 200, 280, 360, 440)
    sheets.cell(200, 90, 440, 112, "本年支出")
    sheets.cell(72, 90, 200, 134, "项目")
    for index, words in enumerate(("小计", "基本支出", "项目支出"), start=1):
        sheets.cell(xs[index], 112, xs[index + 1], 134, words)
    place(sheets, 112, [["", "", "", ""], ["培训费", "9.00", "6.00", "3.00"], ["会议费", "2.00", "1.00", "1.00"]], xs)
    (table,) = tables(read_back(sheets))
    head = [(c.text, c.col, c.colspan, c.rowspan) for row in table.rows[:2] for c in row if not c.covered]
    assert head == [("项目", 0, 1, 2), ("本年支出", 1, 3, 1), ("小计", 1, 1, 1), ("基本支出", 2, 1, 1), ("项目支出", 3, 1, 1)]
    assert texts(table)[2:] == [["培训费", "9.00", "6.00", "3.00"], ["会议费", "2.00", "1.00", "1.00"]]


@pytest.mark.parametrize("repeated", [True, False], ids=["repeated", "none"])
def test_a_table_without_lines_goes_on_over_the_page(read_back, repeated):
    sheets = Sheets()
    sheets.text(360, 640, "单位：万元")
    place(sheets, 650, [HEADER, *BODY])
    sheets.turn()
    more = [["差旅费", "5.00", "6.00"], ["邮电费", "", "8.00"]]
    place(sheets, 82 if repeated else 82 - ROW, [HEADER if repeated else ["", "", ""], *more])
    assert texts(*tables(read_back(sheets))) == [HEADER, *BODY, *more]


def test_a_stamp_over_cells_stays_out_of_them(read_back):
    sheets = Sheets()
    sheets.table(100, [HEADER, *BODY])
    sheets.canvas.saveState()
    sheets.canvas.translate(300, sheets.height - 150)
    sheets.canvas.rotate(15)
    sheets.canvas.setFont(FONT, 14)
    sheets.canvas.drawString(-60, 0, "示例市示例局2022")
    sheets.canvas.restoreState()
    document = read_back(sheets)
    assert texts(*tables(document)) == [HEADER, *BODY]
    assert paragraphs(document) == ["示例市示例局2022"]


# -- what is no table ------------------------------------------------------------------------------------------------------

DIRECTORY = [
    f"{'一二三四五六'[number]}、{words}" for number, words in enumerate(("部门职责", "机构设置", "收支情况", "名词解释", "附件", "附表"))
]


def directory(sheets, leaders):
    sheets.text(250, 80, "目录")
    for number, words in enumerate(DIRECTORY):
        dots = "." * 60 if leaders else ""
        sheets.text(LEFT, 110 + 22 * number, words + dots)
        sheets.text(500, 110 + 22 * number, str(number * 3 + 1))


def labels(sheets):
    for number in range(4):
        sheets.text(LEFT, 110 + 22 * number, "项目名称：示例项目")
        sheets.text(320, 110 + 22 * number, f"预算金额：{number}.00万元")


def signatures(sheets):
    for x, words in ((LEFT, "负责人：张三"), (240, "填表人：李四"), (400, "日期：2022.1.1")):
        sheets.text(x, 110, words)


def a_list(sheets):
    for number in range(5):
        sheets.text(LEFT, 110 + 20 * number, f"{number + 1}.")
        sheets.text(LEFT + 24, 110 + 20 * number, "规范预算管理，按规定公开。")


def running_text(sheets):
    y = 110
    for _ in range(3):
        y = prose(sheets, y, "示例市示例局2022年度支出1,204.50万元，比上年增加3.20万元，增长0.27%，主要原因是示例项目增加。" * 3)


def form(sheets):
    for number, row in enumerate((["项目名称", "示例项目"], ["年初预算", "12.00"], ["绩效目标", "完成12项任务"], ["得分", "98.00"])):
        for x, words in zip((LEFT, 250), row, strict=True):
            sheets.text(x, 110 + 24 * number, words)


TRAPS = {
    "directory": lambda sheets: directory(sheets, False),
    "directory with dots": lambda sheets: directory(sheets, True),
    "labels": labels,
    "signatures": signatures,
    "list": a_list,
    "prose": running_text,
    "form": form,
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_only_looks_like_a_table_is_none(read_back, name):
    sheets = Sheets()
    TRAPS[name](sheets)
    document = read_back(sheets)
    assert tables(document) == []
    assert paragraphs(document)


# -- any table of figures, any sample report -------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.integers(3, 7), st.integers(3, 14), st.sampled_from(["nothing", "three lines", "lines across"]), st.integers(0, 10**6))
def test_any_grid_of_figures_is_read_back(tmp_path_factory, columns, rows, drawn, seed):
    """Any widths, any figures, any cells left empty below the first two rows."""
    random_ = random.Random(seed)
    xs = [72.0, 200.0]
    while len(xs) <= columns:
        xs.append(xs[-1] + random_.uniform(52, 60))
    names = ("合计", "培训费", "办公费", "公务接待费", "一般公共服务支出", "差旅费")
    heads = ("年初预算", "决算数", "调整预算", "执行数", "结余", "结转")
    table = [["项目", *random_.sample(heads, columns - 1)]]
    for number in range(rows):
        figures = [f"{random_.uniform(0, 9999):,.2f}" if number < 2 or random_.random() < 0.7 else "" for _ in range(columns - 1)]
        table.append([random_.choice(names), *figures])
    sheets = Sheets()
    sheets.text(300, 90, "单位：万元")
    ys = [100 + number * ROW for number in range(rows + 2)]
    lines_across(sheets, {"nothing": [], "three lines": [ys[0], ys[1], ys[-1]], "lines across": ys}[drawn], xs[0], xs[-1])
    place(sheets, 100, table, xs)
    path = tmp_path_factory.mktemp("grid") / "示例.pdf"
    path.write_bytes(sheets.bytes())
    assert [texts(found) for found in read(path).tables()] == [table]


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_amounts_of_sample_reports_are_read_without_lines_as_with_all(tmp_path, style):
    """At least 99 of 100 amounts with their line and header; none may be made up more often than missed."""
    expected, agreeing, extra = compare(style, tmp_path, ("accounts",))["accounts"]
    assert expected > 2000
    assert agreeing >= 0.99 * expected
    assert extra <= 0.01 * expected


def test_a_report_typeset_with_other_lines_holds_the_same_digits(tmp_path):
    """Whatever is made of a table, no character is lost or doubled."""
    sample = read_samples()[0]
    layout = replace(sample.layout, dialect="pdf", ruling="none", stamp=False, running_head=True)
    for name, content in typeset(sample.report, layout).items():
        path = tmp_path / name
        path.write_bytes(content)
        document = read(path)
        blocks = [block.text for block in document.blocks if hasattr(block, "text")]
        cells = [cell.text for table in document.tables() for row in table.rows for cell in row if not cell.covered]
        assert sum(char.isdecimal() for text in blocks + cells for char in text) == digits_in_pdf(path)


# -- forms -----------------------------------------------------------------------------------------------------------------

FORM_XS = (72, 132, 202, 272, 342, 412, 482)
FORM = [  # text, top row, rows, first column, columns
    [("项目名称", 0, 1, 0, 1), ("示例大厅运行", 0, 1, 1, 5)],
    [("主管部门", 1, 1, 0, 1), ("示例市示例局", 1, 1, 1, 2), ("实施单位", 1, 1, 3, 1), ("示例中心", 1, 1, 4, 2)],
    [
        ("绩效指标", 2, 4, 0, 1),
        *((words, 2, 1, col, 1) for col, words in enumerate(("一级指标", "二级指标", "三级指标", "指标值", "完成值"), 1)),
    ],
    [("产出指标", 3, 2, 1, 1), ("数量指标", 3, 2, 2, 1), ("办件数量", 3, 1, 3, 1), ("≥60件", 3, 1, 4, 1), ("63件", 3, 1, 5, 1)],
    [("培训次数", 4, 1, 3, 1), ("12次", 4, 1, 4, 1), ("13次", 4, 1, 5, 1)],
    [("效益指标", 5, 1, 1, 1), ("社会效益", 5, 1, 2, 1), ("投诉率", 5, 1, 3, 1), ("≤5%", 5, 1, 4, 1), ("4%", 5, 1, 5, 1)],
]


def evaluation_form(sheets, top, drawn, centred=True):
    """``drawn``: cell by cell, as broad as the form, or not at all; ``centred``: are merged cells' texts in the middle of their rows?"""
    for text, row, rows, col, columns in (cell for line in FORM for cell in line):
        x0, y0, x1, y1 = FORM_XS[col], top + row * ROW, FORM_XS[col + columns], top + (row + rows) * ROW
        sheets.cell(x0, y0, x1, y1 if centred else y0 + ROW, text)
        if drawn == "cells":
            sheets.line(x0, y0, x1, y0)
            sheets.line(x0, y1, x1, y1)
    if drawn == "broad":
        lines_across(sheets, [top + number * ROW for number in range(7)], FORM_XS[0], FORM_XS[-1])


def test_lines_across_drawn_cell_by_cell_tell_merged_cells(read_back):
    sheets = Sheets()
    evaluation_form(sheets, 100, "cells")
    (table,) = tables(read_back(sheets))
    found = [(c.text, r, c.rowspan, c.col, c.colspan) for r, row in enumerate(table.rows) for c in row if not c.covered]
    assert found == [cell for line in FORM for cell in line]


def sides(sheets, x0, y0, x1, y1):
    """A cell's own upper and lower side."""
    sheets.line(x0, y0, x1, y0)
    sheets.line(x0, y1, x1, y1)


def test_a_unit_closed_by_a_line_as_broad_as_the_form_is_no_cell_of_it(read_back):
    sheets = Sheets()
    sides(sheets, FORM_XS[0], 100 - ROW, FORM_XS[-1], 100)
    sheets.text(400, 100 - ROW + 15, "单位：万元")
    evaluation_form(sheets, 100, "cells", centred=False)
    (table,) = tables(read_back(sheets))
    found = [(c.text, r, c.rowspan) for r, row in enumerate(table.rows) for c in row if not c.covered]
    assert found == [cell[:3] for line in FORM for cell in line]


def test_the_last_row_of_a_form_may_stand_alone_on_the_next_page(read_back):
    sheets = Sheets()
    evaluation_form(sheets, 640, "cells")
    sheets.turn()
    for col, columns, words in ((0, 1, "改进措施"), (1, 5, "无")):
        x0, x1 = FORM_XS[col], FORM_XS[col + columns]
        sides(sheets, x0, 60, x1, 60 + ROW)
        sheets.cell(x0, 60, x1, 60 + ROW, words)
    (table,) = tables(read_back(sheets))
    assert texts(table)[-1] == ["改进措施", "无"]


def test_a_row_alone_between_lines_with_no_table_before_it_is_none(read_back):
    sheets = Sheets()
    for x0, x1, words in ((72, 132, "改进措施"), (132, 482, "无")):
        sides(sheets, x0, 60, x1, 60 + ROW)
        sheets.cell(x0, 60, x1, 60 + ROW, words)
    assert tables(read_back(sheets)) == []


def test_a_merged_cell_that_goes_on_blank_and_open_to_the_side_is_a_column(read_back):
    sheets = Sheets()
    rows = [["效益指标", "办件数量", "≥60件"], ["满意度指标", "群众满意度", "=2%"], ["满意度指标", "企业满意度", "≥40%"]]
    xs = (132, 242, 352, 482)
    sides(sheets, 72, 100, xs[0], 100 + 3 * ROW)  # the rest of 绩效指标, whose text stands on the page before
    sheets.line(xs[0], 100, xs[0], 100 + 3 * ROW)
    for number, row in enumerate(rows):
        y = 100 + number * ROW
        for index, words in enumerate(row):
            sides(sheets, xs[index], y, xs[index + 1], y + ROW)
            sheets.cell(xs[index], y, xs[index + 1], y + ROW, words)
            if index:
                sheets.line(xs[index], y, xs[index], y + ROW)
    (table,) = tables(read_back(sheets))
    assert [[c.text for c in row if not c.covered] for row in table.rows] == [["", *rows[0]], *rows[1:]]
    assert table.rows[0][0].rowspan == 3


@pytest.mark.parametrize("drawn", ["broad", "nothing"])
def test_a_form_whose_cells_cannot_be_told_is_set_aside_and_not_read_as_prose(read_back, drawn):
    sheets = Sheets()
    sheets.text(200, 70, "项目支出绩效自评表")
    evaluation_form(sheets, 100, drawn, centred=False)
    document = read_back(sheets)
    assert tables(document) == []
    assert paragraphs(document) == ["项目支出绩效自评表"]
    said = understand(document, "示例市示例局_2022_部门决算.pdf").findings
    assert not said.rows.get("statements") and not said.rows.get("indicators")
    refused = [entry for entry in said.set_aside if entry["reason"] == "表格没有足够的线，栏目不能确定"]
    assert "".join(c for entry in refused for c in entry["source_text"] if c.isdecimal()) == "6063121354"


def test_merged_cells_in_the_middle_of_their_rows_are_told_without_any_line(read_back):
    sheets = Sheets()
    evaluation_form(sheets, 100, "nothing")
    (table,) = tables(read_back(sheets))
    found = [(c.text, r, c.rowspan) for r, row in enumerate(table.rows) for c in row if not c.covered]
    assert found == [cell[:3] for line in FORM for cell in line]


def test_prose_above_and_below_loose_cells_stays_prose(read_back):
    sheets = Sheets()
    end = prose(sheets, 80, "示例市示例局2022年度支出1,204.50万元，比上年增加3.20万元，增长0.27%，主要原因是示例项目增加。" * 2)
    evaluation_form(sheets, end + 10, "nothing", centred=False)
    prose(sheets, end + 10 + 7 * ROW, "示例市示例局2022年度收入1,304.50万元，比上年增加4.20万元，增长0.37%，主要原因是示例项目增加。" * 2)
    text = "".join(paragraphs(read_back(sheets)))
    assert text.count("1,204.50") == 2 and text.count("1,304.50") == 2
    assert "绩效指标" not in text


def test_a_dashed_upright_one_row_high_parts_cells(read_back):
    sheets = Sheets()
    sheets.text(360, 90, "单位：万元")
    rows = [["科目编码", "科目名称", "决算数"], ["208", "社会保障支出", "9.00"]]
    for number in range(3):
        for step in range(184):
            sheets.line(72 + 2 * step, 100 + number * 18, 73 + 2 * step, 100 + number * 18)
    for x in (72, 220, 440):
        for step in range(12):
            sheets.line(x, 100 + 3 * step, x, 101.5 + 3 * step)
    for step in range(6):
        sheets.line(150, 100 + 3 * step, 150, 101.5 + 3 * step)
    place(sheets, 100, rows, (72, 150, 220, 440), 18)
    (table,) = tables(read_back(sheets))
    assert texts(table)[0] == rows[0]


def test_figures_broken_over_lines_are_one_each():
    def chars(right, y, words):
        return [Char(sign, right - 5 * (len(words) - n), right - 5 * (len(words) - n - 1), y - 8, y, y, 9) for n, sign in enumerate(words)]

    printed = [(100, "8,509,"), (112, "000.00"), (130, "1,234,"), (142, "567.00")]
    lines = strips([char for y, words in printed for char in chars(200, y, words)], 9.0)
    leading = broken_leading(lines, 9.0)
    assert leading == 12
    rows, _ = rows_with_figures_mended(lines, leading)
    assert [[line.text for line in row] for row in rows] == [["8,509,000.00"], ["1,234,567.00"]]
    whole = strips([char for y, words in [(100, "12.50"), (112, "11.00")] for char in chars(200, y, words)], 9.0)
    assert broken_leading(whole, 9.0) is None


def test_unit_inside_three_lines_is_above_the_table(read_back):
    sheets = Sheets()
    sheets.text(380, 100 + 15, "单位：万元")
    place(sheets, 100 + ROW, [HEADER, *BODY])
    lines_across(sheets, (100, 100 + 2 * ROW, 100 + 5 * ROW))
    (table,) = tables(read_back(sheets))
    assert texts(table) == [HEADER, *BODY]


def test_unit_inside_upright_lines_is_above_the_table(read_back):
    sheets = Sheets()
    sheets.text(380, 100 + 15, "单位：万元")
    bottom = place(sheets, 100 + ROW, [HEADER, *BODY])
    for x in XS:
        sheets.line(x, 100 if x in (XS[0], XS[-1]) else 100 + ROW, x, bottom)
    (table,) = tables(read_back(sheets))
    assert texts(table) == [HEADER, *BODY]


def two_sided(sheets, top, blocks):
    """Names, codes and amounts, twice beside each other, under 人员经费 and 公用经费; a blank line stands for no row of the block."""
    xs = (60, 150, 190, 260, 350, 390, 460)
    sheets.cell(xs[0], top, xs[3], top + ROW, "人员经费")
    sheets.cell(xs[3], top, xs[6], top + ROW, "公用经费")
    place(sheets, top + ROW, [["科目名称", "编码", "决算数", "科目名称", "编码", "决算数"]], xs)
    for number, row in enumerate(blocks, 2):
        for index, words in enumerate(row):
            x = xs[index + 1] - 4 - stringWidth(words, FONT, SIZE) if index % 3 == 2 else xs[index] + 4
            sheets.text(x, top + number * ROW + 15, words)
    bottom = top + (len(blocks) + 2) * ROW
    for words, left, right in (("人员经费合计", 0, 2), ("公用经费合计", 3, 5)):
        sheets.cell(xs[left], bottom, xs[right], bottom + ROW, words)
    for amount, right in (("9.00", 3), ("8.50", 6)):
        sheets.text(xs[right] - 4 - stringWidth(amount, FONT, SIZE), bottom + 15, amount)
    return bottom + ROW


BLOCKS = [
    ["基本工资", "30101", "5.00", "办公费", "30201", "6.50"],
    ["津贴补贴", "30102", "3.00", "印刷费", "30202", "2.00"],
    ["奖金", "30103", "1.00", "", "", ""],
]


@pytest.mark.parametrize("drawn", ["nothing", "three lines"])
def test_labels_of_totals_merged_over_names_and_codes_neither_join_columns_nor_head_them(read_back, drawn):
    sheets = Sheets()
    sheets.text(360, 90, "单位：万元")
    bottom = two_sided(sheets, 100, BLOCKS)
    if drawn == "three lines":
        lines_across(sheets, (100, 100 + 2 * ROW, bottom), 60, 460)
    (table,) = tables(read_back(sheets))
    assert texts(table)[2:5] == BLOCKS
    assert [text for text in texts(table)[5] if text] == ["人员经费合计", "9.00", "公用经费合计", "8.50"]


def test_names_alone_on_their_lines_are_rows_below_the_word_that_the_table_goes_on(read_back):
    names = ["二十、粮油支出", "二十一、国资支出", "二十二、应急支出", "二十三、其他支出", "二十四、还本支出"]
    xs = (60, 160, 240, 380, 480)
    sheets = Sheets()
    sheets.text(360, 90, "单位：万元")
    first = [["收入", "金额", "支出", "金额"], ["一、拨款", "12.50", "一、公共服务", "3.00"], ["二、其他", "1.50", "二、教育", "11.00"]]
    place(sheets, 700, first[:1], xs)
    for number, row in enumerate(first[1:], 1):
        _row(sheets, 700 + number * ROW, row, xs)
    sheets.turn()
    sheets.text(60, 70, "续表")
    for number, name in enumerate(names):
        _row(sheets, 80 + number * ROW, ["", "", name, ""], xs)
    total = ["本年收入合计", "14.00", "本年支出合计", "14.00"]
    _row(sheets, 80 + len(names) * ROW, total, xs)
    (table,) = tables(read_back(sheets))
    assert texts(table) == [*first, *(["", "", name, ""] for name in names), total]


def _row(sheets, top, row, xs):
    for index, words in enumerate(row):
        x = xs[index + 1] - 4 - stringWidth(words, FONT, SIZE) if index % 2 else xs[index] + 4
        if words:
            sheets.text(x, top + 15, words)


def test_a_long_table_below_a_caption_may_print_a_single_figure(read_back):
    xs = (60, 160, 240, 380, 480)
    rows = [["一、拨款", "12.50", "一、公共服务", ""], *([f"{n}、其他来源", "", f"{n}、其他支出", ""] for n in "二三四五六")]
    sheets = Sheets()
    sheets.text(360, 90, "单位：万元")
    place(sheets, 100, [["收入", "金额", "支出", "金额"]], xs)
    for number, row in enumerate(rows, 1):
        _row(sheets, 100 + number * ROW, row, xs)
    (table,) = tables(read_back(sheets))
    assert texts(table)[1:] == rows


def test_an_amount_broken_after_its_first_decimal_is_one():
    """Where all other figures have two decimals, 41.0 over 0 is 41.00."""

    def chars(right, y, words):
        return [
            Char(sign, right - 5 * (len(words) - i), right - 5 * (len(words) - i - 1), y - 9, y + 2, y, 10.0)
            for i, sign in enumerate(words)
        ]

    drawn = chars(200, 100, "141,462,415.0") + chars(200, 112, "0") + chars(200, 140, "2,115.30") + chars(200, 160, "17.25")
    lines = strips(drawn, 10.0)
    leading = broken_leading(lines, 10.0)
    assert leading is not None
    rows, _ = rows_with_figures_mended(lines, leading)
    assert [piece.text for row in rows for line in row for piece in line.pieces] == ["141,462,415.00", "2,115.30", "17.25"]
