"""Pairs of names with the answer an expert would give: the resolution gives the same ones, and is never sure of a wrong one."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from flows.resolve import indicators, projects
from flows.resolve.match import FULL, Match
from tests.names import test_bureau_pairs as bureaus

NAMES = Path(__file__).parent / "names"
ENOUGH = Decimal("0.98")


@dataclass(frozen=True)
class Pair:
    """A line of a file of pairs."""

    left: str
    right: str
    context: dict[str, tuple[str, str]]
    same: bool
    hard: bool
    note: str


def _context(text: str) -> dict[str, tuple[str, str]]:
    """``unit=%|人; operator=≥`` → both sides' values; one value is that of both sides."""
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, _, values = part.partition("=")
        left, _, right = values.partition("|")
        found[name] = (left, right if "|" in values else left)
    return found


def pairs(name: str) -> list[Pair]:
    with (NAMES / name).open(encoding="utf8", newline="") as stream:
        return [
            Pair(row["left"], row["right"], _context(row["context"]), row["same"] == "yes", row["hard"] == "yes", row["note"])
            for row in csv.DictReader(stream)
        ]


def as_projects(pair: Pair) -> Match:
    sides = []
    for side, name in enumerate((pair.left, pair.right)):
        said = {key: values[side] for key, values in pair.context.items()}
        years = frozenset(int(year) for year in said.get("years", "").split("+") if year)
        places = frozenset({"report|form"} if said.get("together") == "yes" else ())
        sides.append(projects.Project(name, years, places))
    return projects.compare(*sides)


def as_indicators(pair: Pair) -> Match:
    sides = []
    for side, name in enumerate((pair.left, pair.right)):
        said = {key: values[side] for key, values in pair.context.items()}
        sides.append(indicators.Wording(name, said.get("unit") or None, said.get("operator") or None))
    return indicators.compare(*sides)


# Each file of pairs, and how its names are compared.
FILES: dict[str, Callable[[Pair], Match]] = {
    "project_pairs.csv": as_projects,
    "indicator_pairs.csv": as_indicators,
}


def judged() -> list[tuple[str, Pair, Match]]:
    """Every pair of projects and of indicators with what the rules say."""
    return [(name, pair, compare(pair)) for name, compare in FILES.items() for pair in pairs(name)]


def all_judged() -> list[tuple[str, Pair | bureaus.Pair, Match]]:
    """Those of bureaus, too."""
    return [*judged(), *((bureaus.FILE.name, pair, pair.judged()) for pair in bureaus.pairs())]


def _told(name: str, pair: Pair | bureaus.Pair, match: Match) -> str:
    return f"{name}: {pair.left} | {pair.right} | {'same' if pair.same else 'different'} | {match}"


def test_98_of_100_pairs_are_right() -> None:
    found = all_judged()
    assert len(found) >= 200
    wrong = [_told(*each) for each in found if each[2].is_same != each[1].same]
    assert Decimal(len(found) - len(wrong)) / len(found) >= ENOUGH, "\n".join(wrong)


def test_no_hard_negative_is_merged_at_full_confidence() -> None:
    sure = [_told(*each) for each in all_judged() if not each[1].same and each[1].hard and each[2].is_same and each[2].confidence >= FULL]
    assert not sure, "\n".join(sure)


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_holds_enough_pairs_of_either_kind(name: str) -> None:
    found = pairs(name)
    assert len(found) >= 60
    assert sum(pair.hard and not pair.same for pair in found) >= 25
    assert len({frozenset((pair.left, pair.right, str(pair.context))) for pair in found}) == len(found)


def test_the_order_of_two_names_makes_no_difference() -> None:
    def turned(pair: Pair) -> Pair:
        context = {key: (right, left) for key, (left, right) in pair.context.items()}
        return Pair(pair.right, pair.left, context, pair.same, pair.hard, pair.note)

    for name, pair, match in judged():
        other = FILES[name](turned(pair))
        assert (other.is_same, other.confidence, other.by) == (match.is_same, match.confidence, match.by), _told(name, pair, match)


if __name__ == "__main__":  # how many pairs of each file are right, and those that are not
    for file in (*FILES, bureaus.FILE.name):
        rows = [each for each in all_judged() if each[0] == file]
        print(file, sum(match.is_same == pair.same for _, pair, match in rows), "of", len(rows))
        print(*(f"  {_told(*each)}\n" for each in rows if each[2].is_same != each[1].same), sep="", end="")
