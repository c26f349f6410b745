"""What understanding a document gives: rows for the staged tables, what had to be set aside, and which printed numbers each row carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.document import Cell, Paragraph, Place

Row = dict[str, Any]
Cells = Mapping[str, Iterable[Cell]]


@dataclass(frozen=True, slots=True)
class Claim:
    """``row`` was read from what stands at ``place`` (a cell or a paragraph), into its ``column``.

    ``start``/``end`` bound the characters it was read from; None: the whole cell.
    """

    row: Row
    column: str
    place: Place
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Findings:
    """``rows`` by staged table. ``set_aside`` rows: scope (form, table, row, cell, page, attachment, file), reason, source_ref, text.

    ``claims`` say which row was read from where; ``marks`` why a cell holds no measure of its own (表头, 编码 …).
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    set_aside: list[Row] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    marks: dict[Place, str] = field(default_factory=dict)
    refusals: dict[Place, str] = field(default_factory=dict)

    def add(self, table: str, place: Place, source_text: str, cells: Cells | None = None, /, **values: Any) -> Row:
        """Adds a row that stands at ``place`` and prints ``source_text``; ``cells``: column → the cells it was read from."""
        row = {**values, "source_ref": place.ref, "source_text": source_text}
        self.rows.setdefault(table, []).append(row)
        for column, read in (cells or {}).items():
            self.claims += [Claim(row, column, cell.place) for cell in read]
        return row

    def mark(self, cells: Iterable[Cell], reason: str) -> None:
        """These cells hold no measure of their own, for ``reason``; the first reason given stays."""
        for cell in cells:
            self.marks.setdefault(cell.place, reason)

    def refuse(self, scope: str, reason: str, place: Place, text: str, about: Iterable[Cell | Paragraph] = ()) -> None:
        """Something that could not be read or believed, with its place: never dropped in silence. ``about``: its cells or paragraph."""
        self.set_aside.append({"scope": scope, "reason": reason, "source_ref": place.ref, "source_text": text[:200]})
        for at in (holder.place for holder in about):
            self.refusals.setdefault(at, reason)
        self.refusals.setdefault(place, reason)
