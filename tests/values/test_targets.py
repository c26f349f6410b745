"""Targets and results of indicators."""

import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.values.targets import Quantity, is_attained, parse_operator, parse_quantity

LAW = settings(deadline=None, max_examples=100)
WORDINGS = [
    (sign, wording)
    for sign, wordings in tomllib.loads(files("flows.values").joinpath("operators.toml").read_text(encoding="utf8")).items()
    for wording in wordings
]
SIGNS = ["≥", "≤", "=", ">", "<"]
NUMBERS = st.decimals(min_value=0, max_value=10**7, places=2)
UNITS = st.sampled_from(["%", "个", "人次", "万元", "天", "个百分点", "台（套）", "元/人·天", "分"])
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@pytest.mark.parametrize(("sign", "wording"), WORDINGS)
def test_every_wording_is_its_sign_alone_and_before_a_number(sign, wording):
    assert parse_operator(wording) == sign
    assert parse_operator(f" {wording} ") == sign
    quantity = parse_quantity(f"{wording}5天")
    assert (quantity.operator, quantity.value, quantity.unit) == (sign, 5, "天")


@pytest.mark.parametrize("text", ["", "定性", "≥90", "≥≥", "优"])
def test_what_is_no_operator(text):
    assert parse_operator(text) is None


@pytest.mark.parametrize(("printed", "sign"), [("＞=", "≥"), (">＝", "≥"), ("＜=", "≤")])
def test_signs_of_mixed_width_are_one_operator(printed, sign):
    assert parse_operator(printed) == sign
    assert parse_quantity(f"{printed}90%").operator == sign
    assert parse_quantity(f"{printed}90%").value == 90


@LAW
@given(operator=st.sampled_from([*SIGNS, ""]), value=NUMBERS, unit=UNITS, blank=st.sampled_from(["", " ", "\n"]))
def test_what_is_printed_is_read_back(operator, value, unit, blank):
    quantity = parse_quantity(f"{operator}{blank}{value:,f}{blank}{unit}")
    assert (quantity.operator, quantity.value, quantity.unit) == (operator or None, value, unit)


@LAW
@given(operator=st.sampled_from(SIGNS), value=NUMBERS)
def test_full_width_says_the_same(operator, value):
    printed = f"{operator}{value:,f}%"
    half, full = parse_quantity(printed), parse_quantity(printed.translate(FULL_WIDTH))
    assert (half.operator, half.value, half.unit) == (full.operator, full.value, full.unit)


def test_the_text_stays_as_printed():
    assert parse_quantity("≥\n３０亿元").text == "≥３０亿元"


@pytest.mark.parametrize(
    "cell",
    [
        "6-9个月",
        "3~5次",
        "2022年12月底前",
        "2022年底",
        "12月31日",
        "1:3",
        "1/3",
        "3家，共5家",
        "按时完成5项工作中的3项",
        "优",
        "",
        "完成率≥90%",
        "1.2.3",
    ],
)
def test_ranges_dates_and_sentences_have_no_value(cell):
    quantity = parse_quantity(cell)
    assert (quantity.value, quantity.unit) == (None, None)
    assert quantity.text == cell


@pytest.mark.parametrize(("cell", "operator", "value"), [("≥-5%", "≥", "-5"), ("－3%", None, "-3"), ("≤−0.5%", "≤", "-0.5")])
def test_a_negative_quantity(cell, operator, value):
    assert parse_quantity(cell) == Quantity(cell, operator, Decimal(value), "%")


def test_an_en_dash_is_a_minus():
    assert parse_quantity("–3%").value == -3


@pytest.mark.parametrize(
    ("cell", "unit", "sign"), [("90%以上", "%", "≥"), ("30天以内", "天", "≤"), ("5人以下", "人", "≤"), ("≥90%以上", "%", "≥")]
)
def test_bounds_written_behind_the_number(cell, unit, sign):
    quantity = parse_quantity(cell)
    assert (quantity.operator, quantity.unit, quantity.text) == (sign, unit, cell)


@pytest.mark.parametrize(("cell", "value"), [("≥3所初中", 3), ("≥5台后备电源", 5), ("≥10个前端点位", 10)])
def test_a_noun_that_holds_a_word_of_time_is_no_date(cell, value):
    assert parse_quantity(cell).value == value


@pytest.mark.parametrize("cell", ["≥3家；", "≥3家。"])
def test_a_stop_at_the_end_says_nothing(cell):
    quantity = parse_quantity(cell)
    assert (quantity.operator, quantity.value, quantity.unit) == ("≥", 3, "家")


# Does the one meet the other?


def attained(target, actual):
    return is_attained(parse_quantity(target), parse_quantity(actual))


HOLDS = {
    "≥": lambda got, want: got >= want,
    "≤": lambda got, want: got <= want,
    "=": lambda got, want: got == want,
    ">": lambda got, want: got > want,
    "<": lambda got, want: got < want,
}


@pytest.mark.parametrize("sign", SIGNS)
@LAW
@given(want=st.integers(0, 30), got=st.integers(0, 30))
def test_attained_is_arithmetic(sign, want, got):
    assert attained(f"{sign}{want}个", f"{got}个") is HOLDS[sign](got, want)


@pytest.mark.parametrize("sign", SIGNS)
@LAW
@given(want=st.integers(1, 50), got=st.integers(1, 50))
def test_attained_does_not_depend_on_the_unit_of_money(sign, want, got):
    same = attained(f"{sign}{want}万元", f"{got}万元")
    assert attained(f"{sign}{want * 10_000}元", f"{got}万元") is same
    assert attained(f"{sign}{want}万元", f"{got * 10_000}元") is same


@LAW
@given(sign=st.sampled_from(SIGNS), want=st.integers(0, 30), got=st.integers(0, 30))
def test_a_result_without_unit_takes_the_targets(sign, want, got):
    assert attained(f"{sign}{want}万元", f"{got}") is attained(f"{sign}{want}万元", f"{got}万元")


def test_a_target_without_unit_takes_the_results():
    assert attained("≥5", "4万元") is False


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥5个", "6天"),
        ("≥5万元", "6人"),
        ("≥90%", "优"),
        ("优", "良"),
        ("", ""),
        ("≥90%", ""),
        ("", "95%"),
        ("按时完成", "已完成"),
        ("5个", "6个"),
        ("≥400份", "≤500份"),
        ("≥95%", "未完成"),
    ],
)
def test_what_cannot_be_told(target, actual):
    assert attained(target, actual) is None


@pytest.mark.parametrize("words", ["优", "按时完成", "6-9个月", "2022年12月底前"])
def test_the_same_words_are_attained(words):
    assert attained(words, words) is True


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        ("全部或基本达成预期指标", True),
        ("达成预期指标", True),
        ("基本达成目标", True),
        ("部分达成预期指标并具有一定效果", False),
        ("未达成预期指标且效果较差", False),
    ],
)
@pytest.mark.parametrize("target", ["效果明显", "≥90%", ""])
def test_the_ministrys_three_bands(target, band, verdict):
    assert attained(target, band) is verdict


@pytest.mark.parametrize("words", ["未能达成预期指标", "没有达成预期指标", "未基本达成", "尚未完全达成预期指标", "部分达成"])
def test_a_denied_band_is_not_attained(words):
    assert attained("效果明显", words) is False


def test_a_denial_of_the_whole_band():
    assert attained("效果明显", "未全部或基本达成预期指标") is not True


@pytest.mark.parametrize("words", ["不存在未达成预期指标的情况", "无未达成指标"])
def test_a_denied_denial_is_no_failure(words):
    assert attained("效果明显", words) is not False


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥400份", "≥400份"), ("≥400份", "≥500份"), ("≥400份", ">400份"), ("≤5天", "≤3天"), ("≤5天", "<5天"), (">5天", ">6天")],
)
def test_a_result_that_is_a_bound_meets_a_weaker_bound(target, actual):
    assert attained(target, actual) is True


@pytest.mark.parametrize(("target", "actual"), [("<5天", "≤5天"), (">400份", "≥400份")])
def test_a_bound_does_not_prove_a_stricter_one(target, actual):
    assert attained(target, actual) is None


@LAW
@given(
    target=st.text(alphabet="≥≤=><５5.3%个万元优未达成 -", max_size=10), actual=st.text(alphabet="≥≤=><５5.3%个万元优未达成 -", max_size=10)
)
def test_no_pair_of_cells_breaks_it(target, actual):
    assume(target or actual)
    assert attained(target, actual) in (True, False, None)


@pytest.mark.parametrize(("printed", "operator"), [("控制在4.5%以内", "≤"), ("保持在4.5%以上", "≥"), ("稳定在4.5%", None)])
def test_a_word_before_the_figure_says_no_operator(printed, operator):
    quantity = parse_quantity(printed)
    assert (quantity.operator, quantity.value, quantity.unit) == (operator, Decimal("4.5"), "%")
