"""Which year a figure is about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.statements import reader
from flows.statements.years import mentions

LAW = settings(deadline=None, max_examples=80)
YEARS = st.integers(2000, 2099)


def years(text, default=2030):
    """The fiscal year of every figure of a text."""
    return [statement.fiscal_year for statement in reader.read(text, default)]


def periods(text):
    return [statement.period for statement in reader.read(text, 2030)]


def test_without_a_named_year_it_is_the_reports():
    assert years("示例支出5万元。") == [2030]
    assert years("示例支出5万元。", None) == [None]


@LAW
@given(
    year=YEARS,
    manner=st.sampled_from(
        [
            "{}年示例支出5万元",
            "{}年度示例支出5万元",
            "{} 年示例支出5万元",
            "截至{}年底示例支出5万元",
            "{}年1-11月示例支出5万元",
            "示例{}年支出5万元",
        ]
    ),
)
def test_a_named_year_is_the_figures(year, manner):
    assert years(manner.format(year)) == [year]


@LAW
@given(year=YEARS, manner=st.sampled_from(["与{}年相比", "较{}年", "比{}年", "同{}年相比", "和{}年相比", "对比{}年", "较上年（{}年）"]))
def test_the_year_a_figure_is_compared_with_is_not_its_year(year, manner):
    assert years(f"示例支出5万元，{manner.format(year)}增加3万元。") == [2030, 2030]


@LAW
@given(year=YEARS, other=YEARS)
def test_a_compared_year_does_not_hide_the_named_one(year, other):
    assert years(f"{year}年示例支出5万元，较{other}年增加3万元，增长60%。") == [year] * 3


@LAW
@given(year=YEARS, other=YEARS)
def test_a_year_in_brackets_holds_only_in_the_brackets(year, other):
    assert years(f"{year}年示例支出5万元（{other}年4万元），结余1万元。") == [year, other, year]


def test_brackets_at_the_beginning_leave_the_reports_year():
    assert years("（2021年4万元）示例支出5万元") == [2021, 2030]


def test_a_year_carries_over_to_the_figures_after_it():
    assert years("2021年示例概况。收入5万元，其中：补助3万元。支出4万元。") == [2021] * 3


def test_the_last_named_year_wins():
    assert years("2021年支出4万元，2022年支出5万元，结余1万元。") == [2021, 2022, 2022]


def test_figures_before_the_first_year_keep_the_reports():
    assert years("收入9万元，2021年支出4万元。") == [2030, 2021]


def test_years_in_names_of_documents_name_no_year():
    assert years("依据《示例办法（2021年版）》支出5万元。") == [2030]
    assert mentions("《2021年示例计划》") == []


@pytest.mark.parametrize("text", ["20220年", "编号12022年", "2000万元", "3年"])
def test_what_is_no_year(text):
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至2022年11月30日，示例支出5万元", "截至2022年11月30日"),
        ("2022年1-11月示例支出5万元", "2022年1-11月"),
        ("2022 年 3 月示例支出5万元", "2022年3月"),
        ("2022年底示例资产5万元", "2022年底"),
        ("2022年末示例资产5万元", "2022年末"),
        ("2022年上半年示例支出5万元", "2022年上半年"),
        ("2022年一季度示例支出5万元", "2022年一季度"),
        ("2022年示例支出5万元", None),
        ("2022年度示例支出5万元", None),
        ("示例支出5万元", None),
    ],
)
def test_a_span_finer_than_the_year_is_the_period(text, period):
    assert periods(text) == [period]


@LAW
@given(st.text(alphabet="20212022年（）较与相比《》底月1-示例，", max_size=40))
def test_a_year_is_named_in_the_text_or_is_the_reports(text):
    printed = {int(text[at : at + 4]) for at in range(len(text)) if text[at : at + 4].isdigit()}
    assert set(years(f"{text}支出5万元")) <= printed | {2030}


@pytest.mark.parametrize("text", ["与2021年的4万元相比，", "示例支出比2021年的4万元多。", "较2021年预算数4万元"])
def test_a_figure_of_the_compared_year_is_of_that_year(text):
    assert years(text) == [2021]


def test_a_second_year_after_and_is_named():
    assert years("2021年支出4万元和2022年支出5万元。") == [2021, 2022]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年示例支出4万元", 2029),
        ("上年示例支出4万元", 2029),
        ("上年末示例余额4万元", 2029),
        ("明年计划投入4万元", 2031),
        ("上年结转4万元", 2030),
        ("示例支出较上年增加4万元", 2030),
        ("比去年减少4万元", 2030),
    ],
)
def test_words_for_the_years_around(text, expected):
    assert years(text) == [expected]


def test_the_year_a_bureau_was_founded_dates_nothing_else():
    assert years("示例市样本局成立于2019年，现有人员45人。") == [2030]


# What is not told yet


def test_compared_to_a_year_without_with():
    assert years("示例支出5万元，相比2021年增加1万元。") == [2030, 2030]


def test_respectively_shares_years_out():
    for text in ("2021年、2022年示例支出分别为4万元、5万元。", "示例支出2021-2022年分别为4万元和5万元。"):
        found = reader.read(text, 2030)
        assert [(s.fiscal_year, s.subject) for s in found] == [(2021, "示例支出"), (2022, "示例支出")]


def test_the_whole_year_ends_a_period():
    assert periods("截至2022年6月30日示例支出5万元，全年支出9万元。") == ["截至2022年6月30日", None]


@pytest.mark.parametrize(
    ("text", "period"), [("2022年第一季度示例支出5万元", "2022年第一季度"), ("截至2022年6月底示例支出5万元", "截至2022年6月底")]
)
def test_quarters_and_ends_of_months(text, period):
    assert periods(text) == [period]
