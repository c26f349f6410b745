"""Headline figures of a bureau's year: table and prose meet in bureau_measure and bureau_year, and levelled statements in dim_account."""

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT, run_job

pytestmark = pytest.mark.slow

BOTH, PROSE, DIFFERS = "示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt", "示例市医疗保障局_2022_部门决算.txt"
MANAGED = "卫生健康支出（类）医疗保障管理事务（款）"


def _without_tables(text: str) -> str:
    """The report with its part of final-accounts tables taken out."""
    kept, count = re.subn(r"第二部分 \d+年度部门决算表\n.*?(?=第三部分)", "", text, flags=re.DOTALL)
    assert count == 1
    return kept


def _differing(text: str) -> str:
    """One number of the prose misprinted, two lines of the tables under one name, and a class named without its 支出."""
    edited = text.replace("支出决算6.42万元", "支出决算6.92万元")
    edited = re.sub(r"(?m)^(\s+)医疗保障政策管理$", r"\1信息化建设", edited)
    edited = edited.replace("按功能分类分列如下：\n", "按功能分类分列如下：\n（一）卫生健康（类）支出593.85万元。\n")
    assert edited.count("6.92万元") == edited.count("卫生健康（类）支出") == 1
    assert edited.count("信息化建设") > text.count("信息化建设")
    return edited


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse of a report with tables and prose, one with prose alone, and one whose prose and tables differ."""
    raw: Path = tmp_path_factory.mktemp("raw")
    shutil.copy(ROOT / "raw" / BOTH, raw / BOTH)
    for name, edit in ((PROSE, _without_tables), (DIFFERS, _differing)):
        (raw / name).write_text(edit((ROOT / "raw" / name).read_text(encoding="utf8")), encoding="utf8")
    return run_job(raw, tmp_path_factory.mktemp("measures"))


def rows(where: Settings, sql: str) -> list[tuple[Any, ...]]:
    return run_query(where.database, sql)[1]


def stated(where: Settings, file: str, measure: str, year: int, stage: str = "final") -> list[tuple[Any, ...]]:
    """Source, value, chosen and agreement of every fact of a file that states a measure, tables first."""
    return rows(
        where,
        "select source, value, is_chosen, agrees from bureau_measure join dim_report using (report_key) "
        f"where file_name = '{file}' and measure = '{measure}' and bureau_measure.fiscal_year = {year} and stage = '{stage}' order by all",
    )


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("three_public", 64500),
        ("vehicle_running", 56800),
        ("reception", 7700),
        ("abroad", 0),
        ("basic", 5775100),
    ],
)
def test_table_and_prose_meet_in_one_measure(warehouse: Settings, measure: str, value: int) -> None:
    assert stated(warehouse, BOTH, measure, 2021) == [("table", value, True, True), ("text", value, False, True)]


def test_totals_of_table_and_prose_meet(warehouse: Settings) -> None:
    """The next year's report states 2021 anew, so that its figure is the chosen one."""
    assert stated(warehouse, BOTH, "expenditure", 2021) == [("table", 7462400, False, True), ("text", 7462400, False, True)]
    assert stated(warehouse, DIFFERS, "expenditure", 2021) == [("text", 7514400, True, None)]
    assert stated(warehouse, BOTH, "three_public", 2021, "budget") == [("table", 83000, True, True), ("text", 83000, False, True)]


def test_a_bureau_with_prose_alone_has_its_year(warehouse: Settings) -> None:
    assert rows(warehouse, "select count(*) from fct_account join dim_report using (report_key) where file_name like '演示区%'") == [(0,)]
    columns = (
        "revenue_yuan, basic_expenditure_yuan, three_public_yuan, reception_yuan, reception_batches, reception_persons, operating_yuan, "
        "procurement_yuan, procurement_goods_yuan, procurement_sme_pct, vehicles_kept, vehicles_count, staff_on_duty, staff_quota"
    )
    prose = rows(warehouse, f"select {columns} from bureau_year where bureau_name = '演示区教育局' and fiscal_year = 2021")
    assert prose == [(13543800, 8511800, 110200, 11500, 12, 98, 1523400, 1520800, 310000, Decimal("72.72"), 3, 3, 41, None)]
    sources = rows(
        warehouse,
        "select distinct source, agrees, is_chosen from bureau_measure join dim_report using (report_key) where file_name like '演示区%'",
    )
    assert sources == [("text", None, True)]


def test_prose_that_differs_from_the_table_does_not_agree(warehouse: Settings) -> None:
    assert stated(warehouse, DIFFERS, "three_public", 2022) == [("table", 64200, True, False), ("text", 69200, False, False)]
    assert rows(warehouse, "select three_public_yuan from bureau_year where bureau_name = '示例市医疗保障局' and fiscal_year = 2022") == [
        (64200,)
    ]
    disagreeing = rows(warehouse, "select distinct measure from bureau_measure where not agrees")
    assert disagreeing == [("three_public",)]


def test_statements_name_the_measures_they_state(warehouse: Settings) -> None:
    named = rows(
        warehouse,
        "select subject, measure from fct_statement join dim_report using (report_key) "
        f"where file_name = '{BOTH}' and (subject like '收入总计和支出总计%' or (subject = '政府采购支出总额' and kind = 'amount') or subject = '预算单位') order by 1",
    )
    assert named == [("收入总计和支出总计都", "expenditure revenue"), ("政府采购支出总额", "procurement"), ("预算单位", None)]
    assert rows(warehouse, "select count(*) from fct_statement where measure is not null and kind in ('change', 'score')") == [(0,)]


def linked(where: Settings, file: str, subject: str, scope: str) -> list[tuple[Any, ...]]:
    """The codes that statements of a subject and scope link to."""
    return rows(
        where,
        "select distinct code from fct_statement join dim_report using (report_key) left join dim_account using (account_key) "
        f"where file_name = '{file}' and subject = '{subject}' and scope = '{scope}' and kind = 'amount'",
    )


@pytest.mark.parametrize(
    ("file", "subject", "scope", "code"),
    [
        (BOTH, "信息化建设", MANAGED, "2101504"),
        (BOTH, "住房公积金", "住房保障支出（类）住房改革支出（款）", "2210201"),
        (DIFFERS, "支出", "卫生健康（类）", "210"),  # the class itself, printed in the table with 支出
        (DIFFERS, "信息化建设", MANAGED, None),  # two lines of the report fit
        (DIFFERS, "医疗保障政策管理", MANAGED, "2101505"),  # no line of its own report is named so, one of the code list is
        (PROSE, "住房公积金", "住房保障支出（类）住房改革支出（款）", "2210201"),
        (PROSE, "小学教育", "教育支出（类）普通教育（款）", "2050202"),  # printed nowhere with a code: by the code list of its year
    ],
)
def test_levelled_statements_link_to_the_one_line_of_that_name(
    warehouse: Settings, file: str, subject: str, scope: str, code: str | None
) -> None:
    assert linked(warehouse, file, subject, scope) == [(code,)]


def test_a_linked_amount_is_a_figure_of_its_line(warehouse: Settings) -> None:
    """The prose of the report gives the line's expenditure as a table of the report does."""
    compared = rows(
        warehouse,
        "select spoken.subject, bool_or(cell.amount_yuan = spoken.value_base) from fct_statement as spoken join dim_report using (report_key) "
        "join fct_account as cell on cell.report_key = spoken.report_key and cell.account_key = spoken.account_key "
        f"where file_name = '{BOTH}' and spoken.kind = 'amount' group by all",
    )
    assert len(compared) == 9
    assert all(same for _, same in compared)


def test_values_are_exact(warehouse: Settings) -> None:
    (value,) = rows(warehouse, "select value from bureau_measure where measure = 'procurement_sme_pct' limit 1")[0]
    assert isinstance(value, Decimal)
