"""Accounts of small made-up budgets: columns of two years, a figure that is restated, lines without codes, codes that no list has."""

from pathlib import Path
from typing import Any

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.conftest import run_job

pytestmark = pytest.mark.slow

FIRST = """样本县统计局2021年部门预算
第一部分 部门概况
第二部分 2021年部门预算表

表五
一般公共预算支出预算表
部门：样本县统计局	单位：万元
功能科目编码	功能科目名称	金额
	合计	50.00
201	一般公共服务支出	50.00
20105	统计信息事务	50.00
2010501	行政运行	50.00
"""
SECOND = """样本县统计局2022年部门预算
第一部分 部门概况
第二部分 2022年部门预算表

公开07表
2022年部门一般公共预算支出功能分类预算表
部门：样本县统计局	金额单位：万元
科目编码	科目名称	上年预算数	本年预算数	增减额
	合计	52.00	60.00	8.00
201	一般公共服务支出	52.00	60.00	8.00
20105	统计信息事务	52.00	60.00	8.00
2010501	行政运行	52.00	48.00	-4.00
2010588	样本调查	0.00	12.00	12.00

公开08表
政府性基金预算支出预算表
部门：样本县统计局	金额单位：万元
科目名称	合计	基本支出	项目支出
合计	9.00	3.00	6.00
一般公共服务支出	4.00	3.00	1.00
统计信息事务	4.00	3.00	1.00
行政运行	3.00	3.00	0.00
专项普查活动	1.00	0.00	1.00
城乡社区支出	5.00	0.00	5.00
行政运行	5.00	0.00	5.00
"""


@pytest.fixture(scope="module")
def budgets(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("accounts")
    raw: Path = folder / "raw"
    raw.mkdir()
    (raw / "样本县统计局_2021_部门预算.txt").write_text(FIRST, encoding="utf8")
    (raw / "样本县统计局_2022_部门预算.txt").write_text(SECOND, encoding="utf8")
    return run_job(raw, folder / "warehouse")


def rows(where: Settings, sql: str) -> list[tuple[Any, ...]]:
    return run_query(where.database, sql)[1]


def test_last_years_column_meets_last_years_report(budgets: Settings) -> None:
    history = rows(
        budgets,
        "select fiscal_year, report_fiscal_year, amount_yuan, column_name, is_newest, is_restated, amount_previous_yuan, series_key from account_history "
        "where code = '201' and measure = '合计' and fund_scope = 'general_budget' order by fiscal_year, report_fiscal_year desc",
    )
    assert [row[:7] for row in history] == [
        (2021, 2022, 520000, "上年预算数", True, True, None),
        (2021, 2021, 500000, "金额", False, True, None),
        (2022, 2022, 600000, "本年预算数", True, False, 520000),
    ]
    assert len({row[7] for row in history}) == 1


def test_a_column_of_changes_is_no_level(budgets: Settings) -> None:
    assert rows(budgets, "select fiscal_year, amount_yuan from account_history where code = '2010501' and measure = '增减'") == [
        (2022, -40000)
    ]


def test_lines_without_codes_take_them_from_the_lines_above(budgets: Settings) -> None:
    lines = rows(
        budgets,
        "select line_name, account.code, matched_by, amount_yuan from fct_account as cell join dim_account as account using (account_key) "
        "where fund_scope = 'government_fund' and measure = '合计' order by amount_yuan, line_name, account.code",
    )
    assert lines == [
        ("专项普查活动", "2010507", "lines_above", 10000),
        ("行政运行", "2010501", "lines_above", 30000),
        ("一般公共服务支出", "201", "class_name", 40000),
        ("统计信息事务", "20105", "lines_above", 40000),
        ("城乡社区支出", "212", "class_name", 50000),
        ("行政运行", "2120101", "lines_above", 50000),
        ("合计", None, "standard_line", 90000),
    ]


def test_a_code_that_no_list_has_stands_below_the_line_its_digits_name(budgets: Settings) -> None:
    line = "select line.account_name, line.basis, above.code from dim_account as line join dim_account as above on above.account_key = line.parent_account_key"
    assert rows(budgets, f"{line} where line.code = '2010588'") == [("样本调查", "printed", "20105")]
    assert rows(budgets, f"{line} where line.code = '20105'") == [("统计信息事务", "code_list", "201")]


def test_accounts_have_their_cofog_function(budgets: Settings) -> None:
    sql = "select code, cofog_code, cofog_name_en from dim_account join dim_cofog using (cofog_code) where code in ('2010507', '2082001') order by code"
    assert rows(budgets, sql) == [("2010507", "01.3", "General services"), ("2082001", "10.7", "Social exclusion n.e.c.")]


def test_a_renamed_class_keeps_its_names(budgets: Settings) -> None:
    sql = """
        select name.account_name, name.valid_from_year, name.valid_to_year from dim_account_name as name join dim_account using (account_key)
        where code = '210' and name.basis = 'code_list' order by valid_from_year nulls first
    """
    assert rows(budgets, sql) == [("医疗卫生", None, 2013), ("医疗卫生与计划生育支出", 2014, 2018), ("卫生健康支出", 2019, None)]
    retired = "select line.valid_to_year, successor.code from dim_account as line join dim_account as successor on line.successor_account_key = successor.account_key"
    assert rows(budgets, f"{retired} where line.code = '2080504'") == [(2019, "2080501")]
