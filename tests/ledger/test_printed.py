"""What counts as one printed number, and that no digit is left out of the ledger or counted twice."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.document import Cell, Document, Paragraph, Place, Table
from flows.ledger.printed import count_tokens, joined_over_lines, printed_numbers

LAW = settings(deadline=None, max_examples=400)


def document(*blocks):
    return Document("text", blocks)


def paragraph(text, kind="text"):
    return Paragraph(text, Place(line=1), kind=kind)


def broken(*lines):
    """A paragraph printed on several lines."""
    starts, text = [], ""
    for number, line in enumerate(lines, start=1):
        starts.append((len(text), Place(line=number)))
        text += line
    return Paragraph(text, Place(line=1), tuple(starts))


def cell(text, col=1, raw=None, covered=False):
    return Cell(text, text if raw is None else raw, Place(line=1, table=1, row=1, col=col), col - 1, covered=covered)


def table(*cells):
    return Table((cells,), Place(line=1, table=1), exact=False, width=len(cells))


def printed(text):
    return [number.printed for number in printed_numbers(document(paragraph(text)))]


def values(text):
    return [number.value for number in printed_numbers(document(paragraph(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出1234元", ["1234"]),
        ("支出1,234.5万元", ["1,234.5"]),
        ("支出1，234.50万元", ["1，234.50"]),
        ("支出１２３４．５万元", ["１２３４．５"]),
        ("支出１，２３４元", ["１，２３４"]),
        ("支出12,345,678.90元", ["12,345,678.90"]),
        ("支出1 234 567元", ["1 234 567"]),
        ("收入12，345人", ["12，345"]),
        ("甲5，678，乙1", ["5，678", "1"]),
        ("甲10,20,30", ["10", "20", "30"]),
        ("执行率99.5%", ["99.5"]),
        ("执行率９９％", ["９９"]),
        ("千分比3.2‰", ["3.2"]),
        ("目标90%-95%", ["90", "95"]),
        ("目标3～5天", ["3", "5"]),
        ("共10-12人", ["10", "12"]),
        ("增长为-3.5%", ["-3.5"]),
        ("-12.00", ["-12.00"]),
        ("第1.2.3条", ["1.2", "3"]),
        ("印于2022.11.3", ["2022.11", "3"]),
        ("2022年11月3日", ["2022", "11", "3"]),
        ("1/3的人", ["1", "3"]),
        ("见.5处", ["5"]),
        ("1,2345元", ["1", "2345"]),
        ("DRG2付费", ["2"]),
        ("①②没有数字", []),
        ("H₂O与m²", []),
        ("", []),
    ],
)
def test_numbers_in_digits(text, expected):
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("支出1，234.50万元", "1234.50"),
        ("支出１２３４．５万元", "1234.5"),
        ("支出1 234 567元", "1234567"),
        ("增长为-3.5%", "-3.5"),
        ("０１２", "12"),
    ],
)
def test_values(text, value):
    assert values(text) == [Decimal(value)]


def test_a_list_mark_before_a_year_is_a_number_of_its_own():
    """A table of contents prints `1.2024年…`: two numbers, not the decimal 1.2024."""
    assert printed("1.2024年示例部门收支总表") == ["1", "2024"]
    assert printed("１２．２０２４年示例部门收支总表") == ["１２", "２０２４"]
    assert printed("占1.2024倍") == ["1.2024"]


def test_a_printed_number_is_never_cut():
    """Two figures run together: the blank groups no digits of a number that goes on with separators."""
    assert printed("38 697,723.84") == ["38", "697,723.84"]
    assert printed("编号.1,234元") == ["1,234"]


@pytest.mark.parametrize("text", ["示例市共三家县级医院", "特困供养一千二百零六人", "年初预算为零。", "拨付三万元资金给付"])
def test_chinese_numerals_that_measure(text):
    found = list(printed_numbers(document(paragraph(text))))
    assert [number.is_digits for number in found] == [False]
    assert found[0].value == {"三": 3, "一千二百零六": 1206, "零": 0, "三万": 30000}[found[0].printed]


@pytest.mark.parametrize(
    "text", ["第三家医院", "八项规定精神", "“四个全覆盖”", "一个中心", "二级指标", "二〇二二年度", "十九大精神", "进一步提高"]
)
def test_chinese_numerals_that_do_not(text):
    assert printed(text) == []


def test_places_say_where_a_number_stands():
    found = list(printed_numbers(document(broken("前面没有数字", "后面有12个"), table(cell("甲"), cell("乙34", col=2)))))
    assert [(number.place.ref, number.printed) for number in found] == [("L2+3", "12"), ("L1/t1/r1/c2+1", "34")]
    assert [number.holder.ref for number in found] == ["L1", "L1/t1/r1/c2"]
    assert [number.block for number in found] == ["text", "table"]


def test_kinds_of_paragraphs_are_kept():
    blocks = [paragraph("第3页", "page_number"), paragraph("续表2", "repeated"), paragraph("[bookmark: _Toc15]", "markup")]
    assert [(n.printed, n.block) for n in printed_numbers(document(*blocks))] == [("3", "page_number"), ("2", "repeated"), ("15", "markup")]


def test_the_rest_of_a_merged_cell_prints_nothing_again():
    assert [n.printed for n in printed_numbers(document(table(cell("12"), cell("34", col=2, covered=True))))] == ["12"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("支出12", "34元"), 1),
        (("支出1,234,", "567元"), 1),
        (("支出12.", "5元"), 1),
        (("支出12元", "34元"), 0),
        (("共1", "2", "3人"), 2),
        (("1 234 567元",), 2),
        (("没有", "数字"), 0),
    ],
)
def test_numbers_broken_over_lines(lines, joined):
    """So many numbers more does the file print, line by line; the same in a paragraph and in a cell."""
    whole = "".join(lines)
    per_line = sum(count_tokens(line) for line in lines)
    for block in (broken(*lines), table(cell(whole, raw="\n".join(lines)))):
        held = len(list(printed_numbers(document(block))))
        assert joined_over_lines(document(block)) == joined == per_line - held


NUMBERLIKE = st.text(alphabet="0123456789０９𝟓٣,，.．．  \u00a0-−–—%‰年元人①²Aa、", max_size=40)


@LAW
@given(st.one_of(NUMBERLIKE, st.text(max_size=60)))
def test_every_digit_belongs_to_exactly_one_number(text):
    held = [0] * len(text)
    for number in printed_numbers(document(paragraph(text))):
        assert number.text is text
        if number.is_digits:
            assert number.printed and any(char.isdecimal() for char in number.printed)
            for at in range(number.start, number.end):
                held[at] += 1
    assert all(held[at] == 1 for at, char in enumerate(text) if char.isdecimal())
    assert max(held, default=0) <= 1


@LAW
@given(st.lists(NUMBERLIKE, min_size=1, max_size=5))
def test_lines_and_joins_add_up(lines):
    """What the lines print one by one is what is held plus what is joined, whatever stands on them."""
    found = document(broken(*lines))
    assert len([n for n in printed_numbers(found) if n.is_digits]) + joined_over_lines(found) == sum(count_tokens(line) for line in lines)


@LAW
@given(NUMBERLIKE)
def test_numbers_come_in_reading_order(text):
    starts = [number.start for number in printed_numbers(document(paragraph(text)))]
    assert starts == sorted(starts)
