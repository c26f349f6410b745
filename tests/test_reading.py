"""The readers' pool: a report that hangs, dies, grows or leaves things behind takes only itself along."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from flows import job, reading
from flows.collect.landing import Source
from flows.limits import BadSetting, allowed
from flows.reading import Task, read_reports
from flows.settings import Settings, settings
from flows.staging import Outcome
from tests.conftest import ROOT, run_job
from tests.test_hostile import processes


def misbehave(task: Task) -> Outcome:
    """What the file's text says, instead of reading it; called in the worker."""
    (task.folder / "worker.pid").write_text(str(os.getpid()))
    what = task.source.path.read_text()
    if what == "hang":
        while True:
            time.sleep(1)
    if what == "die":
        os.abort()
    if what == "leave":
        tempfile.tempdir = str(task.folder)
        Path(tempfile.mkstemp()[1]).write_text("left")
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        os._exit(3)
    return task.refused(f"said {what}")


def sources(folder: Path, *words: str) -> dict[str, Source]:
    folder.mkdir(exist_ok=True)
    found = {}
    for number, word in enumerate(words):
        path = folder / f"{number}.txt"
        path.write_text(word)
        found[hashlib.sha256(f"{number}".encode()).hexdigest()] = Source(path, f"{number} {word}")
    return found


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(reading, "read_one", misbehave)
    monkeypatch.setenv("JIXIAO_FILE_SECONDS", "2")
    return settings(tmp_path / "raw", tmp_path / "warehouse", 2)


@pytest.mark.slow
def test_each_takes_only_itself_along(where: Settings) -> None:
    before = processes()
    words = ("a", "hang", "b", "die", "c", "leave", "d", "hang", "e", "die", "f")
    jobs = sources(where.raw, *words)
    outcomes = {outcome.report_key: outcome.reason for outcome in read_reports(jobs, "v", where, {})}
    reasons = [str(outcomes[key]) for key in jobs]
    assert [reason for word, reason in zip(words, reasons, strict=True) if len(word) == 1] == [f"said {word}" for word in "abcdef"]
    for word, reason in zip(words, reasons, strict=True):
        if word == "hang":
            assert "读取时间超过限额 2 秒" in reason and "JIXIAO_FILE_SECONDS" in reason
        if word == "die":
            assert "意外终止（信号 6）" in reason and "JIXIAO_FILE_MEMORY_MB" in reason
        if word == "leave":
            assert "退出码 3" in reason
    for _ in range(20):  # a killed process is gone as soon as its parent, or the system's first process, has taken note
        if processes() <= before:
            break
        time.sleep(0.1)
    assert processes() <= before
    assert not where.working.exists()
    assert sorted(path.name for path in where.staged.iterdir()) == sorted(jobs)


@pytest.mark.slow
def test_the_outcomes_do_not_depend_on_the_workers(tmp_path: Path, small_raw: Path) -> None:
    jobs = {hashlib.sha256(path.read_bytes()).hexdigest(): Source(path, path.name) for path in small_raw.iterdir()}
    staged = []
    for workers in (1, 3):
        where = settings(small_raw, tmp_path / str(workers), workers)
        list(read_reports(jobs, "v", where, {}))
        staged.append({path.relative_to(where.staged): path.read_bytes() for path in where.staged.rglob("*") if path.is_file()})
    assert staged[0] == staged[1] and len(staged[0]) > 20


@pytest.mark.slow
def test_a_raised_limit_reads_the_file_after_all(tmp_path: Path, small_raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.hostile.pdfs import pdf_of_ten_thousand_pages

    pdf_of_ten_thousand_pages(small_raw)
    with (small_raw / "b.bin").open("wb") as out:
        out.truncate(3_000_000)
    monkeypatch.setenv("JIXIAO_FILE_PAGES", "100")
    monkeypatch.setenv("JIXIAO_FILE_MB", "2")
    where = run_job(small_raw, tmp_path / "warehouse")

    def reasons() -> dict[str, str]:
        done = job.published(where)
        assert done is not None
        return {report["path"]: report["reason"] for report in done["summary"]["reports"] if report["reason"]}

    assert reasons()["a.pdf"] == "页数 10000 页超过限额 100 页；确需读取，请调高环境变量 JIXIAO_FILE_PAGES"
    assert reasons()["b.bin"] == "文件大小 3 MB超过限额 2 MB；确需读取，请调高环境变量 JIXIAO_FILE_MB"
    assert job.is_up_to_date(where, job.look(where))
    monkeypatch.setenv("JIXIAO_FILE_PAGES", "200")
    assert [source.name for source in job.look(where).to_read.values()] == ["a.pdf"]
    monkeypatch.setenv("JIXIAO_FILE_PAGES", "100")
    monkeypatch.setenv("JIXIAO_FILE_MB", "4")
    run_job(small_raw, where.warehouse)
    assert "二进制" in reasons()["b.bin"]


@pytest.mark.slow
def test_a_file_that_changes_while_it_is_read_is_read_by_the_next_run(tmp_path: Path, small_raw: Path) -> None:
    gone, changed, _ = (small_raw / name for name in ("gone.txt", "changed.txt", "kept.txt"))
    gone.write_text("一")
    changed.write_text("二")
    where = settings(small_raw, tmp_path / "warehouse", 1)
    with job.exclusive(where):
        plan = job.look(where)
        gone.unlink()
        changed.write_text("三")
        outcomes = {outcome.report_key: outcome for outcome in read_reports(plan.to_read, "v", where, {})}
    passing = {plan.to_read[key].name: outcome.is_passing for key, outcome in outcomes.items()}
    assert passing["gone.txt"] and passing["changed.txt"]
    assert sum(passing.values()) == 2


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "２００", "99999999999999"])
def test_a_limit_that_cannot_be_meant_is_an_error(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("JIXIAO_FILE_MB", text)
    with pytest.raises(BadSetting, match=f"JIXIAO_FILE_MB 的值“{text}”"):
        settings()
    monkeypatch.setenv("JIXIAO_FILE_MB", " ")
    assert settings() and allowed("file_mb") == 500


def test_the_command_names_the_variable(tmp_path: Path) -> None:
    environment = os.environ | {"JIXIAO_FILE_PAGES": "viele", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "错误：环境变量 JIXIAO_FILE_PAGES 的值“viele”不对：要写成大于 0 的整数，如 2000。\n"
