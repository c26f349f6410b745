"""A run with a file of corrections: what is read again, what is published, what is said, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import job
from flows.query import run_query
from flows.settings import Settings, settings
from tests.conftest import ROOT, run_job
from tests.support.corrections import line, write

pytestmark = pytest.mark.slow

HEALTH, SCHOOL = "示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt"


def rows(where: Settings, sql: str) -> list[tuple]:
    return run_query(where.database, sql)[1]


def one(where: Settings, file: str, table: str, wanted: str) -> tuple:
    (found,) = rows(
        where, f"select source_ref, fact_id from {table} join dim_report using (report_key) where file_name = '{file}' and {wanted}"
    )
    return found


def history(where: Settings) -> list[int]:
    return [row[0] for row in rows(where, "select files_read from ops.runs order by run_id")]


def everything(where: Settings) -> dict[str, list[tuple]]:
    """What reports state; a bureau's year also counts findings, and a refused correction is one."""
    tables = ("fct_evaluation", "fct_funding", "fct_task", "fct_goal", "fct_indicator", "fct_account", "fct_statement", "bureau_year")
    chosen = {table: "* exclude (findings, findings_change)" if table == "bureau_year" else "*" for table in tables}
    return {table: rows(where, f"select {columns} from {table} order by all") for table, columns in chosen.items()}


def test_only_the_report_a_correction_is_about_is_read_again_and_taking_it_back_restores(small_raw: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "corrections.csv")
    where = run_job(small_raw, tmp_path / "warehouse", file)
    before = everything(where)
    assert rows(where, "select * from ops.corrections") == []
    place, fact = one(where, HEALTH, "fct_account", "table_no = '01' and line_name = '总计' and side = 'expenditure'")
    key = rows(where, f"select report_key from dim_report where file_name = '{HEALTH}'")[0][0]
    spending = "select expenditure_yuan from bureau_year where bureau_name = '示例市医疗保障局' and fiscal_year = 2021"
    assert rows(where, spending) == [(7462400,)]

    total = line(report=key[:12], table="fct_account", place=place, printed="746.24", right="7642400")
    absent = line(report="没有.pdf", place="p1@1,2,3,4")
    write(file, total, line(report=SCHOOL, place="L999999"), absent, line(when="昨天"))
    run_job(small_raw, where.warehouse, file)
    assert history(where) == [2, 2]  # one correction is applied, one of the other report is refused: both were read again
    assert rows(where, spending) == [(7642400,)]
    assert rows(where, "select fact_id, amount_yuan from fct_account where correction is not null") == [(fact, 7642400)]
    listed = rows(where, "select file_line, report_key, file_name, state, fact_id, corrected_on::varchar from ops.corrections order by 1")
    other = rows(where, f"select report_key from dim_report where file_name = '{SCHOOL}'")[0][0]
    assert listed == [
        (2, key, HEALTH, "applied", fact, "2024-03-01"),
        (3, other, SCHOOL, "refused", None, "2024-03-01"),
        (4, None, None, "report_absent", None, "2024-03-01"),
        (5, None, None, "refused", None, None),
    ]
    refused = rows(where, "select file_name, source_ref, reason from ops.set_aside where scope = 'correction' order by reason")
    assert [(name, ref) for name, ref, _ in refused] == [(SCHOOL, "L999999"), (None, "L1")]
    assert "L999999" in refused[0][2]
    assert "昨天" in refused[1][2]
    summary = job.published(where)["summary"]["corrections"]  # type: ignore[index]
    assert summary["states"] == {"applied": 1, "refused": 2, "report_absent": 1}
    assert [number for number, _ in summary["refused"]] == [3, 5]

    release = where.database.resolve()
    run_job(small_raw, where.warehouse, file)
    assert where.database.resolve() == release

    write(file, "", absent, line(report=SCHOOL, place="L999999"), total.replace(key[:12], HEALTH))
    run_job(small_raw, where.warehouse, file)
    assert history(where) == [2, 2, 0]  # other lines, other names, the same corrections: listed anew, nothing is read

    write(file, line(report=SCHOOL, place="L999999"))
    run_job(small_raw, where.warehouse, file)
    assert history(where) == [2, 2, 0, 1]
    assert everything(where) == before
    file.unlink()
    where_default = settings(small_raw, where.warehouse, 1)
    with job.exclusive(where_default):
        plan = job.look(where_default)
    assert [path.name for path in plan.to_read.values()] == [SCHOOL]


def test_the_command_says_what_became_of_them(tmp_path: Path, small_raw: Path) -> None:
    (small_raw / SCHOOL).unlink()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "prefect")}

    def jixiao(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)

    missing = jixiao("run", "--corrections", "none.csv")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "none.csv" in missing.stderr
    assert len(missing.stderr.strip().splitlines()) == 1
    write(tmp_path / "corrections.csv", line(report=HEALTH, place="L999999"), line(report="没有.pdf"))
    done = jixiao("run")
    assert done.returncode == 0, done.stderr
    assert "更正被拒：第 2 行：accounts 里没有出处为 L999999 的数据" in done.stdout
    assert "更正未用：第 3 行：仓库里没有 没有.pdf 这份报告" in done.stdout
    again = jixiao("run", "--strict")
    assert (again.returncode, "没有新的报告" in again.stdout) == (3, True)
    (tmp_path / "corrections.csv").write_text("report,place\n", encoding="utf8")
    broken = jixiao("run")
    assert broken.returncode == 2
    assert "表头" in broken.stderr
    counted = jixiao("query", "select count(*) as n from ops.corrections", "--format", "json")
    assert json.loads(counted.stdout) == [{"n": 2}]
