"""Whose report, about which year, of which kind: from small documents built by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.document import Document, Paragraph, Place
from flows.identity.report import identify

LAW = settings(deadline=None, max_examples=60)
FILLER = ["本段说明示例情况。"] * 20


def document(*lines):
    return Document("text", tuple(Paragraph(text, Place(line=number)) for number, text in enumerate(lines, start=1)))


def identity(*lines, captions=(), bureaus=(), form_bureaus=(), form_years=(), form_titles=(), file_name="report.txt"):
    return identify(document(*lines), bureaus, captions, form_bureaus, form_years, form_titles, file_name)


def bureau(found):
    return found.bureau.name if found.bureau else None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("杭州市示例局2022年度部门决算", "department_final_accounts"),
        ("杭州市示例局2022年度单位决算", "unit_final_accounts"),
        ("杭州市示例局2022年部门预算公开", "department_budget"),
        ("杭州市示例局2022年单位预算", "unit_budget"),
        ("杭州市示例局2022年度部门整体支出绩效自评报告", "department_self_evaluation"),
        ("杭州市示例局2022年度项目支出绩效自评报告", "project_self_evaluation"),
        ("杭州市示例局2022年部门预算项目支出绩效目标表", "project_self_evaluation"),
        ("杭州市示例局2022年度转移支付资金绩效自评报告", "transfer_payment_self_evaluation"),
    ],
)
def test_the_title_says_it_all(title, kind):
    found = identity(title, "一、基本情况", *FILLER)
    assert (found.kind, bureau(found), found.fiscal_year, found.title) == (kind, "杭州市示例局", 2022, title)


@pytest.mark.parametrize("title", ["项目支出绩效自评表", "项目支出绩效目标申报表", "部门整体支出绩效自评表"])
def test_a_title_that_only_says_what_the_form_is_names_no_bureau(title):
    found = identity(title, "（2022年度）", form_bureaus=["杭州市示例局"], form_titles=[title])
    assert bureau(found) == "杭州市示例局"


@pytest.mark.parametrize(("title", "kind"), [("“三公”经费支出决算表", "department_final_accounts"), ("收入预算表", "department_budget")])
def test_one_standard_table_is_a_report(title, kind):
    assert identity("杭州市示例局2022年度" + title, "单位：万元", captions=["杭州市示例局2022年度" + title]).kind == kind


@LAW
@given(year=st.integers(2001, 2099), front=st.sampled_from(["{y}年度", "{y}年"]))
def test_a_title_over_several_lines(year, front):
    found = identity(front.format(y=year), "杭州市示例局", "部门决算", "目录", *FILLER)
    assert (found.kind, bureau(found), found.fiscal_year) == ("department_final_accounts", "杭州市示例局", year)
    assert found.title.endswith("杭州市示例局部门决算")


def test_a_document_of_another_field_is_no_report():
    found = identity("示例食谱", "先把面和好。", "再煮十分钟。")
    assert (found.kind, found.bureau, found.fiscal_year, found.title) == (None, None, None, None)


@pytest.mark.parametrize("lines", [(), ("",), ("  ", "\u3000")])
def test_an_empty_document_says_nothing(lines):
    found = identity(*lines)
    assert (found.kind, found.bureau, found.fiscal_year, found.title, found.published_on, found.aliases) == (
        None,
        None,
        None,
        None,
        None,
        (),
    )


def test_evaluation_annexed_to_final_accounts_does_not_make_it_an_evaluation():
    found = identity(
        "杭州市示例局2022年度部门决算",
        "第一部分 部门概况",
        "第二部分 决算公开表",
        "第三部分 决算情况说明",
        *FILLER,
        "附件1",
        "项目支出绩效自评报告",
        "绩效自评结论",
    )
    assert found.kind == "department_final_accounts"


def test_a_document_of_forms_alone_is_an_evaluation():
    found = identity("示例说明", form_titles=("示例表",), form_bureaus=("示例市样本局",), form_years=(2022, 2022))
    assert found.kind == "department_self_evaluation"
    assert (bureau(found), found.fiscal_year) == ("示例市样本局", 2022)


# The bureau


@pytest.mark.parametrize(
    "given_",
    [{"bureaus": ["示例市样本局"]}, {"form_bureaus": ["142011示例市样本局-"]}],
    ids=["captions of tables", "forms"],
)
def test_a_bureau_of_an_unlisted_region_is_named_by_tables_and_forms(given_):
    assert bureau(identity("2022年度部门决算", *FILLER, **given_)) == "示例市样本局"


@pytest.mark.parametrize("label", ["填报单位", "编制单位", "单位名称", "部门名称", "预算主管部门"])
def test_a_label_names_the_bureau(label):
    assert bureau(identity("2022年度部门决算", f"{label}：示例市样本局", *FILLER)) == "示例市样本局"


def test_the_whole_name_stands_for_its_abbreviations():
    found = identity("杭州市医疗保障局2022年度部门决算", *FILLER, *["杭州市医保局完成示例工作。"] * 9)
    assert bureau(found) == "杭州市医疗保障局"
    assert dict(found.aliases).keys() == {"杭州市医疗保障局", "杭州市医保局"}


def test_every_alias_has_a_weight():
    found = identity("杭州市医疗保障局2022年度部门决算", *["杭州市医保局完成示例工作。"] * 9)
    assert all(weight > 0 for _, weight in found.aliases)


def test_another_bureau_in_the_text_does_not_win():
    found = identity("杭州市示例局2022年度部门决算", *FILLER, "杭州市财政局批复示例预算。", "杭州市示例局完成示例工作。")
    assert bureau(found) == "杭州市示例局"


def test_the_number_of_a_letter_names_no_bureau():
    assert bureau(identity("2022年度部门决算", *FILLER, "依据杭州市财政局发〔2022〕5号。", "依据杭州市财政局字第5号。")) is None


def test_the_file_name_is_only_a_hint():
    assert bureau(identity("2022年度部门决算", *FILLER, file_name="杭州市样本局_2022_部门决算.txt")) == "杭州市样本局"
    assert bureau(identity("杭州市示例局2022年度部门决算", file_name="杭州市样本局_2022_部门决算.txt")) == "杭州市示例局"


# The year


def test_the_year_compared_with_is_not_the_reports():
    found = identity("部门决算", "示例市样本局2022年度决算情况", *FILLER, *["与2021年决算数相比增加。", "较2021年预算数增加。"] * 9)
    assert found.fiscal_year == 2022


def test_figures_of_other_years_do_not_outvote_the_title():
    assert identity("杭州市示例局2023年部门预算", *FILLER, *["2022年预算执行情况良好。"] * 8).fiscal_year == 2023


def test_captions_tell_the_year_where_the_title_does_not():
    assert identity("示例市样本局部门决算", *FILLER, captions=["收入支出决算总表", "2022年度"]).fiscal_year == 2022


def test_forms_tell_the_year_where_nothing_else_does():
    assert identity("示例说明", form_years=(2021, 2021, 2020)).fiscal_year == 2021


@pytest.mark.parametrize(
    ("file_name", "year"),
    [
        ("示例_2022_部门决算.txt", 2022),
        ("示例2022年（2022年版）.txt", 2022),
        ("示例2021年和2022年.txt", None),
        ("示例20222023.txt", None),
        ("示例.txt", None),
    ],
)
def test_only_a_file_name_with_one_year_tells_it(file_name, year):
    assert identity("部门决算", *FILLER, file_name=file_name).fiscal_year == year


def test_the_reports_own_year_beats_the_file_name():
    assert identity("杭州市示例局2022年度部门决算", file_name="示例_2019.txt").fiscal_year == 2022


# The date it bears


@pytest.mark.parametrize(
    "line",
    [
        "2023年8月5日",
        "2023-08-05",
        "2023/8/5",
        "发布日期：2023-08-05",
        "发布时间: 2023年08月05日",
        "2023 年 8 月 5 日",
        "2023.8.5",
        "发布时间：2023-08-05 16:20 来源：示例网站 浏览次数：88",
    ],
)
@pytest.mark.parametrize("at_end", [True, False])
def test_a_date_on_a_line_of_its_own(line, at_end):
    lines = [*FILLER, line] if at_end else [line, *FILLER]
    assert identity("杭州市示例局2022年度部门决算", *lines).published_on == "2023-08-05"


def test_of_dates_at_the_end_the_last_counts():
    assert identity("杭州市示例局2022年度部门决算", *FILLER, "2023年8月5日", "说明。", "2023年9月6日").published_on == "2023-09-06"


@pytest.mark.parametrize("line", ["会议于2023年8月5日召开。", "2023年13月5日", "2023年8月", "2023年0月0日"])
def test_other_dates_are_not_the_reports(line):
    assert identity("杭州市示例局2022年度部门决算", *FILLER, line).published_on is None


def test_what_is_called_the_day_of_publication_comes_first():
    assert identity("杭州市示例局2022年度部门决算", "2023年8月5日", *FILLER, "公开日期：2023年9月6日").published_on == "2023-09-06"


@pytest.mark.parametrize(
    ("title", "line", "day"),
    [
        ("杭州市示例局2022年度部门决算", "2022年12月31日", None),  # the day the accounts are of
        ("杭州市示例局2022年度部门决算", "2023年1月20日", "2023-01-20"),
        ("杭州市示例局2022年部门预算", "2022年2月10日", "2022-02-10"),
        ("杭州市示例局2022年部门预算", "2021年12月30日", "2021-12-30"),
        ("杭州市示例局2022年部门预算", "2020年12月30日", None),
    ],
)
def test_no_report_is_published_before_it_can_be(title, line, day):
    assert identity(title, *FILLER, line).published_on == day


# What is not read yet


def test_a_year_in_brackets_above_the_name():
    assert bureau(identity("（2022年度）", "杭州市示例局", "部门决算", *FILLER)) == "杭州市示例局"


@pytest.mark.parametrize("line", ["2023年2月30日", "2023年6月31日"])
def test_an_impossible_date_is_no_date(line):
    assert identity("杭州市示例局2022年度部门决算", *FILLER, line).published_on is None


def test_a_title_broken_inside_its_words_has_a_year():
    assert identity("杭州市示例局", "2022年度部门", "决算公开", *FILLER).fiscal_year == 2022


def test_a_year_in_chinese_numerals():
    assert identity("杭州市示例局二〇二二年度部门决算", *FILLER).fiscal_year == 2022


def test_a_bureau_named_in_passing_is_not_whose_report_it_is():
    lines = ("2022年度部门决算", "第一部分 部门概况", *FILLER, *FILLER, *FILLER, "资金由杭州市示例局拨付。", "杭州市示例局要求自评。")
    assert bureau(identity(*lines)) is None
    assert bureau(identity(*lines, file_name="杭州市样本局2022年度部门决算.txt")) == "杭州市样本局"


def test_a_bureau_named_again_and_again_is():
    lines = ("2022年度部门决算", "第一部分 部门概况", *["杭州市示例局认真开展工作。"] * 3)
    assert bureau(identity(*lines)) == "杭州市示例局"


def test_of_two_bureaus_joined_each_keeps_its_name():
    lines = ("2022年度部门决算", "第一部分 部门概况", *["杭州市示例局和苏州市样本局联合开展工作。", "苏州市样本局认真开展工作。"] * 3)
    assert bureau(identity(*lines)) == "苏州市样本局"


# Where a name alone does not tell the region


def test_a_district_of_a_name_that_two_cities_have_is_the_one_whose_city_the_report_names():
    lines = ("普陀区示例局2022年度部门决算", *FILLER, "按照上海市的要求。")
    assert identity(*lines).bureau.region.code == "310107"
    assert identity("普陀区示例局2022年度部门决算", *FILLER, "按照舟山市的要求。").bureau.region.code == "330903"
    assert identity("普陀区示例局2022年度部门决算", *FILLER).bureau.region is None
    assert identity(*lines, "舟山市也是。").bureau.region is None


def test_the_region_has_the_code_of_the_reports_year():
    assert identity("邢台市桥西区示例局2019年度部门决算", *FILLER).bureau.region.code == "130503"
    assert identity("南通市海门市示例局2019年度部门决算", *FILLER).bureau.region.code == "320684"
    assert identity("南通市海门区示例局2021年度部门决算", *FILLER).bureau.region.code == "320614"


def test_what_a_report_calls_its_publisher_is_counted():
    found = identity("杭州市示例局2022年度部门决算", *["我局和市示例局。"] * 3)
    assert dict(found.called) == {"我局": 3, "市示例局": 3}


@pytest.mark.parametrize(
    "title", ["项目支出绩效自评表", "部门（单位）整体支出绩效自评表", "财政支出项目绩效自评表", "县级部门预算项目支出绩效目标表"]
)
def test_what_a_title_says_of_its_form_is_no_bureau(title):
    found = identity(title, "（2022年度）", form_titles=(title,), form_bureaus=("示例市样本局",), form_years=(2022,))
    assert bureau(found) == "示例市样本局"


def test_a_bureau_without_a_word_of_organisations_is_named_by_its_place():
    assert bureau(identity("示例市残联2022年度部门决算", *FILLER)) == "示例市残联"


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("项目支出绩效自评表",) * 3, "project_self_evaluation"),
        (("部门整体支出绩效自评表", "项目支出绩效自评表"), "department_self_evaluation"),
    ],
)
def test_a_report_of_forms_alone_is_what_its_forms_are(titles, kind):
    assert identity("附件", form_titles=titles, form_bureaus=("示例市样本局",), form_years=(2022,)).kind == kind


@pytest.mark.parametrize(("title", "kind"), [("支出决算表", "department_final_accounts"), ("2024年部门收入总表", "department_budget")])
def test_a_file_of_one_table_is_a_report(title, kind):
    assert identity("部门：示例市样本局", title, captions=(title,), bureaus=("示例市样本局",)).kind == kind


def test_a_title_without_a_bureau_names_none():
    assert bureau(identity("项目支出绩效目标申报表", "（2024年度）", file_name="示例市农业农村局.docx")) == "示例市农业农村局"


def test_a_projects_evaluation_under_a_departments_budget_is_a_projects():
    assert identity("部门预算项目支出绩效自评表（2023年度）").kind == "project_self_evaluation"
    assert identity("示例市教育局2023年部门整体支出绩效自评报告").kind == "department_self_evaluation"


def test_a_file_that_names_the_unit_of_its_forms_is_the_unit_s_own():
    title = "项目支出绩效自评表"

    def publisher(file_name):
        found = identify(document(title), (), (), ("示例市样本局",) * 2, (2022,), (title,) * 2, file_name, ("示例市样本馆",) * 2)
        return bureau(found)

    assert publisher("示例市样本馆2022年自评.txt") == "示例市样本馆"
    assert publisher("示例市样本局2022年自评.txt") == "示例市样本局"
    assert publisher("示例市某某馆2022年自评.txt") == "示例市样本局"


@pytest.mark.parametrize("above", ["附件3", "当前位置：首页 > 政务公开 > 预决算", "您现在的位置：首页"])
def test_what_stands_above_a_title_is_no_part_of_it(above):
    assert identity(above, "杭州市示例局2022年度部门决算", *FILLER).title == "杭州市示例局2022年度部门决算"
