"""Pairs of bureaus' names from the reports and from the field, with answers written down before the code was tuned to them."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from flows.identity.names import BureauName, parse
from flows.resolve.bureau_names import compare
from flows.resolve.match import FULL, Match

FILE = Path(__file__).with_name("bureau_pairs.csv")


@dataclass(frozen=True)
class Pair:
    """Two names, the report they stand in (``in=``), their years and kinds, and whether they are one bureau."""

    left: str
    right: str
    context: dict[str, str]
    same: bool
    hard: bool

    def name(self, side: str) -> BureauName:
        year = self.context.get(f"{side}_year")
        publisher = self.context.get("in")
        return parse(getattr(self, side), int(year) if year else None, parse(publisher) if publisher else None)

    def judged(self) -> Match:
        return compare(self.name("left"), self.name("right"), self.context.get("left_kind"), self.context.get("right_kind"))


def pairs() -> list[Pair]:
    with FILE.open(encoding="utf8") as stream:
        return [
            Pair(
                row["left"],
                row["right"],
                dict(item.split("=") for item in row["context"].split()),
                row["same"] == "yes",
                row["hard"] == "yes",
            )
            for row in csv.DictReader(stream)
        ]


def test_there_are_pairs_enough() -> None:
    assert len(pairs()) >= 80
    assert sum(pair.hard and not pair.same for pair in pairs()) >= 35


def test_nearly_all_pairs_are_told_right() -> None:
    wrong = [(pair.left, pair.right, pair.judged()) for pair in pairs() if pair.judged().is_same != pair.same]
    assert len(wrong) <= len(pairs()) * 0.02, wrong


@pytest.mark.parametrize("pair", [pair for pair in pairs() if not pair.same], ids=lambda pair: f"{pair.left}-{pair.right}")
def test_two_bureaus_are_never_surely_one(pair: Pair) -> None:
    judged = pair.judged()
    assert not (judged.is_same and judged.confidence >= FULL)


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.left}-{pair.right}")
def test_every_judgement_gives_its_reason_whichever_way_it_is_asked(pair: Pair) -> None:
    judged = pair.judged()
    back = compare(pair.name("right"), pair.name("left"), pair.context.get("right_kind"), pair.context.get("left_kind"))
    assert (back.is_same, back.confidence, back.by) == (judged.is_same, judged.confidence, judged.by)
    assert judged.because
    assert Decimal(0) <= judged.confidence <= Decimal(1)
