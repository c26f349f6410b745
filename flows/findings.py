"""What understanding a document gives: rows for the staged tables, and what had to be set aside."""

from dataclasses import dataclass, field
from typing import Any

from flows.document import Place

Row = dict[str, Any]


@dataclass(slots=True)
class Findings:
    """``rows`` by staged table. ``set_aside`` rows: scope (form, table, row, cell, page, file), reason, source_ref, text."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    set_aside: list[Row] = field(default_factory=list)

    def add(self, table: str, place: Place, source_text: str, /, **values: Any) -> Row:
        """Adds a row that stands at ``place`` and prints ``source_text``."""
        row = {**values, "source_ref": place.ref, "source_text": source_text}
        self.rows.setdefault(table, []).append(row)
        return row

    def refuse(self, scope: str, reason: str, place: Place, text: str) -> None:
        """Something that could not be read or believed, with its place: never dropped in silence."""
        self.set_aside.append({"scope": scope, "reason": reason, "source_ref": place.ref, "source_text": text[:200]})
