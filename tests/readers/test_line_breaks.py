"""A paragraph typeset in lines of any width is one paragraph again: a line that ends early because of the next word is no end."""

from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from flows.readers import continued, layout
from flows.readers.page import Char, PageContent
from flows.typeset.lettering import FONT, wrap

SIZE = 11.0
PIECES = [
    "支出决算",
    "（项）：",
    "（款）",
    "20.68万元，",
    "完成年初预算的",
    "100.00%，",
    "“三公”经费",
    "与上年持平，",
    "2022年度",
    "(万元)",
]


def chars_of(line: str, x: float, baseline: float) -> list[Char]:
    found = []
    for sign in line:
        width = stringWidth(sign, FONT, SIZE)
        found.append(Char(sign, x, x + width, baseline - 9, baseline + 2, baseline, SIZE))
        x += width
    return found


def read_back(texts: list[str], width: float) -> list[str]:
    chars, baseline = [], 120.0
    for text in texts:
        for line in wrap(text, width, SIZE):
            chars += chars_of(line, 48.0, baseline)
            baseline += 20
    page = PageContent(1, 48 + width + 48, baseline + 200, chars, [])
    joiner = continued.Joiner()
    joiner.add_page(page, [], layout.lines(page.chars))
    return [block.text for block in joiner.blocks()]


@given(st.lists(st.sampled_from(PIECES), min_size=12, max_size=40), st.integers(240, 480))
@example(["支出决算", "（款）", "支出决算", "支出决算", "支出决算", "支出决算", "支出决算", "支出决算", "（项）：", "20.68万元，"] * 3, 330)
def test_a_paragraph_of_any_width_is_one(pieces: list[str], width: float) -> None:
    text = "".join(pieces) + "结束。"
    assert read_back([text], width) == [text]
