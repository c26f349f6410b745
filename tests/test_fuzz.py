"""Broken files: each gets a verdict, none makes the program err."""

import os
from pathlib import Path

import pytest

from flows.reading import FAILED
from flows.settings import settings
from tests.conftest import ROOT
from tests.support.fuzz import broken, read_broken, seeds_of, typeset_seeds

_COUNT = 150


def test_the_same_seed_breaks_files_alike() -> None:
    seeds = seeds_of(ROOT / "raw")
    first, again = ([broken(seeds, number, 7) for number in range(40)] for _ in range(2))
    assert first == again
    assert len({file.data for file in first}) > 30
    assert [broken(seeds, number, 8).data for number in range(40)] != [file.data for file in first]


@pytest.mark.slow
def test_each_broken_file_has_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_FILE_SECONDS", "30")
    seeds = [*seeds_of(ROOT / "raw", most_bytes=60_000), *typeset_seeds(["docx", "xlsx", "xls", "ofd", "html"])]
    files = [broken(seeds, number, 2026) for number in range(_COUNT)]
    found = dict(read_broken(files, settings(tmp_path / "raw", tmp_path / "warehouse", min(2, os.cpu_count() or 1))))
    assert {file.data for file in found} == {file.data for file in files}
    assert {outcome.status for outcome in found.values()} <= {"complete", "partial", "set_aside", "archive"}
    assert all(outcome.reason for outcome in found.values() if outcome.status == "set_aside")
    assert [(file.number, file.how, outcome.reason) for file, outcome in found.items() if (outcome.reason or "").startswith(FAILED)] == []
    assert not any((tmp_path / "warehouse").glob("working/*"))
