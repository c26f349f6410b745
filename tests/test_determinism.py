"""The same reports give the same bytes, whoever reads them first and however many read at a time."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows import job
from flows.export.published import wanted
from flows.export.write import export
from flows.settings import Settings, settings
from tests.conftest import ROOT
from tests.support.contents import compare_in_place

pytestmark = pytest.mark.slow


def publish(where: Settings) -> None:
    started = job.now()
    with job.exclusive(where):
        plan = job.read(where, job.look(where))
        job.publish(where, plan, job.build(where, plan, started))


@pytest.fixture(scope="module")
def other_way(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The samples put down in reverse, half of them first, read one at a time, then all built anew."""
    folder = tmp_path_factory.mktemp("other-way")
    (folder / "raw").mkdir()
    where = settings(folder / "raw", folder / "warehouse", 1)
    paths = sorted((ROOT / "raw").iterdir(), reverse=True)
    for part in (paths[::2], paths[1::2]):
        for path in part:
            shutil.copyfile(path, where.raw / path.name)
        publish(replace(where, fresh=True))
    return where


def test_two_full_builds_hold_the_same(sample_warehouse: Settings, other_way: Settings) -> None:
    assert compare_in_place(sample_warehouse.database, other_way.database) == {}


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx", "fiscal-data-package"])
def test_their_exports_are_the_same_bytes(sample_warehouse: Settings, other_way: Settings, tmp_path: Path, form: str) -> None:
    written = []
    for name, where in (("one", sample_warehouse), ("other", other_way)):
        folder = tmp_path / name
        export(where.database, form, wanted(["marts"], []), folder, False, lambda *_: None)
        written.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert written[0].keys() == written[1].keys()
    assert written[0]
    assert [name for name, content in written[0].items() if written[1][name] != content] == []
