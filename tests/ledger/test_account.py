"""What becomes of each printed number of small fictional reports, read and staged as any other."""

from pathlib import Path

import polars as pl
import pytest

from flows.staging import Outcome, stage

HEAD = "示例市测试局2023年度部门决算\n\n"
MONEY = """收入决算表
公开02表
部门：示例市测试局 2023年度 金额单位：万元
科目编码\t科目名称\t本年收入合计\t财政拨款收入
栏次\t \t1\t2
20101\t示例事务\t120.50\t100.00
 \t合计\t120.50\t100.00

"""
FORM_HEAD = """项目支出绩效自评表
（2023年度）
项目名称\t2023年第2批示例项目\t \t \t \t 
主管部门\t示例市测试局\t实施单位\t示例市测试局\t \t 
"""
FUNDS = """项目资金（万元）\t \t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
 \t年度资金总额\t30.00\t25.00\t20.00\t10\t80%\t8
"""
INDICATORS = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
TOTAL = "总分\t \t \t \t \t100\t97.5\t \n"


class Staged:
    """A report staged in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.outcome: Outcome

    def __call__(self, text: str) -> "Staged":
        path = self._folder / "report.txt"
        path.write_text(text, encoding="utf8")
        self.outcome = stage(path, "key", "version", self._folder / "staged", "示例市测试局_2023_部门决算.txt")
        assert self.outcome.status != "set_aside", self.outcome.reason
        return self

    def table(self, name: str) -> list[dict]:
        return pl.read_parquet(self._folder / "staged" / "key" / f"{name}.parquet").to_dicts()

    def became(self) -> list[tuple]:
        """Each number with its disposition and the column that was read, or the reason."""
        return [
            (row["printed"], row["disposition"], row["column_read"] if row["disposition"] == "fact" else row["reason"])
            for row in self.table("numbers")
        ]

    def rows(self, printed: str) -> list[dict]:
        return [row for row in self.table("numbers") if row["printed"] == printed]


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    return Staged(tmp_path)


def test_prose(staged):
    text = "（一）截至2023年底，全市共办理业务1,234.5万元，比上年增长8.5%，服务群众３２０人。\n（二）根据示例发〔2022〕15号文件办理。\n（三）登记编号为77。\n"
    report = staged(HEAD + text)
    assert report.became() == [
        ("2023", "context", "年份"),
        ("2023", "context", "年份"),
        ("1,234.5", "fact", "value"),
        ("8.5", "fact", "value"),
        ("３２０", "fact", "value"),
        ("2022", "context", "文号"),
        ("15", "context", "文号"),
        ("77", "unclaimed", "行文中的数字没有计量单位，不能确定其含义"),
    ]
    by_id = {row["fact_id"]: row for row in report.table("statements")}
    carried = [by_id[row["fact_id"]] for row in report.table("numbers") if row["fact_id"]]
    assert [float(row["value"]) for row in carried] == [1234.5, 8.5, 320]
    assert {row["part"] for row in report.table("numbers")} == {"text"}


def test_money_table(staged):
    report = staged(HEAD + MONEY)
    assert report.became()[1:] == [
        ("02", "context", "图表编号"),
        ("2023", "context", "年份"),
        ("1", "context", "栏次"),
        ("2", "context", "栏次"),
        ("20101", "context", "科目编码"),
        ("120.50", "fact", "amount"),
        ("100.00", "fact", "amount"),
        ("120.50", "fact", "amount"),
        ("100.00", "fact", "amount"),
    ]
    accounts = {row["fact_id"]: row for row in report.table("accounts")}
    first = accounts[report.rows("120.50")[0]["fact_id"]]
    assert (first["line_name"], first["column_name"], first["amount_yuan"]) == ("示例事务", "本年收入合计", 1_205_000)
    assert first["source_ref"] == report.rows("120.50")[0]["source_ref"].split("+")[0]
    assert {row["part"] for row in report.table("numbers") if "/t1/" in row["source_ref"]} == {"account_table"}


def test_form(staged):
    row = "产出指标\t数量指标\t2023年示例活动场次\t≥5场\t6场\t20\t18\t \n"
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL)
    in_form = [
        became for became, number in zip(report.became(), report.table("numbers"), strict=True) if number["part"].endswith("evaluation")
    ]
    assert in_form == [
        ("2023", "context", "年份"),
        ("2", "context", "序次"),
        ("30.00", "fact", "initial_budget"),
        ("25.00", "fact", "adjusted_budget"),
        ("20.00", "fact", "executed"),
        ("10", "fact", "weight"),
        ("80", "fact", "rate"),
        ("8", "fact", "score"),
        ("2023", "context", "年份"),
        ("5", "fact", "target"),
        ("6", "fact", "actual"),
        ("20", "fact", "weight"),
        ("18", "fact", "score"),
        ("100", "context", "满分合计"),
        ("97.5", "fact", "total_score"),
    ]
    facts = {row["fact_id"]: row for name in ("evaluations", "fundings", "indicators") for row in report.table(name)}
    assert float(facts[report.rows("97.5")[0]["fact_id"]]["total_score"]) == 97.5
    assert float(facts[report.rows("18")[0]["fact_id"]]["score"]) == 18
    assert float(facts[report.rows("25.00")[0]["fact_id"]]["adjusted_budget_yuan"]) == 250_000


def test_only_facts_have_a_fact_and_only_context_and_unclaimed_a_reason(staged):
    row = "产出指标\t数量指标\t示例活动场次\t≥5场\t6场\t20\t18\t因3次暴雨推迟\n"
    report = staged(HEAD + "登记编号为77，服务群众320人。\n" + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL)
    rows = report.table("numbers")
    assert {row["disposition"] for row in rows} == {"fact", "context", "unclaimed"}
    for number in rows:
        is_fact = number["disposition"] == "fact"
        assert is_fact == (number["fact_id"] is not None) == (number["column_read"] is not None) == (number["reason"] is None)
    assert [number["number_no"] for number in rows] == list(range(1, len(rows) + 1))
    assert report.outcome.numbers == {kind: sum(row["disposition"] == kind for row in rows) for kind in report.outcome.numbers}


def test_numbers_of_a_table_nobody_understands_are_unclaimed_with_the_reason(staged):
    report = staged(HEAD + MONEY + "一、其他情况\n点位\t状态\t附记\n甲\t良好17\t乙\n")
    assert report.became()[-1] == ("17", "unclaimed", "未识别的表格（不是表单、金额表或任务清单）")


def test_no_money_in_a_money_column_is_unclaimed_with_the_reason(staged):
    report = staged(HEAD + MONEY.replace("100.00\n \t", "约90上下\n \t"))
    assert ("90", "unclaimed", "金额列中不是数字的内容") in report.became()


def test_a_fact_refused_by_validation_leaves_its_numbers_unclaimed(staged):
    too_wide = "120.123456789012"
    report = staged(HEAD + MONEY.replace("20101\t示例事务\t120.50", f"20101\t示例事务\t{too_wide}"))
    assert any(reason.startswith("accounts.") for reason in report.outcome.reasons)
    assert [became[1] for became in report.became() if became[0] == too_wide] == ["unclaimed"]
    assert len(report.table("accounts")) == 3
    kept = {row["fact_id"] for row in report.table("accounts")}
    assert {row["fact_id"] for row in report.table("numbers") if row["column_read"] == "amount"} == kept


def test_one_number_read_into_several_facts_names_them_all(staged):
    """The first fact is the number's, the others stand beside it, each once."""
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + "产出指标\t数量指标\t示例活动场次\t≥5场\t6场\t20\t18\t \n" + TOTAL)
    known = {row["fact_id"] for name in ("evaluations", "fundings", "indicators", "accounts", "goals") for row in report.table(name)}
    for number in report.table("numbers"):
        others = (number["other_fact_ids"] or "").split()
        assert set(others) <= known and number["fact_id"] not in others and len(others) == len(set(others))
        assert number["fact_id"] is not None or not others


def test_page_numbers_and_marks_are_context(staged):
    report = staged(HEAD + "[bookmark: _Toc1234]一、主要工作\n服务群众320人。\n" + MONEY)
    assert ("1234", "context", "文件标记（书签），不是印出的内容") in report.became()


# -- a value that the reader did not carry is no fact ----------------------------------------------------------------------


def test_a_weight_that_is_no_weight_is_no_fact(staged):
    row = "产出指标\t时效指标\t示例完成率\t≥95%\t97%\t10分/项\t8\t \n"
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL)
    assert report.table("indicators")[0]["weight"] is None
    assert [r["disposition"] for r in report.rows("10") if r["surroundings"] == "10分/项"] == ["unclaimed"]


def test_a_weight_that_is_no_weight_is_no_fact_though_the_score_is_the_same(staged):
    row = "产出指标\t时效指标\t示例完成率\t≥95%\t97%\t10分/项\t10\t \n"
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL)
    assert report.table("indicators")[0]["weight"] is None
    assert [r["disposition"] for r in report.rows("10") if r["surroundings"] == "10分/项"] == ["unclaimed"]


def test_a_number_in_a_reason_is_a_statement_and_not_the_score_that_is_the_same(staged):
    row = "产出指标\t数量指标\t示例活动场次\t≥5场\t6场\t20\t18\t因18次暴雨推迟\n"
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL)
    assert [r["column_read"] for r in report.rows("18")] == ["score", "value"]


def test_the_full_marks_of_a_form_are_no_fact_though_it_earned_them_all(staged):
    row = "产出指标\t数量指标\t示例活动场次\t≥5场\t6场\t20\t18\t \n"
    report = staged(HEAD + MONEY + FORM_HEAD + FUNDS + INDICATORS + row + TOTAL.replace("97.5", "100"))
    assert [(r["disposition"], r["reason"]) for r in report.rows("100")] == [("context", "满分合计"), ("fact", None)]


@pytest.mark.parametrize(("below", "became"), [("97.5", ("fact", None)), ("95.7", ("unclaimed", "没有读出"))])
def test_a_total_printed_in_the_head_and_again_below_is_one_fact_where_both_say_the_same(staged, below, became):
    row = "产出指标\t数量指标\t示例活动场次\t≥5场\t6场\t20\t18\t \n"
    head = FORM_HEAD + "自评得分\t97.5\t \t自评等次\t优\t \n"
    report = staged(HEAD + MONEY + head + FUNDS + INDICATORS + row + TOTAL.replace("97.5", below))
    assert [form["total_score"] for form in report.table("evaluations")] == [97.5]
    assert [(r["disposition"], r["reason"]) for r in (*report.rows("97.5"), *report.rows("95.7"))] == [("fact", None), became]


def test_a_bookmark_on_the_line_of_a_fact_is_no_fact(staged):
    report = staged(HEAD + MONEY + "[bookmark: _Toc123456789012]截至年底全市各单位全年累计共服务各类群众320人。\n")
    assert ("123456789012", "context", "文件标记（书签），不是印出的内容") in report.became()


def test_a_year_after_a_list_mark_is_no_fact(staged):
    report = staged(HEAD + "1.2024年部门收支总表\n" + MONEY)
    assert ("2024", "context", "年份") in report.became()
    assert all(became[1] != "fact" for became in report.became() if became[0] == "1")
