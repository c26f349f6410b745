"""Everyday sentences: what is counted, under what, of which year; and what looks like a date, a code or a bound and is a measure."""

from decimal import Decimal

import pytest

from flows.statements.reader import read
from flows.values.numbers import find_numbers


def told(text, year=2023):
    return [(s.subject, s.scope, str(s.value), s.unit) for s in read(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("样本总收入500万元，其中：甲类收入300万元；乙类收入200万元。", [None, "样本总收入/其中", "样本总收入/其中"]),
        ("样本总收入500万元，占总量的80%。", ["总量", "总量"]),
        ("甲类收入300万元，占样本总收入的60%。其中：甲一收入100万元。", ["样本总收入", "样本总收入", "甲类收入/其中"]),
        ("样本支出中，甲支出3万元，乙支出4万元。", ["样本支出/其中", "样本支出/其中"]),
        ("展览12个，其中原创展览5个，接待6万人次。", [None, "展览/其中", None]),
        ("全体会议1次，常委会议4次，主席会议12次。其中，专题常委会议2次，专题协商会3次。", [None, None, None, "常委会议/其中", None]),
        ("办公用房面积20平方米，价值3万元；业务用房面积10平方米，价值2万元。", [None, "办公用房", None, "业务用房"]),
        ("样本人口（甲类人员52名）共99名。", ["样本人口", None]),
    ],
)
def test_what_a_figure_is_a_part_of(text, expected):
    assert [scope for _, scope, _, _ in told(text)] == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("样本支出（类）样本事务（款）样本运行（项）：支出决算为8万元，完成预算的90%。", ["样本运行", "样本运行"]),
        ("核定编制35名，实有30人。", ["编制", "实有"]),
        ("年末实有车辆5辆，较上年末减少1辆。", ["实有车辆", "实有车辆"]),
        ("全县辖12个乡镇、150个村。", ["乡镇", "村"]),
        ("投入（20分）得分18分。", ["投入", "投入"]),
        ("（二）过程指标（30分），自评得分28分。", ["过程指标", "过程指标"]),
        ("货运量5万吨、货值6亿元，分别增长7%和8%。", ["货运量", "货值", "货运量", "货值"]),
        ("示例标准由2022年的每人每月610元提高到655元。", ["示例标准", "示例标准"]),
        ("保管期限分为：永久、100年、50年。", ["保管期限", "保管期限"]),
        ("基本支出增加人员经费5万元。", ["人员经费"]),
    ],
)
def test_what_everyday_sentences_count(text, subjects):
    assert [subject for subject, *_ in told(text)] == subjects


def test_points_know_their_full_marks():
    full, earned = read("①样本受理率（15分）。查阅材料，该指标得分为12分。", 2023)
    assert (full.is_full_marks, full.subject) == (True, "样本受理率")
    assert (earned.subject, earned.value, earned.full_marks, earned.is_full_marks) == ("样本受理率", 12, 15, None)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("我局2019年组建，目前有职工45人。", [2023]),
        ("示例率由2021年的33%降至30%。", [2021, 2023]),
        ("2021年、2022年、2023年，示例补贴分别为4万元、5万元、6万元。", [2021, 2022, 2023]),
        ("2023年支出8万元，2022年为7万元。收入9万元。", [2023, 2022, 2023]),
    ],
)
def test_the_year_a_figure_is_about(text, years):
    assert [s.fiscal_year for s in read(text, 2023)] == years


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("受益人口达12万，满意度90%。", ["12", "90"]),
        ("网址www.example.org，全年访问1200人次，投入35万元。", ["1200", "35"]),
        ("全年购置PC20台。", ["20"]),
        ("投入500万元的资金用于示例。", ["500"]),
        ("惠及80%以上的群众。", ["80"]),
        ("公开12起典型案例。", ["12"]),
        ("受理案件25件、3月办结20件。", ["25", "20"]),
        ("年初预算为零。", ["0"]),
        ("特困供养一千二百零六人。", ["1206"]),
    ],
)
def test_what_looks_like_context_and_is_a_measure(text, values):
    assert [value for _, _, value, _ in told(text)] == values


@pytest.mark.parametrize(
    "text", ["单价50万元以上通用设备", "65岁以上老年人", "90（含）-100分为优、60分以下为差。", "95分以上的项目", "（90分及以上）"]
)
def test_bounds_of_a_class_measure_nothing(text):
    assert told(text) == []


def test_people_are_no_money():
    (statement,) = read("参保人数35.6万。", 2023)
    assert (statement.kind, statement.base_unit, statement.value_base) == ("count", None, Decimal(356_000))


def test_a_full_width_comma_parts_three_numbers():
    assert find_numbers("分别为35，120，150人")[0].value == 35
    assert [n.value for n in find_numbers("支出1，234.50万元")] == [Decimal("1234.50")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("样本支出决算3万元，比上年减少（或下降）1万元。", ("样本支出决算", "change", "decrease")),
        ("样本支出决算3万元，比上年增加（减少）1万元。", ("样本支出决算", "change", None)),
        ("样本费2.1万元，样本32批次，217人次，较上年增加0.4万元。", ("样本费", "change", "increase")),
        ("样本费2.1万元，样本活动32批次，较上年增加5批次。", ("样本活动", "change", "increase")),
        ("样本支出决算3万元，完成年初预算5万元的60%，比2022年减少1万元。", ("样本支出决算", "change", "decrease")),
    ],
)
def test_a_change_is_of_the_thing_told_of(text, expected):
    *_, last = read(text, 2023)
    assert (last.subject, last.kind, last.direction) == expected
