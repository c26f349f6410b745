"""What was known when: restatement, a report published again, questions as of a day, and the longitudinal marts, on the samples of raw/."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.query import QueryFailed, run_query
from flows.settings import Settings

pytestmark = pytest.mark.slow

REPUBLISHED, RESTATED, INSURANCE = "演示区水务局", "示例市体育局", "示例市医疗保障局"
DAY_BEFORE, DAY_OF = date(2023, 11, 14), date(2023, 11, 15)


def rows(where: Settings, sql: str, as_of: date | None = None) -> list[tuple[Any, ...]]:
    return run_query(where.database, sql, as_of)[1]


def test_a_report_published_again_takes_the_place_of_the_first(sample_warehouse: Settings) -> None:
    editions = rows(
        sample_warehouse,
        "select one.edition_no, one.known_from, one.known_to, one.known_basis, later.edition_no from dim_report one "
        f"left join dim_report later on one.superseded_by = later.report_key where one.bureau_name = '{REPUBLISHED}' order by one.known_from",
    )
    assert editions == [
        (1, date(2023, 8, 21), DAY_OF, "printed", 2),
        (2, DAY_OF, None, "printed", None),
        (1, date(2024, 8, 26), None, "printed", None),
    ]


def test_facts_of_both_editions_are_kept_with_the_days_they_stood(sample_warehouse: Settings) -> None:
    facts = rows(
        sample_warehouse,
        "select distinct amount_yuan, cell.known_from, cell.known_to from fct_account cell join dim_report using (report_key) "
        f"where bureau_name = '{REPUBLISHED}' and cell.fiscal_year = 2022 and code = '2130305' order by 1",
    )
    assert facts == [(402600, date(2023, 8, 21), DAY_OF), (420600, DAY_OF, None)]
    (counted,) = rows(
        sample_warehouse,
        f"select expenditure_yuan, reports from bureau_year where bureau_name = '{REPUBLISHED}' and fiscal_year = 2022",
    )
    assert counted == (1338900, 1)


def test_tables_and_prose_of_one_publication_complement_each_other(sample_warehouse: Settings) -> None:
    assert rows(sample_warehouse, "select count(*) from dim_report where superseded_by is not null") == [(1,)]
    assert rows(sample_warehouse, "select count(*) from audit.findings where rule_id = 'edition_order_unknown'") == [(0,)]


def test_what_the_later_edition_corrected_is_told(sample_warehouse: Settings) -> None:
    found = rows(sample_warehouse, "select distinct printed, expected from audit.findings where rule_id = 'edition_corrected' order by all")
    assert ("402600.0000", "420600.0000") in found


@pytest.mark.parametrize(("day", "spent"), [(DAY_BEFORE, 1320900), (DAY_OF, 1338900), (None, 1338900)])
def test_a_question_as_of_a_day_gives_what_was_known_on_it(sample_warehouse: Settings, day: date | None, spent: int) -> None:
    sql = f"select expenditure_yuan from {{}} where bureau_name = '{REPUBLISHED}' and fiscal_year = 2022"
    assert rows(sample_warehouse, sql.format("bureau_year"), day) == [(spent,)]
    assert rows(sample_warehouse, sql.format("marts.bureau_year"), day) == [(spent,)]
    chinese = f"select 支出总计 from 部门年度 where 部门名称 = '{REPUBLISHED}' and 年度 = 2022"
    assert rows(sample_warehouse, chinese, day) == [(spent,)]
    if day:
        assert rows(sample_warehouse, sql.format(f"marts.bureau_year_as_of(date '{day}')")) == [(spent,)]
    line = "select distinct amount_yuan from account_history join dim_report using (report_key) where code = '2130305' and account_history.fiscal_year = 2022"
    assert rows(sample_warehouse, line, day) == [(402600 if day == DAY_BEFORE else 420600,)]


def test_before_the_first_report_nothing_was_known(sample_warehouse: Settings) -> None:
    for table in ("bureau_year", "measure_history", "project_history", "indicator_history", "account_history", "bureau_comparison"):
        assert rows(sample_warehouse, f"select count(*) from {table}", date(2022, 1, 1)) == [(0,)], table
    assert rows(sample_warehouse, "select count(*) from fct_account", date(2022, 1, 1)) == [(0,)]


@pytest.mark.parametrize(
    "table",
    ["bureau_year", "measure_history", "project_history", "indicator_history", "account_history", "bureau_comparison", "bureau_measure"],
)
def test_as_of_the_last_day_is_what_is_known_now(sample_warehouse: Settings, table: str) -> None:
    now = rows(sample_warehouse, f"select * from {table} order by all")
    if table == "bureau_measure":  # it holds what was replaced too
        now = rows(sample_warehouse, f"select * from {table} where known_to is null order by all")
    assert rows(sample_warehouse, f"select * from {table} order by all", date(2030, 1, 1)) == now


def test_versions_do_not_overlap(sample_warehouse: Settings) -> None:
    for table, key in (
        ("bureau_year", "bureau_key, fiscal_year"),
        ("project_history", "project_key, fiscal_year"),
        ("indicator_history", "bureau_key, indicator_key, fiscal_year"),
        ("account_history", "fact_id"),
        ("measure_history", "bureau_key, measure, stage, fiscal_year"),
    ):
        overlapping = (
            f"select count(*) from (select *, lead(known_from) over (partition by {key} order by known_from) as next "
            f"from versions.{table}_version) where next is not null and (known_to is null or known_to > next)"
        )
        assert rows(sample_warehouse, overlapping) == [(0,)], table


@pytest.mark.parametrize(
    "sql",
    [
        "create table mine as select 1",
        "drop view marts.bureau_year",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/other.db'",
        "set enable_external_access = true",
        "copy (select 1) to '/tmp/out.csv'",
    ],
)
def test_a_question_as_of_a_day_can_read_the_warehouse_and_nothing_else(sample_warehouse: Settings, sql: str) -> None:
    with pytest.raises(QueryFailed):
        run_query(sample_warehouse.database, sql, DAY_OF)


def test_a_release_that_did_not_keep_what_was_known_when_says_so(tmp_path: Path) -> None:
    database = tmp_path / "jixiao.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create table marts.bureau_year (bureau_key varchar)")
    with pytest.raises(QueryFailed, match="jixiao run"):
        run_query(database, "select * from bureau_year", DAY_OF)


def test_a_later_report_restates_a_figure_of_a_table(sample_warehouse: Settings) -> None:
    stated = rows(
        sample_warehouse,
        "select amount_yuan, first_stated_yuan, restated_difference_yuan, is_restated, is_newest, report_fiscal_year from account_history "
        f"join dim_bureau using (bureau_key) where bureau_name = '{RESTATED}' and code = '2070308' and measure = '合计' and fiscal_year = 2021 order by 1",
    )
    assert stated == [(460000, 460000, 0, True, False, 2021), (600000, 460000, 140000, True, True, 2022)]


@pytest.mark.parametrize(
    ("bureau", "own", "later", "restated"),
    [(INSURANCE, 7462400, 7514400, True), (RESTATED, 1472400, 1612400, True), ("样本县民政局", 8927800, 8927800, False)],
)
def test_a_year_shows_what_was_said_then_and_later(sample_warehouse: Settings, bureau: str, own: int, later: int, restated: bool) -> None:
    (found,) = rows(
        sample_warehouse,
        "select expenditure_own_yuan, expenditure_later_yuan, restated_difference_yuan, is_restated, own.fiscal_year, later.fiscal_year "
        "from bureau_year as years join dim_report own on own_report_key = own.report_key "
        f"join dim_report later on later_report_key = later.report_key where years.bureau_name = '{bureau}' and years.fiscal_year = 2021",
    )
    assert found == (own, later, later - own, restated, 2021, 2022)
    told = rows(
        sample_warehouse,
        "select count(*) > 0 from audit.findings join dim_report using (report_key) "
        f"where rule_id = 'figure_restated' and bureau_name = '{bureau}'",
    )
    assert told == [(restated,)]


def test_figures_for_each_head(sample_warehouse: Settings) -> None:
    """84.95 万 insured persons and 28 on duty share what the bureau spent (746.24 less 8.60 万元 that was put by); the fund spent 10.36 亿元."""
    (found,) = rows(
        sample_warehouse,
        "select insured_persons, staff_on_duty, fund_spending_per_insured_yuan, expenditure_per_staff_yuan, expenditure_per_insured_yuan "
        f"from bureau_year where bureau_name = '{INSURANCE}' and fiscal_year = 2021",
    )
    persons, staff = Decimal(849500), Decimal(28)
    spent, fund = Decimal(7376400), Decimal(1036000000)
    cents = Decimal("0.0001")
    assert found == (persons, staff, (fund / persons).quantize(cents), (spent / staff).quantize(cents), (spent / persons).quantize(cents))


def test_a_project_that_always_has_full_marks(sample_warehouse: Settings) -> None:
    streak = rows(
        sample_warehouse,
        "select fiscal_year, full_score_years, always_100, attainment_pct from project_history where project_name = '中小学教师培训' order by 1",
    )
    assert streak == [(2021, 1, True, 100), (2022, 2, True, 100), (2023, 3, True, 100)]
    assert rows(sample_warehouse, "select count(*) from project_history where always_100 and total_score < 100") == [(0,)]


def test_results_without_a_number_lie_in_a_band(sample_warehouse: Settings) -> None:
    banded = rows(
        sample_warehouse,
        "select distinct band, band_basis, score / weight from fct_indicator where level3 = '入住老人安全保障' or level3 = '系统切换完成时间' order by 3",
    )
    assert [(band, basis) for band, basis, _ in banded] == [("attained", "score")] * len(banded)
    assert rows(sample_warehouse, "select count(*) from fct_indicator where band is not null and target_value is not null") == [(0,)]


def test_less_is_better_where_at_most_was_wanted(sample_warehouse: Settings) -> None:
    waiting = rows(
        sample_warehouse,
        "select direction, target_value, actual_value, round(target_attainment_pct, 2), attained from indicator_history "
        "where indicator_name = '平均等候时间' and fiscal_year = 2021",
    )
    assert waiting == [("at_most", 15, 13, Decimal("115.38"), True)]


def test_peers_stand_side_by_side(sample_warehouse: Settings) -> None:
    ranked = rows(
        sample_warehouse,
        "select bureau_name, value, peers, rank from bureau_comparison "
        "where measure = 'staff_on_duty' and fiscal_year = 2023 and peer_group = 'all' order by rank",
    )
    assert ranked == [("演示区教育局", 40, 3, 1), (INSURANCE, 27, 3, 2), ("样本县民政局", 22, 3, 3)]
    assert rows(sample_warehouse, "select count(*) from bureau_comparison where (peers < 2) <> (rank is null)") == [(0,)]


def test_no_time_of_a_run_is_among_what_was_known(sample_warehouse: Settings) -> None:
    assert rows(sample_warehouse, "select count(*) from dim_report where fetched_at is not null") == [(0,)]
    assert rows(sample_warehouse, "select count(*) from ops.report_files where first_seen_at is null") == [(0,)]
