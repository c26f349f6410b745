"""When two printed names are one project, one indicator, one account, one table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.matching import account_name, indicator_match, project_match, table_match

LAW = settings(deadline=None, max_examples=60)
PROJECTS = st.sampled_from(["城乡示例补助经费", "样本设备购置", "示例系统运行维护（二期）", "三支一扶补助", "A类示例经费"])
INDICATORS = st.sampled_from(["参训人员满意度", "示例设备数量", "办结及时率", "十年示例成效", "一次办结率"])
YEARS = st.integers(2010, 2030)


@LAW
@given(
    name=PROJECTS,
    year=YEARS,
    manner=st.sampled_from(
        [
            "{year}年{name}",
            "{year}年度{name}",
            "{year}{name}",
            "{name}（{year}年）",
            "({year}){name}",
            "{name}项目",
            "{year}年{name}项目",
            " {name}\n",
            "“{name}”",
            "51000022T000000123456-{name}",
        ]
    ),
)
def test_a_project_meets_itself_over_years_and_forms(name, year, manner):
    assert project_match(manner.format(year=year, name=name)) == project_match(name)


def test_different_projects_stay_apart():
    names = ["示例补助", "示例补助经费", "样本补助", "示例补助（一期）", "示例补助（二期）"]
    assert len({project_match(name) for name in names}) == len(names)


def test_a_project_named_project_keeps_a_name():
    assert project_match("项目") == "项目"


@pytest.mark.parametrize(("left", "right"), [("2000亩示例田建设", "2050亩示例田建设"), ("12015示例热线经费", "12025示例热线经费")])
def test_a_figure_is_not_a_year(left, right):
    assert project_match(left) != project_match(right)


@LAW
@given(
    name=INDICATORS,
    manner=st.sampled_from(
        [
            "1.{name}",
            "12、{name}",
            "一、{name}",
            "（一）{name}",
            "(3){name}",
            "{name}（%）",
            "{name}(万人)",
            "{name}：",
            " {name} ",
            "其中：{name}",
            "1．{name}（人次）",
        ]
    ),
)
def test_an_indicator_meets_itself_without_mark_and_unit(name, manner):
    assert indicator_match(manner.format(name=name)) == indicator_match(name)


@pytest.mark.parametrize(
    ("left", "right"), [("示例设备数量", "样本设备数量"), ("补助标准（一档）", "补助标准（二档）"), ("3个示例点", "5个示例点")]
)
def test_different_indicators_stay_apart(left, right):
    assert indicator_match(left) != indicator_match(right)


@pytest.mark.parametrize("name", ["1、", "（%）", "一、", "—"])
def test_an_indicator_that_is_all_mark_keeps_its_text(name):
    assert indicator_match(name)


@pytest.mark.parametrize("match", [indicator_match, account_name])
def test_a_decimal_is_no_list_mark(match):
    assert match("3.5吨以上示例车辆") != match("2.5吨以上示例车辆")


@LAW
@given(
    name=st.sampled_from(["一般公共预算财政拨款收入", "示例支出", "七十周年示例支出", "住房保障支出"]),
    mark=st.sampled_from(["", "一、", "十二、", "二十一、", "（一）", "(十二)", "1.", "20.", "1、", "其中：", "其中:1."]),
)
def test_an_account_is_its_name_without_mark(name, mark):
    assert account_name(mark + name) == name


def test_an_account_that_is_all_mark_keeps_its_text():
    assert account_name("一、") == "一、"


@LAW
@given(
    title=st.sampled_from(["收支预算总表", "收入支出决算总表", "财政拨款支出表"]),
    year=YEARS,
    manner=st.sampled_from(
        [
            "{title}",
            "{year}年度示例市样本局{title}",
            "示例市样本局{year}年部门{title}",
            "部门{title}",
            "（公开01表）{title}",
            "{title}（{year}年）",
            "{year}年度\n示例市样本局 部门{title}",
        ]
    ),
)
def test_a_table_is_its_title_without_year_bureau_and_brackets(title, year, manner):
    assert table_match(manner.format(title=title, year=year), "示例市样本局") == title


def test_a_table_of_an_unknown_bureau_keeps_the_name():
    assert table_match("示例市样本局收支总表", None) == "示例市样本局收支总表"
