"""The workbook: a sheet per table, headers in both languages, numbers as numbers, and a first sheet that says what is what."""

from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from flows.export import workbook
from flows.export.published import opened, wanted
from flows.export.write import WORKBOOK, export
from flows.query import run_query
from flows.settings import Settings
from flows.tables.definitions import tables


def nothing_happens(name: str, done: int, total: int) -> None:
    pass


@pytest.fixture(scope="module")
def book(sample_warehouse: Settings, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    folder = tmp_path_factory.mktemp("book") / "out"
    export(sample_warehouse.database, "xlsx", wanted(["marts"], []), folder, False, nothing_happens)
    return openpyxl.load_workbook(folder / WORKBOOK)


@pytest.mark.slow
def test_a_sheet_for_each_mart_after_the_explanation(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["说明", *(table.cn for table in tables("marts").values())]


@pytest.mark.slow
def test_headers_stand_still_and_can_be_filtered(book: openpyxl.Workbook, sample_warehouse: Settings) -> None:
    sheet = book["部门年度"]
    (rows,) = run_query(sample_warehouse.database, "select count(*) from bureau_year")[1][0]
    assert [cell.value for cell in sheet[1]][:4] == ["部门键", "部门名称", "年度", "收入总计（元）"]
    assert [cell.value for cell in sheet[2]] == list(tables("marts")["bureau_year"].column_names)
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.max_row == rows + 2


@pytest.mark.slow
def test_cells_are_what_the_marts_hold(book: openpyxl.Workbook, sample_warehouse: Settings) -> None:
    for name in ("bureau_year", "fct_indicator", "account_history", "dim_report"):
        table = tables("marts")[name]
        key = ", ".join(f"{column} nulls first" for column in table.key)
        _, expected = run_query(sample_warehouse.database, f"select * from marts.{name} order by {key}")
        there = [tuple(cell.value for cell in row) for row in book[table.cn].iter_rows(min_row=3)]
        for column, found, wanted_values in zip(table.columns, zip(*there, strict=True), zip(*expected, strict=True), strict=True):
            if column.type in ("money", "percent", "number"):
                assert [None if v is None else Decimal(str(v)) for v in found] == list(wanted_values), column.name
            elif column.type not in ("date", "timestamp"):
                assert list(found) == list(wanted_values), column.name


@pytest.mark.slow
def test_money_and_rates_have_their_formats(book: openpyxl.Workbook) -> None:
    sheet = book["部门年度"]
    formats = {sheet[2][index].value: cell.number_format for index, cell in enumerate(sheet[3]) if cell.value is not None}
    assert formats["expenditure_yuan"] == "#,##0.00"
    assert formats["fiscal_year"] == "General"


@pytest.mark.slow
def test_the_first_sheet_explains_every_table_and_column(book: openpyxl.Workbook) -> None:
    said = {(row[1], row[2]) for row in book["说明"].iter_rows(values_only=True)}
    for table in tables("marts").values():
        assert any(first == f"marts.{table.name}" for first, _ in said)
        assert {name for _, name in said} >= set(table.column_names)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A release of one mart with texts and numbers that a sheet cannot hold as they are."""
    database = tmp_path / "jixiao.duckdb"
    columns = ", ".join(f"{column.name} {column.sql_type}" for column in tables("marts")["fct_goal"].columns)
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create schema marts; create table marts.fct_goal ({columns})")
        for number, (goal, score) in enumerate(
            [("=1+1", "1.5"), ("长" * 40_000, "12345678901234567.12345678"), ("\x07钟", None), ("a", "0"), ("b", "-3")]
        ):
            connection.execute(
                "insert into marts.fct_goal (fact_id, form_key, goal_text, score) values (?, 'f', ?, ?)", [str(number), goal, score]
            )
    return database


def test_what_a_cell_cannot_hold_is_said(odd: Path, tmp_path: Path) -> None:
    _, cut = export(odd, "xlsx", wanted(["marts"], ["fct_goal"]), tmp_path / "out", False, nothing_happens)
    assert cut == 1
    sheet = openpyxl.load_workbook(tmp_path / "out" / WORKBOOK)["目标明细"]
    at = {name.value: index for index, name in enumerate(sheet[2])}
    rows = list(sheet.iter_rows(min_row=3))
    assert (rows[0][at["goal_text"]].value, rows[0][at["goal_text"]].data_type) == ("=1+1", "s"), "text is no formula"
    assert rows[1][at["goal_text"]].value.endswith("全文见 CSV 或 Parquet）")
    assert rows[1][at["score"]].value == "12345678901234567.12345678", "exact as text rather than rounded"
    assert [row[at["score"]].value for row in rows] == [1.5, "12345678901234567.12345678", None, 0, -3]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 4)
    export(odd, "xlsx", wanted(["marts"], ["fct_goal"]), tmp_path / "out", False, nothing_happens)
    book = openpyxl.load_workbook(tmp_path / "out" / WORKBOOK)
    assert book.sheetnames == ["说明", "目标明细", "目标明细_2", "目标明细_3"]
    assert [book[name].max_row for name in book.sheetnames[1:]] == [4, 4, 3]
    assert all(book[name]["A2"].value == "fact_id" and book[name].freeze_panes == "A3" for name in book.sheetnames[1:])
    assert any("目标明细_2、目标明细_3" in row for row in book["说明"].iter_rows(values_only=True))


def test_progress_is_told_by_rows(odd: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with opened(odd, tmp_path / "tmp") as connection:
        asked = wanted(["marts"], ["fct_goal"])
        workbook.write_workbook(connection, asked, tmp_path / "a.xlsx", tmp_path / "tmp", lambda *step: told.append(step))
    assert told == [("fct_goal", 5, 5)]
