"""The answer key of running text (tests/golden/statements, tests/golden/unseen), held against what the reader of statements gives."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_TOKEN_EDGE = r"[\d.,，]"
_QUOTES = re.compile(r"[“”\"'‘’\s　]")


class Found(Protocol):
    """What the key is compared with: a statement as read."""

    subject: str | None
    scope: str | None
    value: Decimal
    unit: str | None
    fiscal_year: int | None
    kind: str
    direction: str | None


@dataclass(frozen=True)
class Expected:
    """One number of the key. ``at``: the line of the report or the number of the paragraph; ``subjects``, ``scopes``: what is right."""

    at: int
    printed: str
    nth: int
    value: Decimal
    unit: str | None
    kind: str  # or threshold: a number that only bounds a class, and is no measure
    direction: str | None
    fiscal_year: int
    subjects: tuple[str, ...]
    scopes: tuple[str, ...]
    note: str


def load(path: Path) -> list[Expected]:
    """The rows of one key file; the first column is ``line`` or ``paragraph``."""
    with path.open(encoding="utf8", newline="") as stream:
        return [
            Expected(
                int(row.get("line") or row["paragraph"]),
                row["printed"],
                int(row["nth"]),
                Decimal(row["value"]),
                row["unit"] or None,
                row["kind"],
                row["direction"] or None,
                int(row["fiscal_year"]),
                tuple(row["subject"].split("|")),
                tuple(row["scope"].split("|")),
                row["note"],
            )
            for row in csv.DictReader(stream)
        ]


def paragraphs(folder: str) -> dict[int, tuple[int, str, str]]:
    """The paragraphs of an unseen set: number → fiscal year of its report, bureau ('' where the set names none), text."""
    with (GOLDEN / folder / "paragraphs.csv").open(encoding="utf8", newline="") as stream:
        return {int(row["paragraph"]): (int(row["fiscal_year"]), row.get("bureau") or "", row["text"]) for row in csv.DictReader(stream)}


def position(text: str, expected: Expected) -> tuple[int, int]:
    """Where the key's number stands in its line: the nth whole token that prints it."""
    found = [
        (match.start(), match.end())
        for match in re.finditer(re.escape(expected.printed), text)
        if not _glued(text, match.start(), match.end())
    ]
    return found[expected.nth - 1]


def _glued(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(re.search(r"\d[.,，]?$", before)) or (bool(re.match(r"[.,，]?\d", after)) and bool(re.match(r"[.\d]|[,，]\d", after)))


def plain(text: str | None) -> str:
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text or ""))


def is_value_right(found: Found, expected: Expected) -> bool:
    return found.value == expected.value and plain(found.unit) == plain(expected.unit) and found.fiscal_year == expected.fiscal_year


def is_subject_right(found: Found, expected: Expected) -> bool:
    return {plain(found.subject), plain(found.scope) + plain(found.subject)} & {plain(subject) for subject in expected.subjects} != set()


def is_scope_right(found: Found, expected: Expected) -> bool:
    """What the number is a part of: the phrases printed as scope are those of one of the right answers, 其中 itself aside.

    Whose figure it is may stand in the subject or in the scope: “三公”经费预算数, or 预算数 of “三公”经费.
    """
    if found.scope and plain(found.scope) + plain(found.subject) in {plain(subject) for subject in expected.subjects}:
        return True
    parts = {plain(part) for part in (found.scope or "").split("/")} - {"其中", ""}
    return any(_covers(parts, {plain(part) for part in scope.split("/")} - {""}) for scope in expected.scopes)


def _covers(parts: set[str], right: set[str]) -> bool:
    if not right or not parts:
        return parts == right
    return all(any(part in whole or whole in part for whole in right) for part in parts)
