"""Building only what changed gives the same warehouse as building everything."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows import job
from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT, run_job
from tests.support.contents import contents

pytestmark = pytest.mark.slow


def is_fresh(where: Settings) -> bool:
    return json.loads(where.published.read_text(encoding="utf8"))["is_fresh"]


def assert_same(one: Settings, other: Settings) -> None:
    left, right = contents(one.database), contents(other.database)
    assert left.keys() == right.keys()
    for name, rows in left.items():
        assert rows == right[name], name


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings]:
    """A raw folder and its warehouse, free to change: every sample but one."""
    folder = tmp_path_factory.mktemp("grown")
    raw = folder / "raw"
    shutil.copytree(ROOT / "raw", raw)
    (raw / LATER).rename(folder / LATER)
    return raw, run_job(raw, folder / "warehouse")


LATER = "演示区教育局_2023_部门决算.pdf"


def test_reports_that_come_change_and_go_give_what_a_fresh_build_gives(grown: tuple[Path, Settings], sample_warehouse: Settings) -> None:
    raw, where = grown
    assert is_fresh(where)
    before = contents(where.database)

    (raw.parent / LATER).rename(raw / LATER)
    run_job(raw, where.warehouse)
    assert not is_fresh(where)
    assert_same(where, sample_warehouse)

    (raw / LATER).unlink()
    run_job(raw, where.warehouse)
    assert not is_fresh(where)
    assert contents(where.database) == before


def test_an_edition_that_comes_later_ends_the_one_before(small_raw: Path, tmp_path: Path) -> None:
    """The facts of the earlier edition, whose file did not change, have their last day; without the later one they stand again."""
    edition = "演示区水务局_2022_部门决算{}.txt"
    shutil.copy(ROOT / "raw" / edition.format(""), small_raw)
    shutil.copy(ROOT / "raw" / "样本县民政局_2021_部门决算.pdf", small_raw)
    where = run_job(small_raw, tmp_path / "warehouse")
    before = contents(where.database)

    shutil.copy(ROOT / "raw" / edition.format("更正"), small_raw)
    run_job(small_raw, where.warehouse)
    assert not is_fresh(where)
    assert_same(where, run_job(small_raw, tmp_path / "alone"))
    assert run_query(where.database, "select count(*) > 0 from fct_account where known_to = date '2023-11-15'")[1] == [(True,)]

    (small_raw / edition.format("更正")).unlink()
    run_job(small_raw, where.warehouse)
    assert contents(where.database) == before


def test_a_bureau_goes_with_its_last_report(small_raw: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "raw" / "样本县民政局_2021_部门决算.pdf", small_raw)
    where = run_job(small_raw, tmp_path / "warehouse")
    both = contents(where.database)["marts.dim_bureau"]
    (small_raw / "演示区教育局_2021_部门决算.txt").unlink()
    run_job(small_raw, where.warehouse)
    assert not is_fresh(where)
    alone = run_job(small_raw, tmp_path / "alone")
    assert_same(where, alone)
    assert len(contents(where.database)["marts.dim_bureau"]) < len(both)


def test_a_change_of_most_reports_is_built_from_nothing(grown: tuple[Path, Settings]) -> None:
    raw, where = grown
    for path in sorted(raw.iterdir())[:8]:
        path.unlink()
    run_job(raw, where.warehouse)
    assert is_fresh(where)


def test_a_fresh_build_can_be_asked_for(small_raw: Path, tmp_path: Path) -> None:
    where = run_job(small_raw, tmp_path / "warehouse")
    before = contents(where.database)
    with job.exclusive(where):
        plan = job.look(where)
        job.publish(where, plan, job.build(replace(where, fresh=True), plan, job.now()))
    assert is_fresh(where)
    assert contents(where.database) == before
