"""Change one number and exactly its facts change; blank a table, row or cell and it shows: over all reports.

Every number of every report: ``python -m tests.bench.mutation``.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from flows.document import Document
from flows.understand import Understood, understand
from tests.conftest import ROOT, SHARED
from tests.support import mutation
from tests.support.mutation import Reading, Report, Violation, delete, kinds_of_numbers, kinds_of_regions, load, mutate, regions

SAMPLES = sorted(path for path in (ROOT / "raw").iterdir() if path.suffix in (".pdf", ".txt"))
REAL = sorted(path for path in SHARED.rglob("*.*") if path.suffix in (".pdf", ".txt"))
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def drawing(examples: int) -> Callable[[Any], Any]:
    """The same draws in every run, and no search for a smaller example: a number is as small as it gets."""
    return settings(
        derandomize=True, max_examples=examples, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=_SLOW
    )


def one_of_a_kind(data: st.DataObject, kinds: dict[str, list[int]]) -> int:
    """First the kind, then one of it: rare kinds are where things break."""
    kind = data.draw(st.sampled_from(sorted(kinds)), label="kind")
    return data.draw(st.sampled_from(kinds[kind]), label="index")


def change_one(data: st.DataObject, paths: list[Path]) -> None:
    report = load(data.draw(st.sampled_from(paths), label="report"))
    index = one_of_a_kind(data, kinds_of_numbers(report))
    outcome = mutate(report, index, random.Random(data.draw(st.integers(0, 999), label="digit")))
    assert not isinstance(outcome, Violation), str(outcome)


def blank_one(data: st.DataObject, paths: list[Path]) -> None:
    report = load(data.draw(st.sampled_from(paths), label="report"))
    found = list(regions(report))
    if found:
        outcome = delete(report, *found[one_of_a_kind(data, kinds_of_regions(report, found))])
        assert outcome is None, str(outcome)


@drawing(150)
@given(st.data())
def test_changing_one_number_changes_exactly_its_facts(data: st.DataObject) -> None:
    change_one(data, SAMPLES)


@drawing(100)
@given(st.data())
def test_blanking_a_table_row_or_cell_shows(data: st.DataObject) -> None:
    blank_one(data, SAMPLES)


@pytest.mark.real
@pytest.mark.slow
@drawing(120)
@given(st.data())
def test_changing_one_number_of_a_real_report(shared_reports: Path, data: st.DataObject) -> None:
    change_one(data, REAL)


@pytest.mark.real
@pytest.mark.slow
@drawing(50)
@given(st.data())
def test_blanking_a_part_of_a_real_report(shared_reports: Path, data: st.DataObject) -> None:
    blank_one(data, REAL)


# -- the yardstick itself: a reader that is wrong on purpose is caught -------------------------------------------------------


@pytest.fixture(params=[".txt", ".pdf"])
def report(request: pytest.FixtureRequest) -> Report:
    """A sample of each format."""
    return load(next(path for path in SAMPLES if path.suffix == request.param and "演示区" in path.name))


def first_amount(report: Report) -> int:
    return next(
        i
        for i, entry in enumerate(report.reading.ledger)
        if entry.column == "amount" and entry.number.value > 1 and mutation.candidates(entry)
    )


def broken(wrong: Callable[[Understood], None]) -> Callable[[Document, str], Understood]:
    def read(document: Document, name: str) -> Understood:
        seen = understand(document, name)
        wrong(seen)
        return seen

    return read


def caught(report: Report, wrong: Callable[[Understood], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What is said of changing the first amount where understanding is broken by ``wrong``."""
    index = first_amount(report)
    monkeypatch.setattr(mutation, "understand", broken(wrong))
    outcome = mutate(
        replace(report, reading=Reading(report.document, broken(wrong)(report.document, report.path.name))), index, random.Random(1)
    )
    if isinstance(outcome, Violation):
        yield outcome.kind


def test_a_sound_amount_passes(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not list(caught(report, lambda seen: None, monkeypatch))


def test_a_figure_that_reaches_a_row_it_does_not_stand_in_is_caught(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_up(seen: Understood) -> None:
        rows = seen.findings.rows["accounts"]
        rows[-1]["amount_yuan"] = sum((row["amount_yuan"] for row in rows), Decimal(0))

    assert list(caught(report, add_up, monkeypatch)) == ["fact: rows change that do not claim it"]


def test_a_claim_on_a_figure_that_is_not_read_is_caught(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_down(seen: Understood) -> None:
        first = next(claim.row for claim in seen.findings.claims if claim.column == "amount" and claim.row["amount_printed"] > 1)
        claimed = first["amount_printed"]
        fixed = original[first["source_ref"]]
        first |= {"amount_printed": fixed, "amount_yuan": fixed} if claimed != fixed else {"amount_yuan": fixed}

    original = {row["source_ref"]: row["amount_printed"] for row in report.reading.understood.findings.rows["accounts"]}
    assert list(caught(report, write_down, monkeypatch)) == ["fact: a claimed row does not change"]


def test_a_table_read_from_memory_is_caught(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """A blanked cell whose facts stay is no reading of what is printed."""
    entry = report.reading.ledger[first_amount(report)]
    monkeypatch.setattr(mutation, "understand", lambda document, name: report.reading.understood)
    outcome = delete(report, "cell", entry.number.holder.ref, frozenset([entry.number.holder]))
    assert outcome is not None and outcome.kind == "counts: the facts do not fall"
