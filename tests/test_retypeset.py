"""The facts of the five real text reports, typeset anew in every born-digital format and read back: all of them, and no others."""

from functools import cache
from pathlib import Path

import pytest

from flows.document import Document
from flows.readers import read
from flows.typeset import DIALECTS, Layout, is_available, write
from flows.understand import Understood, understand
from tests.conftest import SHARED
from tests.support.retypeset import blocks, facts_of, missing

pytestmark = [pytest.mark.real, pytest.mark.slow]
REPORTS = sorted((SHARED / "text").rglob("*.txt"))
BORN_DIGITAL = [dialect for dialect in DIALECTS if dialect != "scan"]


@cache
def understood(path: Path) -> tuple[Document, Understood]:
    document = read(path)
    return document, understand(document, path.name)


def test_there_are_reports(shared_reports: Path) -> None:
    assert len(REPORTS) == 5


@pytest.mark.parametrize("dialect", BORN_DIGITAL)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_fact_comes_back(path: Path, dialect: str, tmp_path: Path) -> None:
    if reason := is_available(dialect):
        pytest.skip(reason)
    document, report = understood(path)
    ending, content = write(blocks(document, report), path.stem, Layout(dialect))
    file = tmp_path / f"{path.stem}.{ending}"
    file.write_bytes(content)
    expected, found = facts_of(report.findings.rows), facts_of(understand(read(file), file.name).findings.rows)
    assert sum(expected.values()) > 100
    assert not list(missing(expected, found))
