"""Numbers as printed, in digits and in Chinese numerals."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.values.numbers import (
    find_chinese_numerals,
    find_numbers,
    fold_digits,
    parse_amount,
    parse_chinese_numeral,
    parse_number,
    parse_rate,
    to_decimal,
)

LAW = settings(deadline=None, max_examples=100)
DECIMALS = st.decimals(min_value=0, max_value=10**12, places=2)
TO_FULL_WIDTH = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")

# Manners in which a report prints one and the same amount.
MANNERS = {
    "plain": lambda value: f"{value:f}",
    "thousands": lambda value: f"{value:,f}",
    "full-width thousands commas": lambda value: f"{value:,f}".replace(",", "，"),
    "full-width": lambda value: f"{value:,f}".translate(TO_FULL_WIDTH),
    "blanks around": lambda value: f"\u3000 {value:f}\n",
    "broken over lines": lambda value: "\n".join(f"{value:f}"),
    "currency sign": lambda value: f"¥{value:,f}",
}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
@LAW
@given(value=DECIMALS)
def test_a_cell_gives_the_number_it_prints_in_any_manner(manner, value):
    assert parse_number(manner(value)) == value


@pytest.mark.parametrize("minus", ["-", "－", "−", "–"])
@LAW
@given(value=DECIMALS)
def test_every_minus_sign_is_one(minus, value):
    assert parse_number(f"{minus}{value:,f}") == -value


@LAW
@given(value=DECIMALS)
def test_digits_and_places_are_kept_exactly(value):
    assert str(parse_number(f"{value:,f}")) == f"{value:f}"


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "—", "约5", "99.5%", "5万元", "3-5", "1.2.3", "12,34", "1,2345", "（3）", "NaN", "1e5", "三", "3 项", "2022年"]
)
def test_a_cell_with_anything_else_is_no_number(cell):
    assert parse_number(cell) is None


@pytest.mark.parametrize("mark", ["①", "²"])
def test_a_mark_is_no_number(mark):
    assert parse_number(mark) is None


@pytest.mark.parametrize(
    ("cell", "percent"),
    [("99.50%", "99.50"), ("99.5％", "99.5"), ("９９．５％", "99.5"), ("100", "100"), ("1", "1"), ("-5%", "-5"), ("0 %", "0")],
)
def test_a_rate_cell_is_in_percent(cell, percent):
    assert str(parse_rate(cell)) == percent


@pytest.mark.parametrize("cell", ["", "%", "1%%", "约5%", "5‰", "3-5%"])
def test_what_is_no_rate(cell):
    assert parse_rate(cell) is None


@pytest.mark.parametrize("text", ["", "-", "1.2.3", "NaN", "Infinity", "五", "5%"])
def test_to_decimal_refuses_what_is_not_one_finite_number(text):
    assert to_decimal(text) is None


@LAW
@given(st.text(max_size=40))
def test_folding_keeps_every_place(text):
    assert len(fold_digits(text)) == len(text)


# Running text


@LAW
@given(values=st.lists(DECIMALS, min_size=1, max_size=5), manner=st.sampled_from(["plain", "thousands", "full-width"]))
def test_every_number_of_a_text_is_found_where_it_stands(values, manner):
    printed = [MANNERS[manner](value) for value in values]
    text = "收入" + "万元、支出".join(printed) + "万元"
    found = find_numbers(text)
    assert [span.value for span in found] == values
    assert [text[span.start : span.end] for span in found] == printed


@LAW
@given(st.text(alphabet="0123456789,，.-－５，万元、。A项", max_size=25))
def test_found_numbers_print_their_value_and_come_in_order(text):
    found = find_numbers(text)
    assert all(span.start < span.end <= len(text) for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(span.value == to_decimal(text[span.start : span.end]) for span in found)


def test_no_digit_of_a_text_is_overlooked():
    text = "12项、3，4、5.6和7"
    covered = {place for span in find_numbers(text) for place in range(span.start, span.end)}
    assert {place for place, char in enumerate(text) if char.isdigit()} <= covered


def test_an_enumeration_is_not_read_as_thousands():
    assert [span.value for span in find_numbers("检查3，14，15次")] == [3, 14, 15]


@pytest.mark.parametrize(("text", "values"), [("项目周期3-5年", [3, 5]), ("编号2022-12", [2022, 12]), ("A-3", [3])])
def test_a_dash_between_two_is_no_minus(text, values):
    assert [span.value for span in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "values"), [("支出12 345.60元", ["12345.60"]), ("2022 300万元", ["2022", "300"]), ("3 14次", ["3", "14"])]
)
def test_blanks_part_thousands_and_nothing_else(text, values):
    assert [str(span.value) for span in find_numbers(text)] == values


# Chinese numerals

_DIGITS = "零一二三四五六七八九"


def _below_ten_thousand(value):
    text, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    return text


def chinese(value):
    """A number below 一亿 as it is written: 10203 → 一万零二百零三."""
    if value >= 10_000:
        rest = value % 10_000
        between = "零" if 0 < rest < 1000 else ""
        return chinese(value // 10_000) + "万" + between + _below_ten_thousand(rest)
    text = _below_ten_thousand(value)
    return text.removeprefix("一") if 10 <= value < 20 else text


@LAW
@given(st.integers(1, 99_999_999))
def test_chinese_numerals_round_trip(value):
    assert parse_chinese_numeral(chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十六", 26),
        ("一百零五", 105),
        ("一千二百", 1200),
        ("两万", 20_000),
        ("二〇二二", 2022),
        ("一亿", 10**8),
        ("三千万", 30_000_000),
        ("一亿零一", 10**8 + 1),
    ],
)
def test_chinese_numerals_by_hand(text, value):
    assert parse_chinese_numeral(text) == value


@pytest.mark.parametrize(("text", "value"), [("一亿二千万", 120_000_000), ("三亿五千六百万零八", 356_000_008)])
def test_hundred_millions_go_on_with_ten_thousands(text, value):
    assert parse_chinese_numeral(text) == value


def test_both_zeros_write_a_year():
    assert parse_chinese_numeral("二零二二") == 2022


def test_a_scale_word_alone_is_not_zero():
    assert parse_chinese_numeral("万") != 0


@pytest.mark.parametrize("text", ["", "第一", "一百多", "百分之五", "12", "一 二"])
def test_what_is_no_chinese_numeral(text):
    assert parse_chinese_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("共有二十六家示例机构", "二十六", 26),
        ("设三个科室", "三", 3),
        ("救助一百二十户样本家庭", "一百二十", 120),
        ("两名工作人员", "两", 2),
        ("拨付一千二百万元用于建设", "一千二百万", 12_000_000),
    ],
)
def test_chinese_numerals_that_measure_are_found(text, printed, value):
    (span,) = find_chinese_numerals(text)
    assert (text[span.start : span.end], span.value) == (printed, Decimal(value))


@pytest.mark.parametrize(
    "text", ["第三家示例机构", "落实“四个全覆盖”", "八项规定精神", "一个中心", "每三家样本机构", "二期工程", "同一家单位"]
)
def test_names_and_ordinals_measure_nothing(text):
    assert find_chinese_numerals(text) == []


@pytest.mark.parametrize("text", ["拨付资金五百万元。", "拨付资金五百万元，用于建设"])
def test_money_in_chinese_numerals_needs_no_noun_behind_it(text):
    assert [span.end - span.start for span in find_chinese_numerals(text)]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("(15,230.60)", "-15230.60"),
        ("（5.50）", "-5.50"),
        ("-5.50", "-5.50"),
        ("5.50", "5.50"),
        ("(1)", None),
        ("（2023）", None),
        ("(5.50万元)", None),
    ],
)
def test_an_amount_in_brackets_is_negative_and_a_mark_in_brackets_none(cell, amount):
    assert parse_amount(cell) == (amount and Decimal(amount))
