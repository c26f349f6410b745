"""What falls between two years or two builds is flagged in ops.drift, and the run and the status say so; what did not fall is not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import job
from flows.console import show_drift
from flows.drift import Fall
from flows.landing import _land_previous_counts
from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT, run_job
from tests.test_cli import jixiao

BUREAU = "演示区教育局"
REPORT = f"{BUREAU}_2021_部门决算.txt"
OTHER = "示例市医疗保障局_2021_部门决算.txt"
TABLE = "支出决算表"
LINE = "\n2050202\t小学教育\t365.20\t\t365.20\t\t\t\n"
FORM_LINE = "\n\t年度资金总额\t\t380.00\t380.00\t365.20\t10\t96.11%\t9.61\n"

Shown = tuple[str, str | None, str, int, int]


def printed(bureau: str = BUREAU, year: int = 2021) -> str:
    """The sample report as that of another bureau, or of a later year with the same figures."""
    text = (ROOT / "raw" / REPORT).read_text(encoding="utf8").replace(BUREAU, bureau)
    return text.replace("2021", str(year))


def replace_once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def without_table(text: str) -> str:
    start = text.index(f"\n{TABLE}\n公开03表")
    return text[:start] + text[text.index("\n财政拨款收入支出决算总表\n", start) :]


def without_row(text: str) -> str:
    return replace_once(text, LINE, "\n")


def without_cell(text: str) -> str:
    return replace_once(text, LINE, LINE.replace("\t\t365.20", "\t\t"))


def without_form_cell(text: str) -> str:
    return replace_once(text, FORM_LINE, FORM_LINE.replace("9.61", ""))


def reworded(text: str) -> str:
    return replace_once(text, "注：本表列示本部门全年发生的支出。", "注：本表列示本部门本年度的全部支出。")


def retitled(text: str) -> str:
    return replace_once(text, f"\n{TABLE}\n公开03表", "\n支出情况决算表\n公开03表")


def with_unread_numbers(text: str) -> str:
    """Lines that print more numbers than the table has columns."""
    odd = "\n另附未归类的合计数" + "".join(f"\t{number}.25" for number in range(31, 51))
    return replace_once(text, LINE, odd * 3 + LINE)


# Each change is made to the report of a bureau of its own, so that one build shows them all: what must be flagged then.
CHANGES: dict[str, tuple[Callable[[str], str], list[Shown]]] = {
    "演示区水务局": (without_table, [("account_table", TABLE, "money_cells", 40, 0)]),
    "演示区民政局": (without_row, [("account_table", TABLE, "money_cells", 40, 38)]),
    "演示区交通局": (without_cell, [("account_table", TABLE, "money_cells", 40, 39)]),
    "演示区卫生局": (without_form_cell, [("project_self_evaluation", None, "facts", 1, 0)]),
    "演示区文化局": (reworded, []),
    "演示区体育局": (retitled, []),
}


def shown(where: Settings, compared_with: str, bureau: str) -> list[Shown]:
    """The flags that a run shows: part, table, measure, before, now."""
    _, rows = run_query(
        where.database,
        "select part, table_match, measure, before, now from ops.drift "
        f"where compared_with = '{compared_with}' and bureau_name = '{bureau}' and is_flagged and flag_no is not null order by flag_no",
    )
    return [(part, table, measure, int(before), int(now)) for part, table, measure, before, now in rows]


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/ and the warehouse published of it. Tests work on copies."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "raw").mkdir()
    for name in (REPORT, OTHER):
        shutil.copy(ROOT / "raw" / name, folder / "raw" / name)
    for bureau in CHANGES:
        (folder / "raw" / f"{bureau}.txt").write_text(printed(bureau), encoding="utf8")
    run_job(folder / "raw", folder / "warehouse")
    return folder


@pytest.fixture(scope="module")
def published_again(first_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The next build: the changed reports replaced, the next year's report of another bureau added, nothing else."""
    folder = shutil.copytree(first_build, tmp_path_factory.mktemp("again") / "copy", symlinks=True)
    for bureau, (change, _) in CHANGES.items():
        (folder / "raw" / f"{bureau}.txt").write_text(change(printed(bureau)), encoding="utf8")
    shutil.copy(ROOT / "raw" / OTHER.replace("2021", "2022"), folder / "raw")
    return run_job(folder / "raw", folder / "warehouse")


@pytest.mark.slow
def test_a_first_build_has_nothing_to_be_compared_with(first_build: Path) -> None:
    where = Settings(first_build / "raw", first_build / "warehouse", 1)
    assert run_query(where.database, "select count(*) from ops.drift")[1] == [(0,)]
    assert run_query(where.database, "select count(distinct report_key) from ops.counts where counted > 0")[1] == [(len(CHANGES) + 2,)]


@pytest.mark.slow
@pytest.mark.parametrize("bureau", CHANGES)
def test_a_report_published_again_with_less(published_again: Settings, bureau: str) -> None:
    found = [
        (part, table, measure, before - now, 0) if measure == "facts" else (part, table, measure, before, now)
        for part, table, measure, before, now in shown(published_again, "previous_build", bureau)
    ]
    assert found == CHANGES[bureau][1]
    sql = f"select is_same_file, min(reason), max(reason) from ops.drift where bureau_name = '{bureau}' group by 1"
    assert [row[0] for row in run_query(published_again.database, sql)[1]] == [False]
    reasons = run_query(published_again.database, sql)[1][0][1:]
    assert all(reason is None or reason.startswith("文件更换后与上次构建比") for reason in reasons)


@pytest.mark.slow
def test_a_table_with_a_new_title_is_there_still(published_again: Settings) -> None:
    _, rows = run_query(
        published_again.database,
        "select before, now, is_flagged from ops.drift where bureau_name = '演示区体育局' and measure = 'money_cells' and change <> 0 order by 1",
    )
    assert rows == [(0, 40, False), (40, 0, False)]


@pytest.mark.slow
def test_what_did_not_change_is_not_flagged(published_again: Settings) -> None:
    _, compared = run_query(
        published_again.database, "select count(*) filter (where change = 0), count(*) from ops.drift where is_same_file"
    )
    assert compared == [(0, 0)]
    _, years = run_query(
        published_again.database,
        "select bureau_name, fiscal_year, count(*) > 30, max(is_flagged) from ops.drift where compared_with = 'last_year' group by 1, 2",
    )
    assert years == [("示例市医疗保障局", 2022, True, False)]


@pytest.mark.slow
def test_the_same_file_must_give_the_same(first_build: Path, tmp_path: Path) -> None:
    """Staged as by a reader that leaves one cell unread though the file is the same; another file is taken away."""
    folder = shutil.copytree(first_build, tmp_path / "copy", symlinks=True)
    where = Settings(folder / "raw", folder / "warehouse", 1)
    key = run_query(where.database, f"select report_key from dim_report where file_name = '{REPORT}'")[1][0][0]
    accounts, numbers = (where.staged / key / f"{table}.parquet" for table in ("accounts", "numbers"))
    cells = pl.read_parquet(accounts)
    lost = cells.filter(pl.col("table_match") == TABLE)["fact_id"][0]
    cells.filter(pl.col("fact_id") != lost).write_parquet(accounts)
    is_lost = pl.col("fact_id").eq_missing(lost)
    pl.read_parquet(numbers).with_columns(
        disposition=pl.when(is_lost).then(pl.lit("unclaimed")).otherwise("disposition"),
        fact_id=pl.when(is_lost).then(None).otherwise("fact_id"),
    ).write_parquet(numbers)
    (folder / "raw" / OTHER).unlink()

    where = run_job(folder / "raw", folder / "warehouse", fresh=True)  # as another version of the reader builds

    assert shown(where, "previous_build", BUREAU) == [("account_table", TABLE, "money_cells", 40, 39)]
    assert shown(where, "previous_build", "示例市医疗保障局") == [("all", None, "reports", 1, 0)]
    _, rows = run_query(
        where.database,
        "select bureau_name, measure, change, reason from ops.drift where is_flagged and is_same_file and part = 'all' order by measure",
    )
    assert rows == [(BUREAU, "facts", -1, "同一文件与上次构建比减少"), (BUREAU, "unclaimed", 1, "同一文件与上次构建比增多")]


@pytest.mark.slow
def test_a_year_that_lacks_what_the_year_before_had(tmp_path: Path) -> None:
    """The run and the status say it; the run that asked for quiet does not."""
    raw = tmp_path / "raw"
    raw.mkdir()
    years = {2021: printed(), 2022: without_table(printed(year=2022)), 2023: with_unread_numbers(printed(year=2023))}
    for year, text in years.items():
        (raw / f"{year}.txt").write_text(text, encoding="utf8")
    at = ["--warehouse", str(tmp_path / "warehouse")]

    done = jixiao("run", "--raw", str(raw), *at, "--workers", "2")

    assert done.returncode == 0, done.stderr
    assert f"回落 {BUREAU} 2022 部门决算 收支表《{TABLE}》：有数单元格 40 → 0（上年）" in done.stdout
    assert f"增多 {BUREAU} 2023 部门决算 收支表：未读占比 0% → " in done.stdout
    header, first, _, last = done.stdout.splitlines()[2], *done.stdout.splitlines()[4:7]
    assert "数字" in header
    assert "未读" in header
    assert " 703 " in first
    assert re.search(r" \d+ \(\d\.\d%\) ", last), "how many were left unread, and what share"
    status = jixiao("status", *at).stdout
    assert "覆盖率" in status
    assert f"回落 {BUREAU} 2022" in status
    where = Settings(raw, tmp_path / "warehouse", 1)
    published = job.published(where)
    assert published is not None
    assert published["summary"]["drift"][0]["table_match"] == TABLE
    _, rows = run_query(
        where.database,
        f"select before, now, change, change_pct, reason from ops.drift where table_match = '{TABLE}' and is_flagged",
    )
    assert rows == [(40, 0, -40, -100, "与上年比全部消失")]
    (raw / "2021.txt").unlink()
    assert jixiao("run", "--raw", str(raw), *at, "--quiet").stdout == ""


def test_ten_lines_and_how_many_more(capsys: pytest.CaptureFixture[str]) -> None:
    fall = Fall("last_year", False, "示例市[甲]局", "department_final_accounts", 2023, "text", None, "statements", 50.0, 12.0)
    show_drift([fall] * 10)
    assert capsys.readouterr().out.splitlines() == ["回落 示例市[甲]局 2023 部门决算 行文：行文数字 50 → 12（上年）"] * 10
    show_drift([fall] * 13)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert lines[-1].startswith("另有 3 处")


def test_a_release_that_did_not_count_is_nothing_to_compare_with(tmp_path: Path) -> None:
    older = tmp_path / "it's older.duckdb"
    with duckdb.connect(str(older)) as connection:
        connection.execute("create schema ops")
        connection.execute("create table ops.counts (report_key varchar, part varchar)")
        connection.execute("insert into ops.counts values ('a', 'all')")
    for published in (older, tmp_path / "nothing.duckdb"):
        with duckdb.connect() as connection:
            connection.execute("create schema landing")
            _land_previous_counts(connection, published)
            assert connection.execute("select count(*) from landing.previous_counts").fetchall() == [(0,)]
