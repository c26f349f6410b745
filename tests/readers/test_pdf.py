"""PDFs typeset here and read back: tables with spans and borders of all kinds, tables and text over page breaks, damaged files."""

import random
from collections import Counter
from io import BytesIO
from itertools import accumulate, pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from flows.document import Paragraph
from flows.readers import Unreadable, read
from flows.readers.pdf import page_content
from flows.typeset.lettering import FONT, draw_line

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP = 72.0, WIDTH - 72.0, 72.0
SIZE = 10.0
ROW = 22.0
WHITE, BLACK, GREY = (1, 1, 1), (0, 0, 0), (0.8, 0.8, 0.8)


class Sheets:
    """Pages under construction. Positions are from the upper left corner, as the reader gives them."""

    def __init__(self, size=A4, **options):
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1, **options)
        self.height = size[1]
        self.canvas.setLineWidth(0.5)

    def text(self, x, y, words, size=SIZE, font=FONT):
        """Words whose baseline is at y."""
        self.canvas.setFont(font, size)
        draw_line(self.canvas, x, self.height - y, words)

    def line(self, x0, y0, x1, y1):
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, x0, y0, x1, y1, colour=BLACK):
        """A filled area without an outline."""
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColorRGB(*BLACK)

    def box(self, x0, y0, x1, y1):
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0)

    def cell(self, x0, y0, x1, y1, words):
        """Words in the middle of an area, broken at line breaks."""
        lines = words.split("\n")
        first = (y0 + y1 - (len(lines) - 1) * 1.2 * SIZE) / 2 + 0.36 * SIZE
        for number, line in enumerate(lines):
            if line:
                self.text((x0 + x1 - stringWidth(line, FONT, SIZE)) / 2, first + number * 1.2 * SIZE, line)

    def table(self, top, rows, xs=(72, 200, 320, 440), height=ROW):
        """A plain ruled table; returns where it ends."""
        for number, row in enumerate(rows):
            y = top + number * height
            for x0, x1, words in zip(xs, xs[1:], row, strict=False):
                self.box(x0, y, x1, y + height)
                self.cell(x0, y, x1, y + height, words)
        return top + len(rows) * height

    def turn(self):
        self.canvas.showPage()
        self.canvas.setLineWidth(0.5)

    def bytes(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


@pytest.fixture
def read_back(tmp_path):
    """Reads what was typeset: sheets, or the bytes of a file."""

    def _read(sheets):
        path = tmp_path / "示例.pdf"
        path.write_bytes(sheets if isinstance(sheets, bytes) else sheets.bytes())
        return read(path)

    return _read


def tables(document):
    return list(document.tables())


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def paragraphs(document, kind="text"):
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.kind == kind]


# -- one table -------------------------------------------------------------------------------------------------------------


def test_a_table_is_read_row_by_row_with_its_places(read_back):
    sheets = Sheets()
    sheets.text(LEFT, TOP, "表前的一行")
    bottom = sheets.table(100, [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]])
    sheets.text(LEFT, bottom + 20, "表后的一行")
    document = read_back(sheets)
    assert (document.format, document.pages, document.notes) == ("pdf", 1, ())
    before, table, after = document.blocks
    assert (before.text, after.text) == ("表前的一行", "表后的一行")
    assert (table.exact, table.width) == (True, 3)
    assert texts(table) == [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]]
    cell = table.rows[1][2]
    assert (cell.col, cell.place.page, cell.place.table, cell.place.row, cell.place.col) == (2, 1, 1, 2, 3)
    assert cell.place.box == pytest.approx((320, 122, 440, 144), abs=1)


def test_merged_cells_keep_their_extent_and_cover_the_rows_below(read_back):
    sheets = Sheets()
    for x0, y0, x1, y1, words in (
        (72, 100, 200, 144, "项目"),
        (200, 100, 440, 122, "支出"),
        (200, 122, 320, 144, "基本"),
        (320, 122, 440, 144, "项目支出"),
        (72, 144, 320, 166, "合计"),
        (320, 144, 440, 166, "7.00"),
    ):
        sheets.box(x0, y0, x1, y1)
        sheets.cell(x0, y0, x1, y1, words)
    (table,) = tables(read_back(sheets))
    assert [[(c.text, c.col, c.colspan, c.rowspan, c.covered) for c in row] for row in table.rows] == [
        [("项目", 0, 1, 2, False), ("支出", 1, 2, 1, False)],
        [("", 0, 1, 2, True), ("基本", 1, 1, 1, False), ("项目支出", 2, 1, 1, False)],
        [("合计", 0, 2, 1, False), ("7.00", 2, 1, 1, False)],
    ]


def test_a_cell_of_several_lines_is_one_text_and_keeps_its_breaks_as_printed(read_back):
    sheets = Sheets()
    sheets.table(100, [["一般公共预算\n财政拨款", "1.00", "2.00"], ["其中：\n示例补助\n资金", "3.00", "4.00"]], height=44)
    (table,) = tables(read_back(sheets))
    assert [row[0].text for row in table.rows] == ["一般公共预算财政拨款", "其中：示例补助资金"]
    assert [row[0].raw for row in table.rows] == ["一般公共预算\n财政拨款", "其中：\n示例补助\n资金"]


def test_a_low_sign_alone_in_its_cell_stays_in_its_row(read_back):
    """The boxes of 一, — and 、 are flat; the line they stand on tells their row."""
    sheets = Sheets()
    sheets.table(100, [["一", "—", "、"], ["二", "－", "。"]], height=13)
    (table,) = tables(read_back(sheets))
    assert texts(table) == [["一", "—", "、"], ["二", "－", "。"]]


def partition(random_, rows, columns):
    """A grid cut into rectangles (top, bottom, left, right), some of one cell, some of several."""
    free = {(row, column) for row in range(rows) for column in range(columns)}
    found = []
    while free:
        top, left = min(free)
        right = left + 1
        while right < columns and (top, right) in free and random_.random() < 0.3:
            right += 1
        bottom = top + 1
        while bottom < rows and all((bottom, column) in free for column in range(left, right)) and random_.random() < 0.3:
            bottom += 1
        free -= {(row, column) for row in range(top, bottom) for column in range(left, right)}
        found.append((top, bottom, left, right))
    return found


def pen_boxes(sheets, x0, y0, x1, y1):
    sheets.box(x0, y0, x1, y1)


def pen_lines(sheets, x0, y0, x1, y1):
    for ends in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        sheets.line(*ends)


def pen_filled(sheets, x0, y0, x1, y1):
    """What word processors do: a border is a thin filled area, and neighbours draw their common border twice."""
    for area in ((x0, y0, x1, y0 + 0.5), (x0, y1 - 0.5, x1, y1), (x0, y0, x0 + 0.5, y1), (x1 - 0.5, y0, x1, y1)):
        sheets.fill(*area)


def pen_double(sheets, x0, y0, x1, y1):
    """Each cell has a border of its own, set in from the grid: neighbours are parted by two lines with a slit between."""
    pen_filled(sheets, x0 + 0.7, y0 + 0.7, x1 - 0.7, y1 - 0.7)


def pen_white_shading(sheets, x0, y0, x1, y1):
    """Lines over cells shaded white."""
    sheets.fill(x0, y0, x1, y1, WHITE)
    pen_lines(sheets, x0, y0, x1, y1)


def pen_grey_shading(sheets, x0, y0, x1, y1):
    sheets.fill(x0, y0, x1, y1, GREY)
    pen_lines(sheets, x0, y0, x1, y1)


def pen_ring(sheets, x0, y0, x1, y1):
    """A filled area with a hole that leaves a thin frame."""
    path = sheets.canvas.beginPath()
    for gap in (-0.3, 0.3):
        path.rect(x0 + gap, sheets.height - y1 + gap, x1 - x0 - 2 * gap, y1 - y0 - 2 * gap)
    sheets.canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)


def one_stroke(sheets, boxes):
    """All lines of the table in one path."""
    lines = []
    for x0, y0, x1, y1 in boxes:
        top, bottom = sheets.height - y0, sheets.height - y1
        lines += [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, bottom, x0, top), (x1, bottom, x1, top)]
    sheets.canvas.lines(lines)


def one_outline(sheets, boxes):
    """All cells as boxes of one path."""
    path = sheets.canvas.beginPath()
    for x0, y0, x1, y1 in boxes:
        path.rect(x0, sheets.height - y1, x1 - x0, y1 - y0)
    sheets.canvas.drawPath(path, stroke=1, fill=0)


def one_fill(sheets, boxes):
    """All lines as thin areas of one path."""
    path = sheets.canvas.beginPath()
    for x0, y0, x1, y1 in boxes:
        for left, top, right, bottom in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            path.rect(left - 0.25, sheets.height - bottom - 0.25, right - left + 0.5, bottom - top + 0.5)
    sheets.canvas.drawPath(path, stroke=0, fill=1)


PENS = (pen_boxes, pen_lines, pen_filled, pen_double, pen_white_shading, pen_grey_shading, pen_ring)
AT_ONCE = (one_stroke, one_outline, one_fill)


@settings(deadline=None, max_examples=60)
@given(rows=st.integers(1, 6), columns=st.integers(2, 6), pen=st.sampled_from(PENS + AT_ONCE), seed=st.integers(0, 10**6))
def test_any_cutting_of_a_grid_into_cells_is_read_back(tmp_path_factory, rows, columns, pen, seed):
    """Whatever the spans and however its borders are drawn: the same cells, texts and extents."""
    random_ = random.Random(seed)
    cells = partition(random_, rows, columns)
    if len(cells) < 2:
        return
    xs = list(accumulate((random_.uniform(50, 78) for _ in range(columns)), initial=60))
    ys = list(accumulate((random_.uniform(18, 40) for _ in range(rows)), initial=90))
    words = [random_.choice(("示例", "1,204.50", "0.00", "—", "A项", "")) for _ in cells]
    words[0] = "表头"
    sheets = Sheets()
    boxes = [(xs[left], ys[top], xs[right], ys[bottom]) for top, bottom, left, right in cells]
    if pen in AT_ONCE:
        pen(sheets, boxes)
    for (top, bottom, left, right), text in zip(cells, words, strict=True):
        if pen not in AT_ONCE:
            pen(sheets, xs[left], ys[top], xs[right], ys[bottom])
        sheets.cell(xs[left], ys[top], xs[right], ys[bottom], text)
    path = tmp_path_factory.mktemp("grid") / "示例.pdf"
    path.write_bytes(sheets.bytes())
    (table,) = read(path).tables()
    found = [(row.index(cell), cell) for row in table.rows for cell in row if not cell.covered]
    # A line that no cell ends at is not drawn: the rows and columns beside it are one.
    y_edges = sorted({edge for top, bottom, _, _ in cells for edge in (top, bottom)})
    x_edges = sorted({edge for _, _, left, right in cells for edge in (left, right)})
    expected = [
        (
            y_edges.index(top) + 1,
            x_edges.index(left),
            x_edges.index(right) - x_edges.index(left),
            y_edges.index(bottom) - y_edges.index(top),
            text,
        )
        for (top, bottom, left, right), text in zip(cells, words, strict=True)
    ]
    assert [(cell.place.row, cell.col, cell.colspan, cell.rowspan, cell.text) for _, cell in found] == expected
    assert table.width == len(x_edges) - 1


# -- what is no line and no table ------------------------------------------------------------------------------------------


def test_shading_without_lines_is_no_table(read_back):
    """White areas behind text, as word processors draw them, and coloured bands."""
    sheets = Sheets()
    for number, colour in enumerate((WHITE, WHITE, GREY, GREY)):
        sheets.fill(72, 100 + number * ROW, 440, 122 + number * ROW, colour)
        sheets.cell(72, 100 + number * ROW, 440, 122 + number * ROW, f"目录第{number + 1}项")
    document = read_back(sheets)
    assert tables(document) == []
    assert "".join(paragraphs(document)) == "目录第1项目录第2项目录第3项目录第4项"


def test_a_caption_shaded_white_above_a_table_is_no_row_of_it(read_back):
    sheets = Sheets()
    sheets.fill(72, 80, 440, 100, WHITE)
    sheets.cell(72, 80, 440, 100, "收支预算总表")
    sheets.table(100, [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]])
    document = read_back(sheets)
    assert paragraphs(document) == ["收支预算总表"]
    assert texts(*tables(document)) == [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]]


def test_underlines_a_frame_and_curves_are_no_table(read_back):
    sheets = Sheets()
    sheets.text(LEFT, 100, "部门名称：示例市示例局")
    sheets.line(LEFT, 103, 250, 103)
    sheets.box(60, 80, 500, 400)
    sheets.canvas.roundRect(100, 300, 200, 60, 10)
    sheets.canvas.circle(300, 500, 40)
    document = read_back(sheets)
    assert tables(document) == []
    assert paragraphs(document) == ["部门名称：示例市示例局"]


@pytest.mark.parametrize("pen", [0.2, 1.5, 2.25, 4.5])
def test_a_line_is_a_line_however_thick_the_pen(read_back, pen):
    rows = [["项目", "金额"], ["收入", "3.50"], ["支出", "1.25"]]
    sheets = Sheets()
    for number, words in enumerate(rows):
        for x0, x1, text in zip((72, 200), (200, 320), words, strict=True):
            sheets.cell(x0, TOP + number * ROW, x1, TOP + (number + 1) * ROW, text)
    for x in (72, 200, 320):
        sheets.line(x, TOP, x, TOP + 3 * ROW)
    for number in range(4):
        sheets.canvas.setLineWidth(pen if number < 3 else 0.5)
        sheets.line(72, TOP + number * ROW, 320, TOP + number * ROW)
    sheets.canvas.setLineWidth(pen)
    sheets.line(80, TOP + 2, 190, TOP + 9)  # aslant: no line of the table
    (table,) = tables(read_back(sheets))
    assert texts(table) == rows


def test_a_diagonal_in_the_head_of_a_table_parts_no_cell(read_back):
    sheets = Sheets()
    sheets.table(100, [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]])
    sheets.line(72, 100, 200, 122)
    assert texts(*tables(read_back(sheets))) == [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]]


def test_a_seal_stamped_over_a_table_parts_no_cell(read_back):
    sheets = Sheets()
    sheets.table(100, [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]])
    sheets.canvas.circle(400, HEIGHT - 130, 25)
    assert texts(*tables(read_back(sheets))) == [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]]


def test_white_lines_part_no_cell(read_back):
    sheets = Sheets()
    sheets.table(100, [["项目", "12.50"], ["培训费", "11.00"]], xs=(72, 200, 440))
    sheets.fill(320, 100, 320.5, 144, WHITE)
    sheets.fill(72, 111, 440, 111.5, WHITE)
    assert texts(*tables(read_back(sheets))) == [["项目", "12.50"], ["培训费", "11.00"]]


# -- tables over page breaks -----------------------------------------------------------------------------------------------

HEADER = ["项目", "预算数", "决算数"]
FIRST = [["示例项目甲", "1.00", "2.00"], ["示例项目乙", "3.00", "4.00"]]
SECOND = [["示例项目丙", "5.00", "6.00"], ["示例项目丁", "7.00", "8.00"]]


def over_the_break(first, second, above=(), xs=(72, 200, 320, 440)):
    """A table at the end of a page and one at the top of the next, lines of text above the second."""
    sheets = Sheets()
    sheets.text(250, 640, "收支预算总表")
    sheets.table(650, first)
    sheets.turn()
    for number, line in enumerate(above):
        sheets.text(250, TOP + number * 16, line)
    sheets.table(TOP + 10 + len(above) * 16, second, xs)
    return sheets


def test_a_table_goes_on_over_the_page(read_back):
    (table,) = tables(read_back(over_the_break([HEADER, *FIRST], SECOND)))
    assert texts(table) == [HEADER, *FIRST, *SECOND]
    assert [row[0].place.page for row in table.rows] == [1, 1, 1, 2, 2]
    assert [row[0].place.row for row in table.rows] == [1, 2, 3, 4, 5]
    assert {cell.place.table for row in table.rows for cell in row} == {1}


def test_a_header_repeated_on_the_next_page_is_printed_once(read_back):
    (table,) = tables(read_back(over_the_break([HEADER, *FIRST], [HEADER, *SECOND])))
    assert texts(table) == [HEADER, *FIRST, *SECOND]


def test_a_header_of_two_rows_repeated_on_the_next_page_is_printed_once(read_back):
    head = [["科目", "2021年", "2022年"], HEADER]
    (table,) = tables(read_back(over_the_break([*head, *FIRST], [*head, *SECOND])))
    assert texts(table) == [*head, *FIRST, *SECOND]


def test_a_caption_repeated_over_the_page_is_set_apart(read_back):
    document = read_back(over_the_break([HEADER, *FIRST], [HEADER, *SECOND], above=["收支预算总表"]))
    assert texts(*tables(document)) == [HEADER, *FIRST, *SECOND]
    assert paragraphs(document) == ["收支预算总表"]
    assert paragraphs(document, "repeated") == ["项目 预算数 决算数", "收支预算总表"]


@pytest.mark.parametrize("second", [[HEADER, *SECOND], [["科目", "收入", "支出"], *SECOND], SECOND], ids=["same", "other", "none"])
def test_a_table_with_a_title_of_its_own_is_another_table(read_back, second):
    """Same columns, same place, right after a page break: its title makes it another one."""
    document = read_back(over_the_break([HEADER, *FIRST], second, above=["政府性基金预算表"]))
    assert [texts(table) for table in tables(document)] == [[HEADER, *FIRST], second]
    assert [table.place.table for table in tables(document)] == [1, 2]
    assert paragraphs(document) == ["收支预算总表", "政府性基金预算表"]
    assert paragraphs(document, "repeated") == []


def test_two_tables_of_the_same_columns_on_one_page_stay_two(read_back):
    sheets = Sheets()
    sheets.text(250, 90, "收入预算表")
    bottom = sheets.table(100, [HEADER, *FIRST])
    sheets.text(250, bottom + 30, "支出预算表")
    sheets.table(bottom + 40, [HEADER, *SECOND])
    document = read_back(sheets)
    assert [texts(table) for table in tables(document)] == [[HEADER, *FIRST], [HEADER, *SECOND]]


def test_a_table_of_another_width_is_another_table(read_back):
    document = read_back(over_the_break([HEADER, *FIRST], SECOND, xs=(72, 200, 320, 500)))
    assert [texts(table) for table in tables(document)] == [[HEADER, *FIRST], SECOND]


def test_a_table_with_a_header_of_its_own_after_figures_is_another_table(read_back):
    other = [["科目", "收入", "支出"], *SECOND]
    document = read_back(over_the_break([HEADER, *FIRST], other))
    assert [texts(table) for table in tables(document)] == [[HEADER, *FIRST], other]


def test_text_between_two_pages_of_tables_parts_them(read_back):
    sheets = over_the_break([HEADER, *FIRST], SECOND)
    assert len(tables(read_back(sheets))) == 1
    sheets = Sheets()
    sheets.text(250, 640, "收支预算总表")
    bottom = sheets.table(650, [HEADER, *FIRST])
    sheets.text(LEFT, bottom + 20, "注：本表单位为万元。")
    sheets.turn()
    sheets.table(82, SECOND)
    assert len(tables(read_back(sheets))) == 2


def test_page_numbers_between_the_pages_do_not_part_a_table(read_back):
    sheets = over_the_break([HEADER, *FIRST], SECOND)
    sheets.text(WIDTH / 2, HEIGHT - 30, "— 2 —")
    document = read_back(sheets)
    assert texts(*tables(document)) == [HEADER, *FIRST, *SECOND]
    assert paragraphs(document, "page_number") == ["— 2 —"]


def test_a_finer_column_on_the_next_page_keeps_the_coarser_rows_wide(read_back):
    """A page whose rows happen to be merged has fewer lines: columns are those of all pages together."""
    sheets = Sheets()
    sheets.table(650, [HEADER, *FIRST])
    sheets.turn()
    sheets.table(82, [["合计", "10.00"]], xs=(72, 320, 440))
    (table,) = tables(read_back(sheets))
    assert texts(table) == [HEADER, *FIRST, ["合计", "10.00"]]
    assert [(cell.col, cell.colspan) for cell in table.rows[-1]] == [(0, 2), (2, 1)]


def test_the_first_row_of_a_page_may_lack_its_upper_line(read_back):
    sheets = Sheets()
    sheets.table(650, [HEADER, *FIRST])
    sheets.turn()
    without_upper_line(sheets, 82, SECOND)
    assert texts(*tables(read_back(sheets))) == [HEADER, *FIRST, *SECOND]


def test_the_last_row_of_a_page_may_lack_its_lower_line(read_back):
    sheets = Sheets()
    for number, row in enumerate([HEADER, *FIRST]):
        for x0, x1, words in zip((72, 200, 320), (200, 320, 440), row, strict=True):
            sheets.cell(x0, 650 + number * ROW, x1, 650 + (number + 1) * ROW, words)
        sheets.line(72, 650 + number * ROW, 440, 650 + number * ROW)
    for x in (72, 200, 320, 440):
        sheets.line(x, 650, x, 650 + 3 * ROW)
    sheets.turn()
    sheets.table(82, SECOND)
    assert texts(*tables(read_back(sheets))) == [HEADER, *FIRST, *SECOND]


def test_a_header_broken_over_the_page_is_one_header(read_back):
    """The first page ends after an upper header row, before any figure."""
    upper = ["科目", "2021年", "2022年"]
    (table,) = tables(read_back(over_the_break([upper], [HEADER, *SECOND])))
    assert texts(table) == [upper, HEADER, *SECOND]


def without_upper_line(sheets, top, rows, xs=(72, 200, 320, 440), height=ROW):
    """A ruled table whose first row has no line above it."""
    bottom = top + len(rows) * height
    for x in xs:
        sheets.line(x, top, x, bottom)
    for number, row in enumerate(rows):
        y = top + number * height
        sheets.line(xs[0], y + height, xs[-1], y + height)
        for x0, x1, words in zip(xs, xs[1:], row, strict=False):
            sheets.cell(x0, y, x1, y + height, words)


def test_a_row_cut_by_the_page_break_is_one_row(read_back):
    sheets = Sheets()
    sheets.table(650, [HEADER, ["信息网络及软件", "3.00", "4.00"]])
    sheets.turn()
    without_upper_line(sheets, 82, [["购置更新", "", ""], *SECOND])
    (table,) = tables(read_back(sheets))
    assert texts(table) == [HEADER, ["信息网络及软件购置更新", "3.00", "4.00"], *SECOND]
    assert [row[0].place.row for row in table.rows] == [1, 2, 3, 4]


def test_a_row_of_words_with_fewer_cells_than_the_rows_above_is_one_row_over_the_break(read_back):
    """The break leaves both halves open; the label stands in the first, the longer part of what it says in the second."""
    sheets = Sheets()
    xs = (72, 130, 200, 260, 320, 380, 440, 500)
    bottom = sheets.table(650, [["指标", "甲", "乙", "丙", "丁", "戊", "己"]] * 2, xs)
    for x in (72, 200, 500):
        sheets.line(x, bottom, x, bottom + ROW)
    sheets.cell(72, bottom, 200, bottom + ROW, "改进措施")
    sheets.cell(200, bottom, 500, bottom + ROW, "提前编制")
    sheets.turn()
    without_upper_line(sheets, 82, [["", "实施方案，按季度通报进度"], ["备注", "无"]], (72, 200, 500))
    (table,) = tables(read_back(sheets))
    assert texts(table)[2:] == [["改进措施", "提前编制实施方案，按季度通报进度"], ["备注", "无"]]


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(["办公经费", "", ""], id="name"),
        pytest.param(["其中：", "", ""], id="of which"),
        pytest.param(["示例项目戊", "", "9.00"], id="half"),
    ],
)
def test_a_line_without_all_its_amounts_at_the_top_of_a_page_is_a_line_of_its_own(read_back, first):
    (table,) = tables(read_back(over_the_break([HEADER, *FIRST], [first, *SECOND])))
    assert texts(table) == [HEADER, *FIRST, first, *SECOND]


def test_lines_at_the_head_and_foot_of_many_pages_belong_to_the_paper(read_back):
    sheets = Sheets()
    for number in range(4):
        sheets.text(200, 40, "示例市示例局部门决算")
        sheets.text(200, HEIGHT - 45, "内部资料注意保存")
        sheets.text(WIDTH / 2, HEIGHT - 25, str(number + 1))
        sheets.table(100, [HEADER, *FIRST] if number == 0 else SECOND)
        if number < 3:
            sheets.turn()
    document = read_back(sheets)
    assert texts(*tables(document)) == [HEADER, *FIRST, *SECOND, *SECOND, *SECOND]
    assert paragraphs(document) == []
    assert paragraphs(document, "page_number") == ["1", "2", "3", "4"]
    assert Counter(paragraphs(document, "repeated")) == {"示例市示例局部门决算": 4, "内部资料注意保存": 4}


# -- running text ----------------------------------------------------------------------------------------------------------


def broken(words, width, size=SIZE):
    """Lines of a paragraph, filled to the width; the first is indented by two characters."""
    lines, line, room = [], "", width - 2 * size
    for char in words:
        if stringWidth(line + char, FONT, size) > room:
            lines.append(line)
            line, room = "", width
        line += char
    return [*lines, line]


def prose(sheets, y, words, bottom=HEIGHT - 80):
    """Typesets a paragraph from y on, over as many pages as it takes; returns where it ends."""
    for number, line in enumerate(broken(words, RIGHT - LEFT)):
        if y > bottom:
            sheets.turn()
            y = TOP
        sheets.text(LEFT + (0 if number else 2 * SIZE), y, line)
        y += 18
    return y


LONG = "示例市示例局全面落实各项工作部署，加强预算管理，提高资金使用效益，规范开展绩效评价，各项任务按计划推进。" * 3
SHORT = "本年度共完成示例任务12项，投入资金345.67万元。"


def test_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart(read_back):
    sheets = Sheets()
    y = TOP
    for words in (LONG, SHORT, LONG, SHORT):
        y = prose(sheets, y, words)
    assert paragraphs(read_back(sheets)) == [LONG, SHORT, LONG, SHORT]


def test_a_paragraph_goes_on_over_the_page(read_back):
    sheets = Sheets()
    y = prose(sheets, TOP, SHORT)
    while y < HEIGHT - 110:
        y = prose(sheets, y, LONG)
    prose(sheets, y, LONG)
    document = read_back(sheets)
    assert document.pages == 2
    assert set(paragraphs(document)) == {SHORT, LONG}
    last = list(document.paragraphs())[-1]
    assert [place.page for _, place in last.lines] == sorted(place.page for _, place in last.lines)
    assert {place.page for _, place in last.lines} == {1, 2}


def test_the_page_number_inside_a_paragraph_is_not_part_of_it(read_back):
    sheets = Sheets()
    lines = broken(LONG, RIGHT - LEFT)
    for number, line in enumerate(lines[:3]):
        sheets.text(LEFT + (0 if number else 2 * SIZE), HEIGHT - 130 + number * 18, line)
    sheets.text(WIDTH / 2, HEIGHT - 40, "7")
    sheets.turn()
    for number, line in enumerate(lines[3:]):
        sheets.text(LEFT, TOP + number * 18, line)
    document = read_back(sheets)
    assert paragraphs(document) == [LONG]
    assert paragraphs(document, "page_number") == ["7"]


@pytest.mark.parametrize("number", ["7", "- 7 -", "— 7 —", "第7页", "第 7 页 共 12 页", "7/12", "·7·"])
@pytest.mark.parametrize("y", [30, HEIGHT - 30], ids=["top", "bottom"])
def test_page_numbers_stand_apart(read_back, number, y):
    sheets = Sheets()
    sheets.text(LEFT, 300, "正文中的一行")
    sheets.text(WIDTH / 2 - 20, y, number)
    document = read_back(sheets)
    assert paragraphs(document, "page_number") == [number]
    assert paragraphs(document) == ["正文中的一行"]


@pytest.mark.parametrize(("words", "y"), [("7", 400), ("7月", HEIGHT - 30), ("2022", 300), ("7.00", HEIGHT - 30)])
def test_other_numbers_are_text(read_back, words, y):
    sheets = Sheets()
    sheets.text(WIDTH / 2, y, words)
    document = read_back(sheets)
    assert (paragraphs(document), paragraphs(document, "page_number")) == ([words], [])


def test_a_place_in_a_paragraph_is_the_printed_line(read_back):
    sheets = Sheets()
    prose(sheets, TOP, LONG)
    (paragraph,) = read_back(sheets).paragraphs()
    first, second = broken(LONG, RIGHT - LEFT)[:2]
    assert paragraph.place_at(3).offset == 3
    place = paragraph.place_at(len(first) + 5)
    assert (place.page, place.offset) == (1, 5)
    assert place.box[1] < TOP + 18 < place.box[3] + 1
    assert paragraph.text[len(first) : len(first) + len(second)] == second


# -- characters ------------------------------------------------------------------------------------------------------------


def test_text_outside_the_page_is_dropped(read_back):
    sheets = Sheets()
    sheets.text(LEFT, 300, "页面之内")
    for x, y in ((LEFT, -20), (LEFT, HEIGHT + 40), (-100, 300), (WIDTH + 20, 300)):
        sheets.text(x, y, "页面之外")
    assert paragraphs(read_back(sheets)) == ["页面之内"]


@pytest.mark.parametrize("shift", [(0.3, 0), (0, 0), (0.2, 0.2), (0.9, 0)])
@pytest.mark.parametrize("lines_between", [0, 9])
@pytest.mark.parametrize(("words", "font"), [("合计9,900.00万元，人人有责", FONT), ("11,222.33", "Helvetica")])
def test_bold_type_faked_by_printing_twice_counts_once(read_back, words, font, lines_between, shift):
    """Printed again at once or after the rest of the page."""
    others = [f"其他文字的第{number + 1}行" for number in range(lines_between)]
    sheets = Sheets()
    sheets.text(LEFT, 100, words, font=font)
    for number, other in enumerate(others):
        sheets.text(LEFT, 160 + number * 60, other)
    sheets.text(LEFT + shift[0], 100 + shift[1], words, font=font)
    assert paragraphs(read_back(sheets)) == [words, *others]


def test_letters_of_another_font_on_a_slightly_lower_line_stay_in_their_line(read_back):
    sheets = Sheets()
    sheets.text(LEFT, 100, "共安排")
    sheets.text(LEFT + 32, 101.5, "12.50", font="Helvetica", size=9)
    sheets.text(LEFT + 58, 100, "万元")
    assert paragraphs(read_back(sheets)) == ["共安排12.50万元"]


@settings(deadline=None, max_examples=50)
@given(
    amount=st.decimals(0, 10**9, places=2),
    font=st.sampled_from(["Helvetica", "Times-Roman", "Courier", FONT]),
    size=st.floats(5, 18),
    narrow=st.integers(60, 100),
)
def test_every_digit_of_an_amount_is_kept(tmp_path_factory, amount, font, size, narrow):
    """Equal digits side by side (99.00, 1,111.11) are no fake bold, however small or condensed the type."""
    printed = f"{amount:,.2f}"
    sheets = Sheets()
    writer = sheets.canvas.beginText(100, 500)
    writer.setFont(font, size)
    writer.setHorizScale(narrow)
    writer.textOut(printed)
    sheets.canvas.drawText(writer)
    path = tmp_path_factory.mktemp("amount") / "示例.pdf"
    path.write_bytes(sheets.bytes())
    assert paragraphs(read(path)) == [printed]


def test_amounts_of_neighbouring_cells_do_not_run_together(read_back):
    sheets = Sheets()
    sheets.table(100, [["99.00", "99.00", "0.00"], ["1,111.11", "1,111.11", "11"]], xs=(72, 110, 150, 170))
    assert texts(*tables(read_back(sheets))) == [["99.00", "99.00", "0.00"], ["1,111.11", "1,111.11", "11"]]


def changed(sheets, change):
    """The first page's boxes or rotation, set after the fact."""
    with pypdfium2.PdfDocument(sheets.bytes()) as document:
        change(document[0])
        buffer = BytesIO()
        document.save(buffer)
    return buffer.getvalue()


ROWS = [["项目", "预算数", "决算数"], ["培训费", "12.50", "11.00"]]


@pytest.mark.parametrize("rotation", [90, 270])
def test_a_page_turned_on_its_side_is_read_as_it_is_shown(read_back, rotation):
    """Broad tables are often typeset across an upright page that the file then turns. (Without a Chinese font on the machine PDFium drops
    upright Chinese text in a font that is not embedded, so this speaks Latin.)"""
    rows = [["Item", "Budget", "Actual"], ["Training", "12.50", "11.00"]]
    sheets = Sheets()
    if rotation == 90:
        sheets.canvas.rotate(90)
        sheets.canvas.translate(0, -WIDTH)
    else:
        sheets.canvas.rotate(-90)
        sheets.canvas.translate(-HEIGHT, 0)
    sheets.height = WIDTH
    sheets.text(72, 80, "Table 1")
    sheets.table(100, rows, xs=(72, 300, 500, 700))
    document = read_back(changed(sheets, lambda page: page.set_rotation(rotation)))
    assert paragraphs(document) == ["Table 1"]
    assert texts(*tables(document)) == rows


@pytest.mark.parametrize("box", ["crop", "media"])
def test_a_page_cut_from_a_larger_sheet_shows_what_lies_inside_the_cut(read_back, box):
    sheets = Sheets()
    sheets.text(110, 200, "切口之内")
    sheets.text(470, 220, "也在之内")
    sheets.text(20, 400, "切口之外")
    sheets.text(540, 400, "切口之外")
    sheets.table(300, ROWS, xs=(110, 250, 380, 500))
    set_box = {"crop": pypdfium2.PdfPage.set_cropbox, "media": pypdfium2.PdfPage.set_mediabox}[box]
    document = read_back(changed(sheets, lambda page: set_box(page, 100, 100, 520, 700)))
    assert paragraphs(document) == ["切口之内", "也在之内"]
    assert texts(*tables(document)) == ROWS


def test_a_table_inside_a_placed_drawing_is_read(read_back):
    """Some programs put the whole content of a page into a form object and place that."""
    sheets = Sheets()
    sheets.canvas.beginForm("drawing")
    sheets.table(100, ROWS)
    sheets.canvas.endForm()
    sheets.canvas.translate(20, -150)
    sheets.canvas.doForm("drawing")
    assert texts(*tables(read_back(sheets))) == ROWS


# -- files that cannot be read ---------------------------------------------------------------------------------------------


def refusal(read_back, content):
    with pytest.raises(Unreadable) as raised:
        read_back(content)
    assert raised.value.reason
    return raised.value.code


def test_a_file_with_a_password_is_refused(read_back):
    sheets = Sheets(encrypt=StandardEncryption("秘密".encode().hex(), ownerPassword="owner"))
    sheets.text(LEFT, 100, "需要密码的文字")
    assert refusal(read_back, sheets) == "password"


def test_a_file_that_only_restricts_editing_is_read(read_back):
    sheets = Sheets(encrypt=StandardEncryption("", ownerPassword="owner", canModify=0))
    sheets.text(LEFT, 100, "人人可读的文字")
    assert paragraphs(read_back(sheets)) == ["人人可读的文字"]


def three_pages():
    sheets = Sheets()
    for number in range(3):
        sheets.text(LEFT, 100, f"第{number + 1}页的文字")
        if number < 2:
            sheets.turn()
    return sheets.bytes()


@settings(deadline=None, max_examples=40)
@given(share=st.floats(0.01, 0.95))
def test_a_truncated_file_is_refused_as_damaged(tmp_path_factory, share):
    content = three_pages()
    path = tmp_path_factory.mktemp("cut") / "示例.pdf"
    path.write_bytes(content[: max(8, int(len(content) * share))])
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.code == "damaged_pdf"


def test_the_head_of_a_pdf_with_anything_behind_it_is_refused_as_damaged(read_back):
    assert refusal(read_back, b"%PDF-1.7\n" + bytes(range(256)) * 40) == "damaged_pdf"


def test_a_file_without_any_text_is_refused(read_back):
    sheets = Sheets()
    sheets.fill(100, 100, 300, 300, GREY)
    assert refusal(read_back, sheets) == "no_text_layer"


def test_a_page_without_text_is_noted_and_the_others_are_read(read_back):
    sheets = Sheets()
    sheets.text(LEFT, 100, "第一页的文字")
    sheets.turn()
    sheets.fill(100, 100, 300, 300, GREY)
    sheets.turn()
    sheets.text(LEFT, 100, "第三页的文字")
    document = read_back(sheets)
    assert document.pages == 3
    assert "".join(paragraphs(document)) == "第一页的文字第三页的文字"
    assert [(note.reason, note.place.page) for note in document.notes] == [("page_without_text", 2)]


def test_the_content_tells_a_pdf_whatever_its_name(tmp_path):
    path = tmp_path / "名为文本.txt"
    path.write_bytes(three_pages())
    assert read(path).format == "pdf"


def test_a_hyphen_at_the_end_of_a_line_is_kept(read_back):
    sheets = Sheets()
    names = ("示例医疗保障局-", "示例医疗保障事务服务中心-", "样本分中心-")
    for number, name in enumerate(names):
        y = TOP + number * ROW
        for x0, x1, words in ((LEFT, 200, "实施单位"), (200, 440, name)):
            sheets.box(x0, y, x1, y + ROW)
            sheets.text(x0 + 3, y + 15, words)
    (table,) = tables(read_back(sheets))
    assert texts(table) == [["实施单位", name] for name in names]


def test_a_form_cut_within_its_rows_goes_on_though_its_other_rows_are_cut_otherwise(read_back):
    """The page break falls between indicator rows; the head above and the scores below have columns of their own."""
    sheets = Sheets()
    edges = (72, 150, 230, 310, 390, 470)

    def row(y, xs, words):
        for (x0, x1), text in zip(pairwise(xs), words, strict=True):
            sheets.box(x0, y, x1, y + ROW)
            sheets.cell(x0, y, x1, y + ROW, text)

    row(TOP, (72, 190, 470), ("项目名称", "示例"))
    row(TOP + ROW, edges, ("一级", "二级", "三级", "指标值", "完成值"))
    row(TOP + 2 * ROW, edges, ("产出", "数量", "甲", "1", "2"))
    sheets.turn()
    row(TOP, edges, ("产出", "质量", "乙", "3", "4"))
    row(TOP + ROW, (72, 260, 470), ("总分", "90"))
    (table,) = tables(read_back(sheets))
    assert texts(table)[3:] == [["产出", "质量", "乙", "3", "4"], ["总分", "90"]]


# -- fonts -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [0, 90])
def test_a_character_is_as_broad_as_the_file_says_whatever_font_it_is_drawn_in(tmp_path, turned):
    """Fails without this only on a machine with no Chinese font, where digits are drawn broader than the file's font has them."""
    words = "5631.84"
    sheets = Sheets()
    if turned:
        sheets.canvas.setPageRotation(turned)
        sheets.canvas.rotate(90)
        sheets.canvas.translate(0, -sheets.height)
    sheets.text(100, 110, words)
    path = tmp_path / "示例.pdf"
    path.write_bytes(sheets.bytes())
    pdf = pypdfium2.PdfDocument(path)
    chars = page_content(pdf, 0).chars
    pdf.close()
    assert "".join(char.text for char in chars) == words
    assert chars[-1].x1 - chars[0].x0 == pytest.approx(stringWidth(words, FONT, SIZE), abs=0.1)
