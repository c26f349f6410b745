"""The ledger is whole: facts, context and unclaimed add up to the numbers that an independent count finds in the file.

The file's side (``independent.py``) knows printed lines, the ledger's side cells and paragraphs. A number broken over lines is two in the
file and one in the ledger, as are digits grouped by blanks (``1 234 567``). So the measure is: page by page the same numbers in the same
numbers of copies; what differs must be numbers of the file that make up one of the ledger, digit for digit, and there must be exactly as
many of those as ``joined_over_lines`` says. Nothing may be left over on either side.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from flows.ledger.printed import joined_over_lines
from flows.query import run_query
from flows.readers import read
from flows.settings import Settings
from tests.conftest import ROOT, SHARED
from tests.ledger.independent import Count, count, half_width, joins

COUNTED = {".txt", ".md", ".pdf"}  # what the independent count can read
SAMPLES = sorted(path for path in (ROOT / "raw").rglob("*") if path.suffix in COUNTED)
REAL = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.name != "README.md")


def of_file(path: Path) -> str:
    return "'" + path.name.replace("'", "''") + "'"


def numbers(where: Settings, path: Path) -> list[tuple[str, str, str]]:
    sql = f"select source_ref, printed, disposition from ops.numbers join dim_report using (report_key) where file_name = {of_file(path)}"
    return [(ref, printed, disposition) for ref, printed, disposition in run_query(where.database, sql)[1]]


def page_of(source_ref: str) -> int | None:
    page = re.match(r"p(\d+)", source_ref)
    return int(page.group(1)) if page else None


@cache
def independent_count(path: Path) -> Count:
    return count(path)


def hold_whole(where: Settings, path: Path) -> None:
    in_file = independent_count(path)
    rows = numbers(where, path)
    in_digits = [(page_of(ref), half_width(printed).lstrip("-−–+")) for ref, printed, _ in rows if re.search(r"\d", printed)]
    in_words = Counter(printed for _, printed, _ in rows if not re.search(r"\d", printed))
    explained = joins(in_file.tokens, in_digits)
    assert explained == joined_over_lines(read(path))
    assert in_words == in_file.numerals
    by_disposition = Counter(disposition for *_, disposition in rows)
    assert set(by_disposition) <= {"fact", "context", "unclaimed"}
    independent = len(in_file.tokens) - explained + in_file.numerals.total()
    assert by_disposition["fact"] + by_disposition["context"] + by_disposition["unclaimed"] == independent > 0
    coverage = run_query(
        where.database,
        f"select numbers, facts, context, unclaimed, digits_in_file, digits_read from ops.coverage where part = 'all' and file_name = {of_file(path)}",
    )[1]
    assert coverage == [
        (
            independent,
            by_disposition["fact"],
            by_disposition["context"],
            by_disposition["unclaimed"],
            in_file.digits,
            in_file.digits,
        )
    ]


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_report_is_whole(sample_warehouse: Settings, path: Path) -> None:
    hold_whole(sample_warehouse, path)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_real_report_is_whole(real_warehouse: Settings, path: Path) -> None:
    hold_whole(real_warehouse, path)


def test_the_measure_itself_can_fail() -> None:
    """A number more or less on either side, a digit changed, or a join that is none, is not explained away."""
    file = [(1, "1,234.5"), (1, "12"), (1, "345"), (2, "7")]
    assert joins(file, [(1, "1,234.5"), (1, "12,345"), (2, "7")]) == 1
    assert joins(file, [(1, "12"), (1, "345"), (1, "1,234.5"), (2, "7")]) == 0
    for wrong in (
        [(1, "1,234.5"), (1, "12"), (1, "345")],
        [(1, "1,234.5"), (1, "12"), (1, "345"), (2, "8")],
        [(1, "1,234.5"), (1, "12"), (1, "345"), (1, "345"), (2, "7")],
        [(1, "1,234.5"), (1, "34512"), (2, "7"), (2, "7")],
        [(2, "1,234.5"), (1, "12"), (1, "345"), (2, "7")],
    ):
        with pytest.raises(AssertionError):
            joins(file, wrong)
