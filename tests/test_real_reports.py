"""What the real reports must show: every form, indicator, task, table and history that they print."""

from decimal import Decimal

import pytest

from flows.query import run_query
from flows.settings import Settings

pytestmark = [pytest.mark.real, pytest.mark.slow]


def rows(where: Settings, sql: str) -> list[tuple]:
    return run_query(where.database, sql)[1]


def counts(where: Settings, table: str, name: str, column: str = "'all'") -> dict:
    sql = f"select {column}, count(*) from {table} join dim_report using (report_key) where file_name like '%{name}%' group by 1"
    return dict(rows(where, sql))


def test_every_report_has_bureau_year_and_kind(real_warehouse: Settings) -> None:
    incomplete = rows(
        real_warehouse,
        "select file_name from dim_report where status <> 'set_aside' and (bureau_name is null or fiscal_year is null or report_kind is null)",
    )
    assert incomplete == []
    assert rows(real_warehouse, "select file_name from dim_report where status = 'set_aside'") == [("README.md",)]
    assert rows(real_warehouse, "select count(*) from ops.report_files") == rows(real_warehouse, "select count(*) from dim_report")


def test_guangyuan_2022(real_warehouse: Settings) -> None:
    assert counts(real_warehouse, "fct_evaluation", "广元", "form_kind") == {
        "project_self_evaluation": 19, "department_self_evaluation": 1, "transfer_payment_self_evaluation": 3,
    }  # fmt: skip
    assert counts(real_warehouse, "fct_indicator", "广元") == {"all": 230}
    assert counts(real_warehouse, "fct_task", "广元") == {"all": 24}
    assert counts(real_warehouse, "fct_funding", "广元") == {"all": 53}


def test_panjin_2023(real_warehouse: Settings) -> None:
    assert counts(real_warehouse, "fct_evaluation", "盘锦", "form_kind") == {
        "project_self_evaluation": 17, "department_self_evaluation": 7, "key_evaluation": 1,
    }  # fmt: skip
    assert counts(real_warehouse, "fct_indicator", "盘锦") == {"all": 289}
    assert counts(real_warehouse, "fct_task", "盘锦") == {"all": 24}
    assert counts(real_warehouse, "fct_advice", "盘锦") == {"all": 56}
    tables = rows(
        real_warehouse,
        "select table_no, lines, numbers, is_empty from fct_account_table join dim_report using (report_key) where file_name like '%盘锦%' order by 1",
    )
    assert [line for _, line, _, _ in tables] == [10, 30, 30, 9, 32, 38, 3, 0, 0]
    assert sum(numbers for _, _, numbers, _ in tables) == 288
    assert [no for no, _, _, empty in tables if empty] == ["08", "09"]
    assert counts(real_warehouse, "fct_account", "盘锦") == {"all": 288}


def test_hongshan_2019_annexed_forms(real_warehouse: Settings) -> None:
    annexed = "form_kind = 'project_self_evaluation' and file_name like '%洪山%'"
    scores = rows(
        real_warehouse, f"select total_score::double from fct_evaluation join dim_report using (report_key) where {annexed} order by 1"
    )
    assert scores == [(90.98,), (92.84,)]
    indicators = rows(
        real_warehouse,
        f"select count(*) from fct_indicator join fct_evaluation using (form_key) join dim_report on dim_report.report_key = fct_indicator.report_key where {annexed}",
    )
    assert indicators == [(9,)]


def test_xushui_2023_task_lists_and_section_scores(real_warehouse: Settings) -> None:
    assert counts(real_warehouse, "fct_evaluation", "徐水", "form_kind") == {"task_list": 2}
    scored = rows(
        real_warehouse,
        "select value::double from fct_statement join dim_report using (report_key) where file_name like '%徐水%' and kind = 'score' "
        "and regexp_matches(sentence, '^（[一二三四五六七八九十]+）.*(得分|扣分)') order by length(source_ref), source_ref",
    )
    assert [value for (value,) in scored] == [12, 12, 18, 20, 3.9, 0, 7, 11.5, 0, 0]


@pytest.mark.parametrize("name", ["徐水", "洞口"])
def test_over_100_statements(real_warehouse: Settings, name: str) -> None:
    assert counts(real_warehouse, "fct_statement", name)["all"] > 100


@pytest.mark.parametrize("bureau", ["江苏省政协办公厅", "江苏省高级人民法院"])
def test_three_year_histories(real_warehouse: Settings, bureau: str) -> None:
    years = rows(
        real_warehouse,
        f"select fiscal_year, budget_total_published_yuan > 90000000 from bureau_year where bureau_name = '{bureau}' and reports > 0 order by 1",
    )
    assert years == [(2017, True), (2018, True), (2019, True)]
    series = rows(
        real_warehouse,
        f"select count(*) from (select account_key, table_match, measure from account_history join dim_bureau using (bureau_key) "
        f"where bureau_name = '{bureau}' and is_newest group by all having count(distinct fiscal_year) = 3)",
    )
    assert series[0][0] >= 40


def test_units_come_out_in_the_same_scale(real_warehouse: Settings) -> None:
    """普陀区商务委 prints its budget table in 元 and its prose in 万元."""
    table = rows(
        real_warehouse,
        "select budget_total_published_yuan from bureau_year where bureau_name = '上海市普陀区商务委员会' and fiscal_year = 2025",
    )
    prose = rows(
        real_warehouse,
        "select distinct value_base from fct_statement join dim_report using (report_key) where file_name like '%商务委员会_2025_部门预算%' and value = 37151.47",
    )
    assert float(table[0][0]) == 371514655
    assert float(prose[0][0]) == 371514700


def test_department_and_unit_of_one_name_are_apart_and_linked(real_warehouse: Settings) -> None:
    pair = rows(
        real_warehouse,
        "select child.bureau_kind, parent.bureau_kind from dim_bureau child join dim_bureau parent on child.parent_bureau_key = parent.bureau_key "
        "where child.bureau_name = '上海市普陀区商务委员会'",
    )
    assert pair == [("unit", "department")]


def test_prose_and_tables_meet_in_measures(real_warehouse: Settings) -> None:
    """Where a report states a figure in both, the two are the same; where it has prose alone, its year has the figure from there."""
    assert rows(real_warehouse, "select count(*) from bureau_measure where not agrees") == [(0,)]
    (both,) = rows(real_warehouse, "select count(*) from bureau_measure where agrees and source = 'text'")[0]
    assert both >= 100
    prose = rows(
        real_warehouse,
        "select three_public_yuan, reception_batches, reception_persons, procurement_yuan, procurement_sme_yuan, operating_yuan, vehicles_count "
        "from bureau_year where bureau_name = '广元市医疗保障局' and fiscal_year = 2022",
    )
    assert prose == [(8000, 4, 65, 2151500, 226700, 997500, 0)]
    staff = rows(
        real_warehouse,
        "select staff_quota, staff_on_duty, three_public_yuan, assets_total_yuan from bureau_year where bureau_name like '%徐水%' and fiscal_year = 2023",
    )
    assert staff == [(28, 25, 15300, 227600)]


def test_levelled_statements_link_to_lines_of_the_classification(real_warehouse: Settings) -> None:
    linked = rows(
        real_warehouse,
        "select distinct code from fct_statement join dim_account using (account_key) join dim_report using (report_key) "
        "where file_name like '盘锦%' and subject = '行政单位医疗' and scope = '卫生健康支出（类）行政事业单位医疗（款）'",
    )
    assert linked == [("2101101",)]
    differing = rows(
        real_warehouse,
        "select cast(value as varchar) from (select spoken.fact_id, any_value(spoken.value) as value from fct_statement as spoken join dim_report as report using (report_key) "
        "join fct_account as cell on cell.account_key = spoken.account_key join dim_report as other on other.report_key = cell.report_key "
        "where spoken.kind = 'amount' and spoken.fiscal_year = report.fiscal_year and other.publication_key = report.publication_key "
        "group by spoken.fact_id having not bool_or(abs(cell.amount_yuan - spoken.value_base) <= 50))",
    )
    # Every amount that prose gives for a line is printed for that line in a table of the same publication, but for one: 住房公积金 in the budget of
    # 万里街道 2024, which its own sentence before, its rate of change and the table give as 350.35.
    assert [Decimal(value) for (value,) in differing] == [Decimal("352.67")]
