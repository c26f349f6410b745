"""Files made to harm: none stops a run, each gets its reason, and nothing of it is left behind."""

import os
import re
import resource
import shutil
import socket
from pathlib import Path

import pytest

from flows import job
from flows.query import run_query
from flows.settings import Settings, settings
from tests.conftest import ROOT
from tests.hostile import CASES, READ
from tests.hostile.case import ARCHIVE

pytestmark = pytest.mark.slow
_LIMITS = {
    "JIXIAO_FILE_MB": 64,
    "JIXIAO_FILE_PAGES": 500,
    "JIXIAO_FILE_SECONDS": 8,
    "JIXIAO_FILE_MEMORY_MB": 1024,
    "JIXIAO_ARCHIVE_MEMBERS": 50,
    "JIXIAO_ARCHIVE_MB": 200,
}
_GOOD = ("示例市医疗保障局_2021_部门决算.txt", "样本县民政局_2021_部门决算.pdf")


def processes() -> set[int]:
    """All that this process started and that still runs, their children too; multiprocessing's own tracker is none of them."""
    found, known = set(), {os.getpid()}
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if b"resource_tracker" in command:
                parents.pop(int(folder.name))
    while more := {child for child, parent in parents.items() if parent in known} - found:
        found |= more
        known |= more
    return found


def descriptors() -> list[str]:
    """Files and connections that this process holds open."""
    return sorted(target for target in map(_target, Path("/proc/self/fd").iterdir()) if target.startswith(("socket:", "/")))


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The run over all of them: the warehouse, and what there was before and after."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this machine has no /proc to look for what is left behind")
    base = tmp_path_factory.mktemp("hostile")
    raw, outside = base / "raw", base / "outside"
    outside.mkdir()
    for case in CASES.values():
        (raw / case.name).mkdir(parents=True)
        case.build(raw / case.name)
    for name in _GOOD:
        shutil.copy(ROOT / "raw" / name, raw / name)
    for name in ("vanishes", "changes"):
        (raw / f"{name}.txt").write_text(f"咖啡烘焙手册\n{name}", encoding="utf8")
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as listening:
        for name, value in _LIMITS.items():
            patch.setenv(name, str(value))
        patch.setenv("TMPDIR", str(outside))
        listening.settimeout(0)
        before = (processes(), descriptors())
        where = settings(raw, base / "warehouse", 2)
        started = job.now()
        with job.exclusive(where):
            plan = job.look(where)
            (raw / "vanishes.txt").unlink()
            (raw / "changes.txt").write_text("改了", encoding="utf8")
            plan = job.read(where, plan)
            left = (processes(), descriptors())
            held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            left_in_the_warehouse = sorted(path.name for path in where.warehouse.iterdir())
            job.publish(where, plan, job.build(where, plan, started))
        yield where, before, left, held, left_in_the_warehouse, sorted(outside.iterdir()), base


def verdicts(where: Settings) -> dict[str, tuple[str, str | None]]:
    rows = run_query(where.database, "select path, outcome, reason from ops.report_files where outcome <> 'gone'")[1]
    return {path: (outcome, reason) for path, outcome, reason in rows}


def test_the_good_reports_are_published(aftermath) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(aftermath[0])
    assert [found[name] for name in _GOOD] == [("complete", None)] * 2


@pytest.mark.parametrize("name", CASES)
def test_each_gets_its_reason(aftermath, name: str) -> None:  # type: ignore[no-untyped-def]
    found = {path: verdict for path, verdict in verdicts(aftermath[0]).items() if path.startswith(f"{name}/")}
    assert found
    wrong = []
    for path, (outcome, reason) in sorted(found.items()):
        expected = CASES[name].verdict(path)
        if expected == READ:
            right = outcome in ("complete", "partial")
        elif expected == ARCHIVE:
            right = outcome == "archive"
        else:
            right = outcome == "set_aside" and re.search(expected, reason or "") is not None
        if not right or ((reason or "").startswith("读取时出错：") and "读取进程意外终止" not in reason and "超过限额" not in reason):
            wrong.append((path, outcome, reason, expected))
    assert not wrong


def test_all_that_is_set_aside_is_listed(aftermath) -> None:  # type: ignore[no-untyped-def]
    where = aftermath[0]
    set_aside = {path for path, (outcome, _) in verdicts(where).items() if outcome == "set_aside"}
    listed = "select distinct f.path from ops.report_files f join ops.set_aside s using (report_key) where s.scope = 'file' and outcome <> 'gone'"
    assert set_aside <= {path for (path,) in run_query(where.database, listed)[1]}
    assert len(set_aside) >= 60
    files = {path.relative_to(where.raw).as_posix() for path in where.raw.rglob("*") if path.is_file() and path.name.isprintable()}
    known = set(verdicts(where))
    assert {file for file in files if "\\" not in file} <= known | {"changes.txt", "vanishes.txt"}


def test_nothing_is_left_behind(aftermath) -> None:  # type: ignore[no-untyped-def]
    _, before, left, _, in_the_warehouse, outside, base = aftermath
    assert left[0] <= before[0]
    assert set(left[1]) - set(before[1]) == {str(base / "warehouse" / ".lock")}
    assert in_the_warehouse == [".lock", "staged"]
    assert outside == []
    assert sorted(path.name for path in base.iterdir()) == ["outside", "raw", "warehouse"]


def test_memory_is_bounded(aftermath) -> None:  # type: ignore[no-untyped-def]
    assert aftermath[3] < _LIMITS["JIXIAO_FILE_MEMORY_MB"] + 300  # what is mapped from files counts here, not there


def test_what_changed_meanwhile_is_read_as_it_is_now(aftermath) -> None:  # type: ignore[no-untyped-def]
    found = verdicts(aftermath[0])
    assert "vanishes.txt" not in found
    assert found["changes.txt"][0] == "set_aside" and "不是预算单位" in str(found["changes.txt"][1])


def test_words_of_a_report_are_only_words(aftermath) -> None:  # type: ignore[no-untyped-def]
    sql = "select distinct project_name from fct_evaluation where project_name like '=cmd|%'"
    [(name,)] = run_query(aftermath[0].database, sql)[1]
    assert "drop table staged.reports; --" in name and "{{ ref('x') }}" in name
