"""Numbers that measure nothing, each with its reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.statements import context, reader
from flows.statements.measures import unread_numbers

LAW = settings(deadline=None, max_examples=100)


def reasons(text, piece):
    """The reasons of the spans that hold the whole of ``piece``."""
    at = text.index(piece)
    return {span.reason for span in context.spans(text) if span.start <= at and at + len(piece) <= span.end}


@pytest.mark.parametrize(
    ("text", "piece", "reason"),
    [
        ("会议于2022年3月5日召开", "2022年3月5日", "日期"),
        ("会议于 2022 年 3 月 5 日召开", "2022 年 3 月 5 日", "日期"),
        ("截至5月31日", "5月31日", "日期"),
        ("1-11月支出", "1-11月", "日期"),
        ("1月至3月支出", "1月至3月", "日期"),
        ("发布于2022-12-31", "2022-12-31", "日期"),
        ("发布于2022.12.31", "2022.12.31", "日期"),
        ("发布于2022/1/3", "2022/1/3", "日期"),
        ("2022年度示例工作", "2022", "年份"),
        ("2021—2023年示例规划", "2021—2023年", "年份"),
        ("2022部门预算", "2022", "年份"),
        ("下午14:30开始", "14:30", "时间"),
        ("依据示例〔2022〕15号", "〔2022〕15号", "文号"),
        ("依据示例（2022）5号", "（2022）5号", "文号"),
        ("依据示例[2022]第5号文", "[2022]第5号", "文号"),
        ("依据《示例办法2022第3版》", "2022第3", "文件名称"),
        ("见https://example.org/2022/15", "2022/15", "网址"),
        ("居全省第3名", "第3", "序次"),
        ("第 12 次会议", "第 12", "序次"),
        ("见附件2", "附件2", "图表编号"),
        ("见表3-1", "表3-1", "图表编号"),
        ("公开01表", "公开01", "图表编号"),
        ("1.示例项目", "1.", "列表序号"),
        ("12、示例项目", "12、", "列表序号"),
        ("（3）示例项目", "（3）", "列表序号"),
        ("完成。2.样本项目", "2.", "列表序号"),
        ("完成；（2）样本项目", "（2）", "列表序号"),
        ("目标1：完成示例", "目标1：", "列表序号"),
        ("拨打12345热线", "12345", "热线名称"),
        ("使用A4纸", "A4", "字母代号"),
        ("推行DRG2.0", "DRG2.0", "字母代号"),
        ("建设5G基站", "5G", "字母代号"),
        ("流水号100000000001", "100000000001", "编码"),
    ],
)
def test_what_measures_nothing_and_why(text, piece, reason):
    assert reason in reasons(text, piece)


@pytest.mark.parametrize(
    "text",
    [
        "支出1.5万元",
        "支出12,345.67万元",
        "占99.5%",
        "3个月内办结",
        "平均12个月",
        "购置3台",
        "支出12345678元",
        "共12345678人",
        "1.5万元用于示例",
        "十四五规划",
        "0.00万元",
    ],
)
def test_measures_are_not_covered(text):
    assert context.spans(text) == []


YEARS, MONTHS, DAYS = st.integers(2010, 2030), st.integers(1, 12), st.integers(1, 28)


@LAW
@given(
    year=YEARS,
    month=MONTHS,
    day=DAYS,
    manner=st.sampled_from(
        [
            "{0}年{1}月{2}日",
            "{0} 年 {1} 月 {2} 日",
            "{0}年{1}月",
            "{1}月{2}日",
            "{0}-{1:02d}-{2:02d}",
            "{0}.{1}.{2}",
            "{0}年{1}-12月",
            "{0}年",
            "{0}年{1}月至{0}年12月",
        ]
    ),
)
def test_a_date_is_no_measure_in_any_manner(year, month, day, manner):
    text = f"会议于{manner.format(year, month, day)}召开，支出5万元。"
    assert [statement.printed for statement in reader.read(text, 2022)] == ["5万元"]


@LAW
@given(year=YEARS, number=st.integers(1, 999), brackets=st.sampled_from(["〔〕", "[]", "（）", "【】", "﹝﹞"]))
def test_a_document_number_is_no_measure(year, number, brackets):
    text = f"根据示例{brackets[0]}{year}{brackets[1]}{number}号文件，支出5万元。"
    assert [statement.printed for statement in reader.read(text, 2022)] == ["5万元"]


@LAW
@given(number=st.integers(1, 20), mark=st.sampled_from(["{}.", "{}、", "（{}）", "({})", "{}．"]))
def test_a_list_mark_is_no_measure(number, mark):
    text = f"{mark.format(number)}示例支出5万元。"
    assert [statement.printed for statement in reader.read(text, 2022)] == ["5万元"]


@LAW
@given(st.text(alphabet="示例表第年月日号12〔〕（）.、-：:A%万元 《》。", max_size=30))
def test_spans_come_in_order_and_lie_in_the_text(text):
    found = context.spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(text[span.start : span.end].strip() and span.reason for span in found)
    assert [span.start for span in found] == sorted(span.start for span in found)


# Measures that are taken for marks


def printed(text):
    return [statement.printed for statement in reader.read(text, 2022)]


@pytest.mark.parametrize(
    ("text", "measure"),
    [("样本代表120人参会。", "120人"), ("报送示例报表12份。", "12份"), ("绘制示例地图3张。", "3张"), ("主动信息公开12条。", "12条")],
)
def test_words_that_end_like_table_or_figure_count(text, measure):
    assert printed(text) == [measure]


@pytest.mark.parametrize(("text", "measure"), [("任务1：12个示例项目完成。", "12个"), ("指标3：95%。", "95%"), ("目标2：12期。", "12期")])
def test_a_figure_after_a_numbered_label_is_no_time(text, measure):
    assert printed(text) == [measure]


@pytest.mark.parametrize(("text", "measures"), [("6-9个月内办结。", ["6", "9个月"]), ("3-5人参加。", ["3", "5人"])])
def test_a_range_at_the_beginning_is_a_measure(text, measures):
    assert printed(text) == measures


def test_a_long_amount_with_a_blank_before_its_unit_is_no_code():
    assert printed("示例支出25000000 元。") == ["25000000 元"]


@pytest.mark.parametrize("text", ["联系电话：0999-1234567", "传真：（0999）1234567", "第一部分 部门概况\t12"])
def test_telephones_and_pages_of_contents_measure_nothing(text):
    assert not unread_numbers(text)


def test_a_figure_after_a_tab_is_a_page_only_behind_a_heading_of_a_part():
    assert unread_numbers("教育支出\t300")
    assert unread_numbers("一、教育支出\t300")
