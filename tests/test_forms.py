"""Parts of forms and tables as bureaus print them, each read from a small web page."""

from decimal import Decimal
from pathlib import Path

import pytest

from flows.readers import read
from flows.understand import understand

TITLE = "<p>示例市水务局2023年度{}</p>"
HEAD = "<tr><td>项目名称<td colspan=6>河道清淤<tr><td>主管部门<td colspan=6>示例市水务局"
INDICATORS = "<tr><td>一级指标<td>二级指标<td>三级指标<td>年度指标值<td>实际完成值<td>分值<td>得分"
FIRST = "<tr><td>产出指标<td>数量指标<td>清淤长度<td>≥28公里<td>29公里<td>30<td>30"


@pytest.fixture
def found(tmp_path: Path):
    def finds(body: str, name: str = "示例市水务局项目支出绩效自评"):
        path = tmp_path / "page.html"
        path.write_text(f"<html><body>{TITLE.format('项目支出绩效自评')}{body}</body></html>", encoding="utf8")
        return understand(read(path), f"{name}.html").findings

    return finds


def of(findings, table: str, *columns: str):
    return [tuple(row.get(column) for column in columns) for row in findings.rows.get(table, [])]


def test_a_list_of_projects_with_indicators_under_one_head(found) -> None:
    """项目名称 | 项目金额 | 绩效目标 | 绩效指标 over 一级指标 …, however the head's cells are merged; the money is the projects'."""
    merged = "<tr><td rowspan=2>序号<td rowspan=2>项目名称<td rowspan=2>项目金额<td rowspan=2>绩效目标<td colspan=4>绩效指标<tr>"
    loose = "<tr><td>序号<td>项目名称<td>项目金额<td>绩效目标<td>绩效指标<td><td><td><tr><td><td><td><td>"
    rows = (
        "<tr><td rowspan=2>1<td rowspan=2>河道清淤<td rowspan=2>640.00<td rowspan=2>水流通畅。<td>产出指标<td>数量指标<td>清淤长度<td>≥28公里"
        "<tr><td>效益指标<td>生态效益指标<td>水质达标率<td>≥90%<tr><td>2<td>水站运维<td>58.3<td>正常运行。<td>产出指标<td>数量指标<td>站点数<td>=16个"
    )
    for head in (merged, loose):
        page = f"<p>项目支出绩效目标表</p><p>单位：万元</p><table>{head}<td>一级指标<td>二级指标<td>三级指标<td>指标值{rows}</table>"
        findings = found(page)
        assert of(findings, "evaluations", "project_name", "form_kind") == [("河道清淤", "project_target"), ("水站运维", "project_target")]
        assert of(findings, "fundings", "form_no", "initial_budget_yuan") == [(1, Decimal(6_400_000)), (2, Decimal(583_000))]
        assert of(findings, "indicators", "form_no", "level1", "level3", "operator", "target_value") == [
            (1, "产出指标", "清淤长度", "≥", 28),
            (1, "效益指标", "水质达标率", "≥", 90),
            (2, "产出指标", "站点数", "=", 16),
        ]
        assert not findings.set_aside


@pytest.mark.parametrize("line", ["续表", "（续上表）", "接上页", "续表1"])
def test_a_form_and_a_money_table_go_on_below_such_a_line(found, line) -> None:
    second = FIRST.replace("清淤长度", "清淤面积")
    form = f"<table>{HEAD}{INDICATORS}{FIRST}</table><p>{line}</p><table>{INDICATORS}{second}<tr><td colspan=5>总分<td>60<td>60</table>"
    findings = found("<p>项目支出绩效自评表</p>" + form)
    assert of(findings, "evaluations", "project_name", "total_score") == [("河道清淤", 60)]
    assert of(findings, "indicators", "form_no", "level3") == [(1, "清淤长度"), (1, "清淤面积")]
    row = "<tr><td>{}<td>{}<td>1.00"
    head = "<tr><td>科目编码<td>科目名称<td>本年支出合计"
    money = f"<p>支出决算表</p><p>公开03表</p><p>单位：万元</p><table>{head}{row.format(208, '甲')}</table><p>{line}</p><table>{head}{row.format(210, '乙')}</table>"
    rows = of(found(money), "accounts", "table_no", "table_title", "amount_unit", "line_name")
    assert rows == [("03", "支出决算表", "万元", "甲"), ("03", "支出决算表", "万元", "乙")]


def test_another_line_ends_a_form(found) -> None:
    findings = found(
        f"<p>项目支出绩效自评表</p><table>{HEAD}{INDICATORS}{FIRST}</table><p>以上为本年情况。</p><table>{INDICATORS}{FIRST}</table>"
    )
    assert [number for (number,) in of(findings, "indicators", "form_no")] == [1, 2]


def test_who_signed_a_form_is_nothing_left_unread(found) -> None:
    signed = "<tr><td colspan=3>项目负责人：张某<td colspan=4>财务负责人：李某 联系电话：0999-1234567"
    findings = found(f"<p>项目支出绩效自评表</p><table>{HEAD}{INDICATORS}{FIRST}{signed}</table>")
    assert not findings.set_aside
    assert "签名栏" in findings.marks.values()


def test_a_source_without_money_is_nothing_left_unread(found) -> None:
    money = "<tr><td rowspan=2>项目资金（万元）<td colspan=3>年度资金总额<td colspan=3>40<tr><td colspan=3>其他资金<td colspan=3>—"
    findings = found(f"<p>项目支出绩效目标表</p><table>{HEAD}{money}{INDICATORS}{FIRST}</table>")
    assert of(findings, "fundings", "funding_source", "initial_budget_yuan") == [("年度资金总额", Decimal(400_000))]
    assert not findings.set_aside


def test_money_inside_a_label_is_set_aside_whole(found) -> None:
    """Two blocks side by side print source and amount in one cell: which column's the amount is, nothing says."""
    head = "<tr><td rowspan=4>预算（万元）<td><td>年初预算数<td>全年预算数<td>全年执行数<td>分值<td>得分<tr><td>年度资金总额<td>40<td>41<td>41<td>10<td>10"
    blocks = "<tr><td colspan=3>按收入性质分：<td colspan=3>按支出性质分：<tr><td colspan=3>其中：一般公共预算：41<td colspan=3>其中：基本支出：30"
    findings = found(f"<p>部门整体支出绩效自评表</p><table>{HEAD}{head}{blocks}{INDICATORS}{FIRST}</table>")
    assert of(findings, "fundings", "funding_source", "adjusted_budget_yuan") == [("年度资金总额", Decimal(410_000))]
    assert [row["reason"] for row in findings.set_aside] == ["来源和金额印在同一格，是哪一栏的金额不能确定"]


def test_an_amount_with_its_sign_apart_is_no_number_left_unread(tmp_path: Path) -> None:
    from flows.ledger.account import account

    path = tmp_path / "page.html"
    table = "<tr><td>项目<td>2022年决算数<td>增减额<tr><td>基本支出<td>9,204.5<td>△916.5"
    path.write_text(f"<body>{TITLE.format('部门决算')}<p>收入支出增减情况表</p><p>单位：万元</p><table>{table}</table>", encoding="utf8")
    document = read(path)
    findings = understand(document, path.name).findings
    assert ("△916.5", Decimal("-9165000")) in of(findings, "accounts", "source_text", "amount_yuan")
    assert {row["disposition"] for number, row, _ in account(document, findings, {}) if number.block == "table"} == {"fact", "context"}


PLAIN = "<p>表1 资金安排与支出情况 单位：万元</p><table><tr><td>资金来源<td>预算安排<td>{}<td>执行率<tr><td>市级补助<td>200<td>190<td>95%<tr><td>区级配套<td>30<td>30<td>100%</table>"


def test_a_plain_table_under_a_unit_holds_amounts_where_its_columns_say_so(found) -> None:
    rows = of(found(PLAIN.format("实际支出")), "accounts", "line_name", "column_name", "amount_yuan")
    assert rows == [
        ("市级补助", "预算安排", Decimal(2_000_000)),
        ("市级补助", "实际支出", Decimal(1_900_000)),
        ("区级配套", "预算安排", Decimal(300_000)),
        ("区级配套", "实际支出", Decimal(300_000)),
    ]
    assert not of(found(PLAIN.format("覆盖户数")), "accounts", "line_name")


def test_a_header_printed_again_is_no_line(found) -> None:
    head = "<tr><td>项目<td>2021年决算数<td>2022年决算数"
    table = f"<p>收入支出决算情况表</p><p>单位：万元</p><table>{head}<tr><td>收入<td>5<td>6{head}<tr><td>支出<td>7<td>8</table>"
    findings = found(table)
    assert [name for (name,) in of(findings, "accounts", "line_name")] == ["收入", "收入", "支出", "支出"]
    assert not findings.set_aside


def test_list_marks_and_short_sentences_of_a_list_are_read(found) -> None:
    head = "<tr><td>序号<td>项目名称<td>绩效目标<td>一级指标<td>二级指标<td>三级指标<td>指标值"
    row = "<tr><td>7<td>培训<td>举办4期。<td>产出指标<td>数量指标<td>培训期数<td>≥4期"
    findings = found(f"<p>项目支出绩效目标表</p><table>{head}{row}</table>")
    assert "序号" in findings.marks.values()
    assert [(value, unit) for value, unit in of(findings, "statements", "value", "unit")] == [(4, "期")]


def test_weights_of_levels_and_what_a_rule_of_points_says_are_no_facts(tmp_path: Path) -> None:
    from flows.ledger.account import account

    head = "<tr><td>一级指标<td>权重<td>二级指标<td>权重<td>三级指标<td>评分标准<td>分值<td>得分"
    rows = "<tr><td rowspan=2>产出<td rowspan=2>40<td>数量<td>25<td>清淤长度<td>95%以上满分<td>25<td>25<tr><td>质量<td>15<td>合格率<td><td>15<td>14"
    path = tmp_path / "page.html"
    title = "<title>示例市水务局2023年度重点项目绩效评价报告</title><p>示例市水务局2023年度重点项目绩效评价报告</p>"
    path.write_text(f"{title}<body><p>项目支出绩效评价指标评分表</p><table>{head}{rows}</table>", encoding="utf8")
    document = read(path)
    findings = understand(document, path.name).findings
    assert of(findings, "evaluations", "form_kind") == [("key_evaluation",)]
    assert of(findings, "indicators", "level1", "level3", "weight", "score") == [("产出", "清淤长度", 25, 25), ("产出", "合格率", 15, 14)]
    assert not findings.set_aside
    reasons = {number.printed: row["reason"] for number, row, _ in account(document, findings, {}) if row["disposition"] == "context"}
    assert reasons["95"] == "评分标准"
    assert reasons["40"].startswith("上级指标的分值")


def test_a_rule_of_points_and_a_formula_state_nothing(found) -> None:
    head = "<tr><td>一级指标<td>二级指标<td>三级指标<td>评分标准<td>分值<td>得分"
    row = "<tr><td>过程<td>组织实施<td>制度执行<td>每发现一处问题扣2分。<td>8<td>6"
    money = "<tr><td>资金（万元）<td>全年预算数（A）<td>全年执行数（B）<td colspan=3>预算执行率（B/A×100%）<tr><td>年度资金总额<td>10<td>9<td colspan=3>90%"
    findings = found(f"<p>项目支出绩效自评表</p><table>{HEAD}{money}{head}{row}</table>")
    assert not of(findings, "statements", "value")


def test_several_lines_of_figures_in_one_cell_are_set_aside(found) -> None:
    table = "<tr><td>项目<td>合计<td>基本支出<tr><td>教育支出<br>卫生健康支出<td>30.00<br>12.50<td>30.00<br>10.00"
    findings = found(f"<p>支出决算表</p><p>单位：万元</p><table>{table}</table>")
    assert not of(findings, "accounts", "amount_yuan")
    assert {row["reason"] for row in findings.set_aside} == {"一个单元格里印有多行金额，各属哪一行不能确定"}
