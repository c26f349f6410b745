"""Histories of accounts over the years of real reports: an answer key read from the PDFs' text (tests/golden/histories), figures only."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from flows.query import run_query
from flows.settings import Settings

pytestmark = [pytest.mark.real, pytest.mark.slow]
KEYS = sorted((Path(__file__).parent / "golden" / "histories").glob("*.csv"))
YEARS = {2017, 2018, 2019}
Line = tuple[str, str, str, str]  # kind, code, measure, fund_scope


def figures(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream))


def line_of(row: dict[str, str]) -> Line:
    return row["kind"], row["code"], row["measure"], row["fund_scope"]


def stated(where: Settings, path: Path) -> dict[tuple[str, int, Line], list[tuple[Decimal, str]]]:
    """By file, year and line: each amount that account_history has for it, with its series."""
    files = ", ".join(f"'{name}'" for name in sorted({row["file"] for row in figures(path)}))
    _, rows = run_query(
        where.database,
        f"""
        select file_name, history.fiscal_year,
               case when account.line_code is not null then 'line' else account.classification end,
               coalesce(account.code, account.line_code), measure, fund_scope, amount_yuan, series_key
        from account_history as history
        join dim_report as report using (report_key)
        join dim_account as account using (account_key)
        where file_name in ({files}) and stage = 'budget' and (account.line_code is not null or side = 'expenditure')
        """,
    )
    found = defaultdict(list)
    for file, year, kind, code, measure, fund_scope, amount, series in rows:
        found[file, year, (kind, code, measure, fund_scope)].append((amount, series))
    return found


@pytest.mark.parametrize("path", KEYS, ids=lambda path: path.stem)
def test_every_figure_stands_in_the_history_with_its_report(real_warehouse: Settings, path: Path) -> None:
    found = stated(real_warehouse, path)
    wrong = []
    for row in figures(path):
        amounts = [amount for amount, _ in found[row["file"], int(row["fiscal_year"]), line_of(row)]]
        if amounts != [Decimal(row["amount_yuan"])]:
            wrong.append((row, amounts))
    assert not wrong


@pytest.mark.parametrize(
    ("path", "lines", "whole"), [(KEYS[0], 157, 126), (KEYS[1], 143, 106)], ids=lambda value: getattr(value, "stem", None)
)
def test_a_line_of_three_years_is_one_series(real_warehouse: Settings, path: Path, lines: int, whole: int) -> None:
    found = stated(real_warehouse, path)
    series: dict[Line, dict[int, str]] = defaultdict(dict)
    for row in figures(path):
        year = int(row["fiscal_year"])
        series[line_of(row)][year] = found[row["file"], year, line_of(row)][0][1]
    assert len(series) == lines
    over_all_years = [line for line, keys in series.items() if keys.keys() == YEARS]
    assert len(over_all_years) == whole
    assert [line for line in over_all_years if len(set(series[line].values())) != 1] == []


def test_a_line_that_was_renumbered_goes_on(real_warehouse: Settings) -> None:
    """住房公积金 was 30311 until 2017 and is 30113 since; 提租补贴 (30312) went into 津贴补贴 and ends."""
    sql = """
        select bureau_name, string_agg(distinct history.code, ' ' order by history.code), count(distinct history.fiscal_year)
        from account_history as history join dim_bureau using (bureau_key)
        where code in ('30311', '30113') and account_name = '住房公积金' and stage = 'budget' and fund_scope = 'fiscal' and measure = '基本支出'
          and fiscal_year <= 2019 and is_current
        group by bureau_name, series_key
    """
    _, rows = run_query(real_warehouse.database, sql)
    assert len(rows) == 2 and {row[1:] for row in rows} == {("30113 30311", 3)}
    _, ended = run_query(
        real_warehouse.database, "select max(fiscal_year), bool_and(successor.code = '30102') from account_history join dim_account using (account_key)"
        " join dim_account as successor on successor.account_key = dim_account.successor_account_key where dim_account.code = '30312'",
    )  # fmt: skip
    assert ended == [(2017, True)]


@pytest.mark.parametrize(
    ("code", "column", "measure"),
    [
        ("expenditure_total", "budget_total_published_yuan", "合计"),
        ("three_public", "three_public_yuan", "合计"),
        ("three_public_abroad", "abroad_yuan", "合计"),
        ("three_public_vehicles", "vehicles_yuan", "合计"),
        ("three_public_vehicle_running", "vehicle_running_yuan", "合计"),
        ("three_public_reception", "reception_yuan", "合计"),
    ],
)
@pytest.mark.parametrize("path", KEYS, ids=lambda path: path.stem)
def test_the_bureaus_year_says_the_same(real_warehouse: Settings, path: Path, code: str, column: str, measure: str) -> None:
    scope = "total" if code == "expenditure_total" else "fiscal"
    key = {int(row["fiscal_year"]): Decimal(row["amount_yuan"]) for row in figures(path) if line_of(row) == ("line", code, measure, scope)}
    assert key.keys() == YEARS
    file = figures(path)[0]["file"]
    sql = f"""
        select fiscal_year, {column} from bureau_year
        where bureau_key = (select publisher_bureau_key from dim_report where file_name = '{file}') and fiscal_year between 2017 and 2019
    """
    assert dict(run_query(real_warehouse.database, sql)[1]) == key


def test_no_printed_code_contradicts_the_code_lists(real_warehouse: Settings) -> None:
    """Every code that the real reports print is in the lists, under the name that the list has for the report's year."""
    sql = """
        select code, account_name, fiscal_year
        from report_account as printed
        where matched_by = 'printed_code' and not exists (
            select 1 from dim_account_name as listed
            where listed.account_key = printed.account_key and listed.basis = 'code_list'
              and replace(replace(listed.account_name, '（', '('), '）', ')') = replace(replace(printed.account_name, '（', '('), '）', ')')
              and printed.fiscal_year between coalesce(listed.valid_from_year, 0) and coalesce(listed.valid_to_year, 9999)
        )
    """
    assert run_query(real_warehouse.database, sql)[1] == []


def test_lines_that_tables_state_twice_agree_up_to_rounding(real_warehouse: Settings) -> None:
    """Where one report states a figure of a series in two tables, the tables mean the same: their amounts differ by the last digit at most."""
    sql = """
        select any_value(account_name), fiscal_year, max(amount_yuan) - min(amount_yuan) as apart
        from account_history group by series_key, fiscal_year, report_key having max(amount_yuan) - min(amount_yuan) > 100
    """
    assert run_query(real_warehouse.database, sql)[1] == []
