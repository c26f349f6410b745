"""Running text against answer keys made by reading: five real reports, and two sets of paragraphs written blind in other bureaus' manner.

A number is right where value, unit and year are; its subject and scope where they are one of the wordings the key allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.document import Paragraph
from flows.ledger.account import account
from flows.readers import read as read_document
from flows.statements.reader import read
from flows.understand import understand
from tests.support.statement_key import (
    GOLDEN,
    Expected,
    is_scope_right,
    is_subject_right,
    is_value_right,
    load,
    paragraphs,
    position,
)

REPORTS = {
    "xushui_2023": "徐水区医疗保障局_2023_部门整体绩效自评报告.txt",
    "dongkou_2021": "洞口县医疗保障局_2021_部门整体支出绩效评价报告.txt",
    "hongshan_2019": "洪山区医疗保障局_2019_项目支出绩效自评报告.txt",
    "guangyuan_2022": "广元市医疗保障局_2022_部门决算与绩效自评.txt",
    "panjin_2023": "盘锦市医疗保障局_2023_部门决算与绩效自评.txt",
}
Read = tuple[str, list[tuple[int, int, Any]]]  # the text, and of each statement begin, end, what it says


@dataclass
class Score:
    numbers: int = 0
    values: int = 0
    subjects: int = 0
    both: int = 0

    def add(self, other: "Score") -> None:
        for name in ("numbers", "values", "subjects", "both"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def score(expected: Iterable[Expected], texts: dict[int, Read]) -> Score:
    total = Score()
    for number in expected:
        if number.kind == "threshold":
            continue
        total.numbers += 1
        text, statements = texts.get(number.at, ("", []))
        start, end = position(text, number)
        found = next((said for begin, finish, said in statements if begin < end and start < finish), None)
        if found is not None:
            total.values += is_value_right(found, number)
            total.subjects += is_subject_right(found, number)
            total.both += is_subject_right(found, number) and is_scope_right(found, number)
    return total


def of_report(path: Path) -> dict[int, Read]:
    """Line → text and statements, as the whole pipeline reads the report."""
    document = read_document(path)
    understood = understand(document, path.name)
    lines: dict[int, Read] = {
        int(block.place.line or 0): (block.text, []) for block in document.blocks if isinstance(block, Paragraph) and block.kind == "text"
    }
    for claim in understood.findings.claims:
        if claim.column == "value" and claim.place.row is None and claim.place.line in lines:
            lines[claim.place.line][1].append((claim.start or 0, claim.end or 0, SimpleNamespace(**claim.row)))
    return lines


def of_paragraphs(folder: str) -> dict[int, Read]:
    return {
        number: (text, [(s.start, s.end, s) for s in read(text, year, (bureau,) if bureau else ())])
        for number, (year, bureau, text) in paragraphs(folder).items()
    }


@pytest.mark.real
def test_statements_of_real_reports(shared_reports: Path) -> None:
    """Of each report: value, unit and year of 97 %, subject and scope of 90 %."""
    total = Score()
    for name, file in REPORTS.items():
        one = score(load(GOLDEN / "statements" / f"{name}.csv"), of_report(shared_reports / "text" / file))
        print(name, one)
        assert one.values >= 0.97 * one.numbers, (name, one)
        assert one.both >= 0.9 * one.numbers, (name, one)
        total.add(one)
    assert total.numbers >= 500


@pytest.mark.real
def test_nothing_is_measured_that_the_key_says_measures_nothing(shared_reports: Path) -> None:
    for name, file in REPORTS.items():
        path = shared_reports / "text" / file
        expected = load(GOLDEN / "statements" / f"{name}.csv")
        lines = of_report(path)
        right = {(e.at, position(lines[e.at][0], e)[0]) for e in expected if e.kind != "threshold"}
        keyed = {e.at for e in expected}
        measured = {(at, begin) for at in keyed for begin, _, _ in lines[at][1]}
        assert measured <= right, (name, sorted(measured - right))


@pytest.mark.parametrize("folder", ["unseen", "unseen2"])
def test_statements_of_unseen_paragraphs(folder: str) -> None:
    one = score(load(GOLDEN / folder / "statements.csv"), of_paragraphs(folder))
    print(folder, one)
    assert one.numbers >= 200
    assert one.values >= 0.95 * one.numbers, one
    assert one.subjects >= 0.85 * one.numbers, one


@pytest.mark.real
def test_thresholds_are_context(shared_reports: Path) -> None:
    """单价50万元以上 bounds a class: the ledger says so."""
    for name, file in REPORTS.items():
        bounds = [e for e in load(GOLDEN / "statements" / f"{name}.csv") if e.kind == "threshold"]
        if not bounds:
            continue
        document = read_document(shared_reports / "text" / file)
        understood = understand(document, file)
        told = {
            (number.holder.line, number.start): row["reason"]
            for number, row, _ in account(document, understood.findings, understood.parts)
            if number.block == "text"
        }
        lines = {b.place.line: b.text for b in document.blocks if isinstance(b, Paragraph) and b.kind == "text"}
        for bound in bounds:
            reason = told[(bound.at, position(lines[bound.at], bound)[0])]
            assert reason and reason.startswith("界限"), (name, bound.at, bound.printed, reason)
