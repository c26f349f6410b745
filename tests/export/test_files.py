"""``jixiao export``: the tables as files, the same bytes each time, nothing overwritten by accident, nothing left half done."""

import csv
import hashlib
import io
from pathlib import Path

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from flows.export import write
from flows.export.published import NotInRelease, wanted
from flows.query import run_query
from flows.settings import Settings
from flows.spreadsheet import undone
from flows.tables.definitions import published_tables, tables

pytestmark = pytest.mark.slow
FORMATS = ["parquet", "csv", "xlsx", "fiscal-data-package"]


def export(where: Settings, folder: Path, form: str, *more: str) -> Result:
    return CliRunner().invoke(cli, ["export", str(folder), "--format", form, "--warehouse", str(where.warehouse), *more])


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def nothing_happens(name: str, done: int, total: int) -> None:
    pass


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_of_a_release_are_the_same_bytes(sample_warehouse: Settings, tmp_path: Path, form: str) -> None:
    first, second = tmp_path / "first", tmp_path / "deeper" / "second"
    assert export(sample_warehouse, first, form).exit_code == 0
    assert export(sample_warehouse, second, form).exit_code == 0
    assert digests(first) == digests(second)
    assert digests(first)
    assert {path.name for path in tmp_path.iterdir()} == {"first", "deeper"}, "something was left beside"


def test_parquet_holds_every_mart_exactly(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "parquet").exit_code == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(tables("marts"))
    for table in tables("marts").values():
        path = tmp_path / "out" / f"{table.name}.parquet"
        described = duckdb.execute(f"describe select * from '{path}'").fetchall()
        assert [(name, kind.lower()) for name, kind, *_ in described] == [(c.name, c.sql_type) for c in table.columns]
        key = ", ".join(f"{name} nulls first" for name in table.key)
        rows = duckdb.execute(f"select * from '{path}'").fetchall()
        assert rows == run_query(sample_warehouse.database, f"select * from marts.{table.name} order by {key}")[1]


def test_parquet_says_what_its_columns_mean(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "parquet", "--table", "bureau_year").exit_code == 0
    metadata = pl.read_parquet_metadata(tmp_path / "out" / "bureau_year.parquet")
    assert "每个部门每个年度一行" in metadata["grain"]
    assert "三公" in metadata["columns"]


def test_csv_opens_in_excel_and_is_what_the_marts_hold(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "csv").exit_code == 0
    for table in tables("marts").values():
        raw = (tmp_path / "out" / f"{table.name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf"), "without it Excel takes the file for the machine's own code page"
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
        assert header == list(table.column_names)
        key = ", ".join(f"{name} nulls first" for name in table.key)
        names = ", ".join(f"cast({c.name} as varchar)" for c in table.columns)
        expected = run_query(sample_warehouse.database, f"select {names} from marts.{table.name} order by {key}")[1]
        assert [[undone(cell) for cell in row] for row in rows] == [["" if value is None else value for value in row] for row in expected]
        texts = [index for index, column in enumerate(table.columns) if column.type == "text"]
        assert not [row[i] for row in rows for i in texts if len(row[i]) > 1 and row[i][0] in "=+-@\t\r"]


def test_numbers_of_a_csv_stay_numbers(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "csv", "--table", "account_history").exit_code == 0
    below_zero = "select count(*) from '{}' where change_yuan < 0".format(tmp_path / "out" / "account_history.csv")
    assert (
        duckdb.execute(below_zero).fetchall()
        == run_query(sample_warehouse.database, "select count(*) from account_history where change_yuan < 0")[1]
    )


def test_the_tables_of_cn_go_by_their_chinese_names(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "csv", "--schema", "cn").exit_code == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {table.cn for table in published_tables()}
    header = (tmp_path / "out" / "部门年度.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.startswith("部门键,部门名称,年度,")


def test_several_schemas_get_a_folder_each(sample_warehouse: Settings, tmp_path: Path) -> None:
    assert export(sample_warehouse, tmp_path / "out", "csv", "--schema", "audit", "--schema", "ops").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"audit", "ops"}


def test_a_folder_that_is_not_empty_is_not_touched(sample_warehouse: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "bureau_year.csv").write_text("mine")
    refused = export(sample_warehouse, folder, "csv")
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert digests(folder) == {"bureau_year.csv": hashlib.sha256(b"mine").hexdigest()}


def test_force_replaces_files_of_the_same_name_and_no_others(sample_warehouse: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "bureau_year.csv").write_text("old")
    (folder / "notes.txt").write_text("mine")
    assert export(sample_warehouse, folder, "csv", "--force", "--table", "bureau_year", "--table", "dim_bureau").exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"bureau_year.csv", "dim_bureau.csv", "notes.txt"}
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "bureau_year.csv").read_text(encoding="utf-8-sig").startswith("bureau_key,")


def test_a_failed_export_leaves_nothing(sample_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "write_csv", fail)
    failed = export(sample_warehouse, tmp_path / "out", "csv")
    assert failed.exit_code == 1
    assert "No space left" in failed.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "csv", "--table", "nonsense"], "没有表 nonsense"),
        (["--format", "csv", "--schema", "audit", "--table", "bureau_year"], "audit 里没有表 bureau_year"),
        (["--format", "fiscal-data-package", "--table", "bureau_year"], "固定"),
    ],
)
def test_bad_use_ends_with_2(sample_warehouse: Settings, tmp_path: Path, arguments: list[str], says: str) -> None:
    done = CliRunner().invoke(cli, ["export", str(tmp_path / "out"), "--warehouse", str(sample_warehouse.warehouse), *arguments])
    assert done.exit_code == 2
    assert says in done.output
    assert not (tmp_path / "out").exists()


def test_a_file_is_no_folder(sample_warehouse: Settings, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert export(sample_warehouse, tmp_path / "out", "csv", "--force").exit_code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_nothing_published_ends_with_1(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["export", str(tmp_path / "out"), "--format", "csv", "--warehouse", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "jixiao run" in done.output


def test_a_release_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    database = tmp_path / "jixiao.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts; create table marts.bureau_year (bureau_key varchar)")
    with pytest.raises(NotInRelease, match="bureau_year"):
        write.export(database, "csv", wanted(["marts"], ["bureau_year"]), tmp_path / "out", False, nothing_happens)
    assert not (tmp_path / "out").exists()
