"""Prose in two columns, typeset here and read back."""

import pypdfium2
import pytest

from flows.readers import read
from flows.readers.pdf import page_content
from flows.readers.text_columns import in_one_column
from tests.readers.test_pdf import HEIGHT, LEFT, SIZE, Sheets, broken, paragraphs

COLUMN = 200.0  # the breadth of either column
RIGHT = LEFT + COLUMN + 40
PITCH = 16.0
SENTENCES = [
    "全年清运生活垃圾18.72万吨，无害化处理率达到百分之百，修复破损路面3.4万平方米，更换路灯1286盏，亮灯率稳步提高。",
    "部门预算收入1486.20万元，全年实际支出1421.77万元，其中基本支出863.55万元，项目支出558.22万元，结余资金按规定上缴。",
    "组织群众文化活动312场次，较上年增加47场；接待游客126.4万人次，旅游收入稳定增长，群众满意度92.3%。",
]
WORDS = [f"第{n}项工作，{SENTENCES[n % 3]}" for n in range(1, 10)]


def set_in_columns(words=WORDS, line=None):
    """The paragraphs in the left column as far as the page reaches, then in the right one. ``line``: x of a line drawn between."""
    sheets = Sheets()
    sheets.text(LEFT + 60, 90, "示例市样本局2023年度部门整体支出绩效自评报告", 14)
    x, y = LEFT, 130.0
    for text in words:
        for number, piece in enumerate(broken(text, COLUMN)):
            if y > 420 and x == LEFT:
                x, y = RIGHT, 130.0
            sheets.text(x + (2 * SIZE if number == 0 else 0), y, piece)
            y += PITCH
    if line:
        sheets.line(line, 100, line, HEIGHT - 100)
    sheets.text(290, HEIGHT - 40, "第 1 页")
    return sheets


def page_of(path):
    pdf = pypdfium2.PdfDocument(path)
    try:
        return page_content(pdf, 0)
    finally:
        pdf.close()


def test_each_line_goes_on_with_the_next_of_its_own_column(path_of):
    path = path_of(set_in_columns(list(WORDS)))
    page = page_of(path)
    moved = in_one_column(page)
    assert moved.height > page.height
    assert sorted(char.text for char in moved.chars) == sorted(char.text for char in page.chars)
    shown = [moved.as_shown((c.x0, c.top, c.x1, c.bottom)) for c in moved.chars]
    assert shown == [pytest.approx((c.x0, c.top, c.x1, c.bottom), abs=0.01) for c in page.chars]
    text = "".join(paragraphs(read(path)))
    assert all(words in text for words in WORDS)


def test_a_line_between_the_columns_makes_them_cells(path_of):
    page = page_of(path_of(set_in_columns(list(WORDS), line=RIGHT - 20)))
    assert in_one_column(page) is page


def test_names_and_figures_beside_each_other_are_no_columns_of_prose(path_of):
    sheets = Sheets()
    for number in range(30):
        sheets.text(LEFT, 100 + number * PITCH, f"样本项目{number}的名称，写得长短不一" + "，另有说明" * (number % 3))
        sheets.text(RIGHT + 120, 100 + number * PITCH, f"{number}.50")
    page = page_of(path_of(sheets))
    assert in_one_column(page) is page


def test_one_narrow_column_is_read_by_its_own_edge(path_of):
    text = WORDS[0] + WORDS[1] + WORDS[2]
    sheets = Sheets()
    for number, piece in enumerate(broken(text, COLUMN)):
        sheets.text(LEFT, 130 + number * PITCH, piece)
    assert paragraphs(read(path_of(sheets))) == [text]
