"""What it means that two names were compared, and which names stand together when many were."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

Row = dict[str, Any]

FULL = Decimal("0.95")  # from here on a match counts as sure
LIKELY = Decimal("0.5")  # names less alike than this are not worth a line among the candidates


@dataclass(frozen=True, slots=True)
class Match:
    """Are two names one? ``confidence``: 0 to 1, of two that are not one how alike they look; ``because``: the reason, in Chinese.

    ``by``: the kind of reason, as ``matched_by`` of the marts.
    """

    is_same: bool
    confidence: Decimal
    because: str
    by: str


def likeness(left: str, right: str) -> Decimal:
    """Of the pairs of neighbouring characters, how many two texts share: 0 to 1, in hundredths."""
    ours, theirs = (Counter(pairwise(text)) for text in (left, right))
    total = ours.total() + theirs.total()
    return Decimal(200 * (ours & theirs).total() // total) / 100 if total else Decimal(0)


def candidate(kind: str, left: str, right: str, match: Match, is_accepted: bool | None = None) -> Row:
    """A row of ``landing.match_candidates``; the names in the order of their characters, so that a pair has one row."""
    first, second = sorted((left, right))
    return {
        "match_kind": kind,
        "left_name": first,
        "right_name": second,
        "is_accepted": match.is_same if is_accepted is None else is_accepted,
        "confidence": str(match.confidence),
        "matched_by": match.by,
        "because": match.because,
    }


def _parts(between: Match, wanted: Match) -> bool:
    """Does what lies between two names keep their groups apart? What people joined, only people part."""
    return not between.is_same and (between.by == "override" or wanted.by != "override")


def clusters(
    names: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    compare: Callable[[str, str], Match],
) -> tuple[list[tuple[str, ...]], dict[tuple[str, str], str]]:
    """Groups of names in which every name is the same as every other, and the accepted pairs that were kept apart all the same, with the name
    that parts them.

    ``pairs``: those worth a look, each ordered. The surest pairs are joined first, equally sure ones in the order of their characters: the
    outcome depends neither on the order of names nor of pairs. Two groups join only where all of their names fit each other, so that no chain
    of small changes ends in something else.
    """
    group: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    judged = {pair: compare(*pair) for pair in sorted(set(pairs))}
    parted: dict[tuple[str, str], str] = {}
    for (left, right), match in sorted(judged.items(), key=lambda item: (-item[1].confidence, item[0])):
        if not match.is_same or group[left] is group[right]:
            continue
        strangers = sorted(
            other
            for ours, theirs in ((group[left], group[right]), (group[right], group[left]))
            for one in ours
            for other in theirs
            if _parts(compare(*sorted((one, other))), match)
        )
        if strangers:
            parted[left, right] = next((name for name in strangers if name not in (left, right)), strangers[0])
            continue
        joined = tuple(sorted(group[left] + group[right]))
        group.update(dict.fromkeys(joined, joined))
    return sorted(set(group.values())), parted
