"""Units: what they measure, how many base units they are, and where a table declares one."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.values.units import money_unit_in, unit_at, unit_of, yuan

LAW = settings(deadline=None, max_examples=100)
MONEY = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "千万元": 10_000_000, "亿元": 100_000_000}


@pytest.mark.parametrize(("unit", "factor"), MONEY.items())
@LAW
@given(value=st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_money_is_exact_in_yuan(unit, factor, value):
    assert yuan(value, unit) == value * factor


def test_a_ten_thousand_table_is_not_read_in_yuan():
    assert yuan(Decimal("4.00"), "万元") == 40000


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (None, "元"),
        (Decimal(5), None),
        (Decimal(5), ""),
        (Decimal(5), "人"),
        (Decimal(5), "%"),
        (Decimal(5), "元/人"),
        (Decimal(5), "示例"),
    ],
)
def test_without_a_money_unit_there_is_no_amount(value, unit):
    assert yuan(value, unit) is None


@pytest.mark.parametrize(
    ("printed", "kind", "base", "factor"),
    [
        ("%", "rate", "%", "1"),
        ("％", "rate", "%", "1"),
        ("‰", "rate", "%", "0.1"),
        ("个百分点", "rate", "%", "1"),
        ("分", "score", "分", "1"),
        ("人次", "count", "人次", "1"),
        ("万人次", "count", "人次", "10000"),
        ("万人", "count", "人", "10000"),
        ("千米", "count", "米", "1000"),
        ("台（套）", "count", "台(套)", "1"),
        ("万 元", "amount", "元", "10000"),
    ],
)
def test_what_a_unit_measures(printed, kind, base, factor):
    unit = unit_of(printed)
    assert (unit.kind, unit.base, unit.factor) == (kind, base, Decimal(factor))


@pytest.mark.parametrize("printed", ["", "示例", "万元整个", "项工作", "5", "余", "多"])
def test_what_is_no_unit(printed):
    assert unit_of(printed) is None


def test_square_metres_in_one_sign_are_a_unit():
    assert unit_of("㎡") is not None


@pytest.mark.parametrize(
    "printed",
    ["人", "人次", "万人", "万人次", "万元", "亿元/年", "个百分点", "个工作日", "个月", "%个百分点", "元/人", "台（套）", "平方米"],
)
def test_the_longest_unit_is_taken(printed):
    text = f"支出12{printed}，"
    assert unit_at(text, 4).printed == printed


def test_no_unit_where_none_begins():
    assert unit_at("支出12，万元", 4) is None
    assert unit_at("支出12", 4) is None


@pytest.mark.parametrize("unit", MONEY)
@pytest.mark.parametrize(
    "caption",
    [
        "单位：{}",
        "单位:{}",
        "金额单位： {}",
        "（{}）",
        "({})",
        "（单位：{}）",
        "单位：人民币{}",
        "预算数（{}）",
        "单位\u3000：\u3000{}",
        "金额单位均为{}",
        "均以{}为单位",
    ],
)
def test_the_unit_a_caption_declares(caption, unit):
    assert money_unit_in(caption.format(unit)) == unit


@pytest.mark.parametrize("caption", ["", "单位：人", "单位：示例市样本局", "2022年支出5万元", "（人）", "预算单位：示例市样本局"])
def test_captions_that_declare_no_money(caption):
    assert money_unit_in(caption) is None
