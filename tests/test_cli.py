"""The command line: what it says, how it ends, what a query may not do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.query import QueryFailed, run_query
from flows.settings import Settings
from tests.conftest import ROOT


def jixiao(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flows.cli", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["run", "--workers", "none"], ["run", "--raw", "/no/such/folder"], ["query"], ["run", "--colour"]],
)
def test_bad_use_ends_with_2_and_one_line(arguments: list[str], tmp_path: Path) -> None:
    done = jixiao(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_asking_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    done = jixiao("query", "select 1", cwd=tmp_path)
    assert done.returncode == 1
    assert "jixiao run" in done.stderr


def test_help_names_every_command() -> None:
    done = jixiao("--help")
    assert done.returncode == 0
    for command in ("run", "status", "query", "export", "explain", "audit", "sample", "serve"):
        assert command in done.stdout
        assert jixiao(command, "--help").returncode == 0


@pytest.mark.slow
def test_query_formats(sample_warehouse: Settings) -> None:
    sql = "select bureau_name, fiscal_year, expenditure_yuan from bureau_year where bureau_name = '示例市医疗保障局' order by fiscal_year"
    at = ["--warehouse", str(sample_warehouse.warehouse)]
    as_json = json.loads(jixiao("query", sql, "--format", "json", *at).stdout)
    assert [row["fiscal_year"] for row in as_json if row["expenditure_yuan"]] == [2020, 2021, 2022, 2023]
    assert jixiao("query", sql, "--format", "csv", *at).stdout.startswith(
        "bureau_name,fiscal_year,expenditure_yuan\n示例市医疗保障局,2020,"
    )
    assert "示例市医疗保障局" in jixiao("query", sql, *at).stdout
    status = jixiao("status", *at)
    assert status.returncode == 0
    assert "示例市医疗保障局" in status.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "copy dim_report to '/tmp/jixiao_stolen.csv'",
        "attach '/tmp/other.duckdb' as other",
        "create table marts.mine (a int)",
        "insert into marts.dim_fiscal_year values (1, null, null, null)",
        "drop table marts.dim_report",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
        "select * from 'https://example.org/x.parquet'",
    ],
)
def test_a_query_can_only_read_the_warehouse(sample_warehouse: Settings, sql: str) -> None:
    with pytest.raises(QueryFailed) as failure:
        run_query(sample_warehouse.database, sql)
    assert "\n" not in str(failure.value)


@pytest.mark.slow
def test_a_second_run_reads_nothing_and_imports_neither_prefect_nor_dbt(sample_warehouse: Settings, tmp_path: Path) -> None:
    code = (
        "import sys, atexit, resource\n"
        "from flows import cli\n"
        "sys.argv = ['jixiao', 'run', '--raw', {!r}, '--warehouse', {!r}]\n"
        "atexit.register(lambda: print('LOADED', [m for m in ('prefect', 'dbt', 'duckdb', 'polars') if m in sys.modules],\n"
        "    sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) < 2))\n"
        "cli.main()\n"
    ).format(str(ROOT / "raw"), str(sample_warehouse.warehouse))
    before = sample_warehouse.database.resolve().stat().st_mtime_ns
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "没有新的报告" in done.stdout
    assert "LOADED [] True" in done.stdout
    assert sample_warehouse.database.resolve().stat().st_mtime_ns == before
