"""``jixiao audit``: corrections and unread text show among the findings, by report and by bureau."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def jixiao(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flows.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two small reports with an applied and a refused correction."""
    folder = tmp_path_factory.mktemp("audit")
    raw = folder / "raw"
    raw.mkdir()
    for name in ("示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt"):
        shutil.copy(ROOT / "raw" / name, raw / name)
    warehouse = folder / "warehouse"
    assert jixiao("run", "--raw", str(raw), "--warehouse", str(warehouse), "--quiet").returncode == 0
    database = warehouse / "jixiao.duckdb"
    [(place, printed, line_no)] = run_query(
        database,
        "select source_ref, amount_yuan, coalesce(line_no, '') from fct_account where amount_yuan > 0 and report_key in"
        " (select report_key from dim_report where file_name like '示例市%') order by source_ref limit 1",
    )[1]
    lines = [
        "report,table,place,field,printed,right,reason,who,when",
        f"示例市医疗保障局_2021_部门决算.txt,fct_account,{place},amount_yuan,{printed},12345,测试更正,测试员,2024-03-01",
        f"示例市医疗保障局_2021_部门决算.txt,fct_account,{place},line_no,{line_no},,测试更正,测试员,2024-03-01",
        f"演示区教育局_2021_部门决算.txt,fct_account,L1/t99/r1/c1,amount_yuan,{printed},1,测试更正,测试员,2024-03-01",
    ]
    corrections = folder / "corrections.csv"
    corrections.write_text("\n".join(lines) + "\n", encoding="utf8")
    done = jixiao("run", "--raw", str(raw), "--warehouse", str(warehouse), "--corrections", str(corrections), "--quiet")
    assert done.returncode == 0, done.stderr
    return warehouse


def test_a_correction_is_a_finding_with_its_fact(where: Path) -> None:
    database = Settings(raw=ROOT / "raw", warehouse=where, workers=1, keep_releases=1).database
    rows = run_query(
        database,
        "select rule_id, severity, expected, fact_ids is not null, bureau_key is not null from audit.findings"
        " where rule_id like 'correction%' order by rule_id",
    )[1]
    assert rows == [
        ("correction_applied", "info", "12345", True, True),
        ("correction_applied", "info", None, True, True),
        ("correction_refused", "warning", "1", False, True),
    ]


def test_findings_of_a_report_and_of_a_bureau(where: Path) -> None:
    of_all = jixiao("audit", "--warehouse", str(where))
    assert of_all.returncode == 0
    assert "更正已应用" in of_all.stdout
    assert "更正被拒" in of_all.stdout
    of_one = jixiao("audit", "演示区教育局", "--warehouse", str(where)).stdout
    assert "更正被拒" in of_one
    assert "更正已应用" not in of_one
    unknown = jixiao("audit", "没有这样的部门", "--warehouse", str(where))
    assert unknown.returncode == 1
    assert "没有名称含" in unknown.stderr
