"""The main job: only what is new is read, a failed build changes nothing, readers never see half a build."""

import multiprocessing
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import job, warehouse
from flows.query import run_query
from flows.settings import Settings, settings
from tests.conftest import ROOT, run_job

pytestmark = pytest.mark.slow


def files_read(where: Settings) -> list[int]:
    return [row[0] for row in run_query(where.database, "select files_read from ops.runs order by started_at, run_id")[1]]


def names(where: Settings) -> list[str]:
    return [row[0] for row in run_query(where.database, "select file_name from dim_report order by 1")[1]]


def test_new_changed_and_gone(small_raw: Path, tmp_path: Path) -> None:
    where = run_job(small_raw, tmp_path / "warehouse")
    published = where.database.resolve()
    before = published.stat().st_mtime_ns
    run_job(small_raw, where.warehouse)
    assert where.database.resolve() == published
    assert published.stat().st_mtime_ns == before

    changed = small_raw / "示例市医疗保障局_2021_部门决算.txt"
    changed.write_text(changed.read_text(encoding="utf8") + "\n附：本报告共3页。\n", encoding="utf8")
    (small_raw / "演示区教育局_2021_部门决算.txt").unlink()
    shutil.copy(ROOT / "raw" / "示例市医疗保障局_2022_部门决算.txt", small_raw)
    run_job(small_raw, where.warehouse)

    assert files_read(where) == [2, 2]
    assert names(where) == ["示例市医疗保障局_2021_部门决算.txt", "示例市医疗保障局_2022_部门决算.txt"]
    for table in ("fct_evaluation", "fct_indicator", "fct_account", "fct_statement"):
        orphans = run_query(where.database, f"select count(*) from {table} where report_key not in (select report_key from dim_report)")[1]
        assert orphans == [(0,)]
    fates = dict(run_query(where.database, "select file_name || ':' || outcome, count(*) from ops.report_files group by 1")[1])
    assert fates["演示区教育局_2021_部门决算.txt:gone"] == 1
    assert fates["示例市医疗保障局_2021_部门决算.txt:gone"] == 1  # its former content


def test_a_failed_build_leaves_the_published_one(small_raw: Path, tmp_path: Path, break_the_build: Callable[[], None]) -> None:
    where = run_job(small_raw, tmp_path / "warehouse")
    published = where.database.resolve()
    break_the_build()
    shutil.copy(ROOT / "raw" / "示例市医疗保障局_2022_部门决算.txt", small_raw)
    with pytest.raises(warehouse.BuildFailed, match="assert_nothing"):
        run_job(small_raw, where.warehouse)
    assert where.database.resolve() == published
    assert len(names(where)) == 2
    assert not list(where.building.glob("*/*"))


def test_the_same_facts_have_the_same_ids_in_every_build(small_raw: Path, tmp_path: Path) -> None:
    first, second = (run_job(small_raw, tmp_path / name) for name in ("one", "two"))
    for table in ("fct_evaluation", "fct_indicator", "fct_account", "fct_statement", "account_history", "bureau_year", "dim_bureau"):
        sql = f"select * from {table} order by all"
        assert run_query(first.database, sql) == run_query(second.database, sql), table


def _read_in_a_loop(database: str, stop: "multiprocessing.synchronize.Event", found: "multiprocessing.Queue") -> None:  # type: ignore[name-defined]
    seen, failures, queries = set(), [], 0
    while not stop.is_set() or queries < 20:
        try:
            _, rows = run_query(
                Path(database), "select (select count(*) from dim_report), (select count(distinct report_key) from fct_account)"
            )
            seen.add(rows[0])
        except Exception as error:
            failures.append(repr(error))
        queries += 1
        time.sleep(0.05)
    found.put((seen, failures, queries))


def test_readers_see_whole_builds_only(small_raw: Path, tmp_path: Path) -> None:
    where = run_job(small_raw, tmp_path / "warehouse")
    shutil.copy(ROOT / "raw" / "示例市医疗保障局_2022_部门决算.txt", small_raw)
    context = multiprocessing.get_context("spawn")
    stop, found = context.Event(), context.Queue()
    reader = context.Process(target=_read_in_a_loop, args=(str(where.database), stop, found))
    reader.start()
    run_job(small_raw, where.warehouse)
    time.sleep(1)
    stop.set()
    seen, failures, queries = found.get(timeout=60)
    reader.join(timeout=60)
    assert failures == []
    assert queries >= 20
    assert seen <= {(2, 2), (3, 3)}
    assert (3, 3) in seen


def test_two_runs_do_not_build_at_once(small_raw: Path, tmp_path: Path) -> None:
    where = settings(small_raw, tmp_path / "warehouse", 1)
    with job.exclusive(where), pytest.raises(job.Busy), job.exclusive(where):
        pass


def test_bad_input_is_named_and_the_rest_published(small_raw: Path, tmp_path: Path) -> None:
    sample_pdf = (ROOT / "raw" / "样本县民政局_2021_部门决算.pdf").read_bytes()
    (small_raw / "空.txt").write_bytes(b"")
    (small_raw / "半截.pdf").write_bytes(sample_pdf[: len(sample_pdf) // 2])
    with (small_raw / "零.bin").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    _encrypt(ROOT / "raw" / "样本县民政局_2021_部门决算.pdf", small_raw / "加密.pdf")
    (small_raw / "别的.txt").write_text("咖啡烘焙手册\n一、生豆\n含水率应在11%左右，烘焙12分钟。\n", encoding="utf8")
    gbk = (ROOT / "raw" / "示例市医疗保障局_2023_部门决算.txt").read_text(encoding="utf8")
    (small_raw / "示例市医疗保障局_2023_gbk.txt").write_bytes(gbk.encode("gb18030"))

    where = run_job(small_raw, tmp_path / "warehouse")

    reasons = dict(run_query(where.database, "select file_name, reason from ops.set_aside where scope = 'file'")[1])
    assert set(reasons) == {"空.txt", "半截.pdf", "零.bin", "加密.pdf", "别的.txt"}
    assert "空文件" in reasons["空.txt"]
    assert "损坏" in reasons["半截.pdf"]
    assert "密码" in reasons["加密.pdf"]
    assert "二进制" in reasons["零.bin"]
    assert "不是预算单位" in reasons["别的.txt"]
    read = dict(run_query(where.database, "select file_name, status from dim_report where status <> 'set_aside'")[1])
    assert set(read) == {"示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt", "示例市医疗保障局_2023_gbk.txt"}
    summary = job.published(where)["summary"]["reports"]  # type: ignore[index]
    assert {report["path"] for report in summary if report["reason"]} == set(reasons)


def _encrypt(source: Path, target: Path) -> None:
    """The sample again, typeset with a password to open it."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(target), encrypt=pdfencrypt.StandardEncryption("geheim", ownerPassword="owner", strength=128))
    page.drawString(72, 700, source.stem)
    page.save()
