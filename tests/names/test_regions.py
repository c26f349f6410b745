"""Every bureau of the real reports has its region's code and its level."""

import csv
from pathlib import Path

import pytest

from flows.query import run_query
from flows.settings import Settings

pytestmark = [pytest.mark.real, pytest.mark.slow]
FILE = Path(__file__).with_name("regions.csv")


def test_every_publisher_has_its_region(real_warehouse: Settings) -> None:
    with FILE.open(encoding="utf8") as stream:
        expected = {tuple(row.values()) for row in csv.DictReader(stream)}
    _, rows = run_query(
        real_warehouse.database,
        "select file_name, bureau.bureau_name, bureau.region_code, bureau.admin_level from dim_report as report "
        "inner join dim_bureau as bureau on report.publisher_bureau_key = bureau.bureau_key and bureau.is_current",
    )
    assert set(rows) == expected


def test_no_region_is_a_unit_and_every_unit_lies_in_its_departments_region(real_warehouse: Settings) -> None:
    _, rows = run_query(
        real_warehouse.database,
        "select unit.bureau_name, unit.region_code = department.region_code from dim_bureau as unit "
        "left join dim_bureau as department on unit.parent_bureau_key = department.bureau_key where unit.bureau_kind = 'unit'",
    )
    assert len(rows) >= 7
    assert all(alike for _, alike in rows), rows


def test_a_department_and_its_unit_of_one_name_are_two_and_linked(real_warehouse: Settings) -> None:
    _, rows = run_query(
        real_warehouse.database,
        "select unit.bureau_name, unit.bureau_key <> department.bureau_key from dim_bureau as unit "
        "inner join dim_bureau as department on unit.parent_bureau_key = department.bureau_key and unit.bureau_name = department.bureau_name",
    )
    assert [apart for _, apart in rows] == [True]


def test_a_report_calls_its_bureau_by_more_than_one_name(real_warehouse: Settings) -> None:
    _, rows = run_query(real_warehouse.database, "select alias, matched_by, confidence, because from dim_bureau_alias order by all")
    found = {alias: (by, confidence) for alias, by, confidence, _ in rows}
    assert {"县医保局", "洞口县医保局", "我局", "省法院", "142011盘锦市医疗保障局-211100000", "盘锦市医疗保障局"} <= set(found)
    assert found["县医保局"][0] == "region_word" and found["我局"][0] == "self"
    assert all(because for _, by, _, because in rows if by != "exact")
    assert all(0 < confidence <= 1 for _, _, confidence, _ in rows)
