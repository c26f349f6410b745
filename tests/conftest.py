"""Shared fixtures: the real reports beside the project, and warehouses built once for the whole session."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows import job, warehouse
from flows.settings import Settings, be_quiet, settings

be_quiet()
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "reports"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no long one is left to a single worker at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def run_job(raw: Path, warehouse: Path, corrections: Path | None = None, fresh: bool = False, matches: Path | None = None) -> Settings:
    """The main job without Prefect: its steps are plain functions."""
    where = settings(raw, warehouse, 2, corrections, fresh, matches)
    started = job.now()
    with job.exclusive(where):
        plan = job.look(where)
        if not job.is_up_to_date(where, plan):
            plan = job.read(where, plan)
            job.publish(where, plan, job.build(where, plan, started))
    return where


@pytest.fixture(scope="session", autouse=True)
def one_parse_of_the_dbt_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The builds of a test session share what dbt parsed of the project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIXIAO_DBT_TARGET", str(tmp_path_factory.mktemp("dbt")))
        yield


@pytest.fixture(scope="session")
def shared_reports() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the real reports (../shared/reports) are not beside the project: every test of real reports is left out")
    return SHARED


def _built_once(raw: Path, name: str, factory: pytest.TempPathFactory) -> Settings:
    """The warehouse of a raw folder, built by the test process that asks first; the others wait for it and use the same."""
    of_all = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    with (of_all / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return run_job(raw, of_all / name)  # finds nothing new where another process was first


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A published warehouse of the sample reports of raw/. Tests must not change it."""
    return _built_once(ROOT / "raw", "samples", tmp_path_factory)


@pytest.fixture(scope="session")
def real_warehouse(shared_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A published warehouse of every real report. Tests must not change it."""
    return _built_once(shared_reports, "real", tmp_path_factory)


@pytest.fixture
def small_raw(tmp_path: Path) -> Path:
    """A raw folder of two small sample reports, free to change."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt"):
        shutil.copy(ROOT / "raw" / name, raw / name)
    return raw


@pytest.fixture
def break_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """When called, the builds of this test run a dbt test, assert_nothing, that fails."""

    def break_it() -> None:
        broken = tmp_path / "dbt_project"
        shutil.copytree(ROOT / "dbt_project", broken, ignore=shutil.ignore_patterns("target"))
        (broken / "tests" / "assert_nothing.sql").write_text("select 1 as always_fails")
        monkeypatch.setattr(warehouse, "_DBT_PROJECT", broken)

    return break_it
