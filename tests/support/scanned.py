"""A scanned report against the same report with a text layer: which amounts and which rows the scan gives rightly."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from flows.findings import Row
from flows.understand import Understood

# Where a row stands and what was inferred is not printed; the sentence and the headings around a number are no cells of its row.
_NOT_COMPARED = frozenset(["source_ref", "table_ref", "inferred", "section", "sentence", "scope"])
# Each amount once: what is derived from another column is left out.
_DERIVED = frozenset(["amount_yuan", "rate_printed", "value_base", "fiscal_year", "form_no", "lines", "numbers"])


@dataclass
class Score:
    """Counts of amounts (exact, unsure, wrong) and rows; ``unmarked``: wrong amounts that nothing marks, in words."""

    amounts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    right: int = 0
    marked_though_exact: int = 0
    unmarked: list[str] = field(default_factory=list)
    wrong_rows: list[str] = field(default_factory=list)

    @property
    def exact_or_unsure(self) -> float:
        return (self.amounts["exact"] + self.amounts["unsure"]) / self.amounts.total()

    @property
    def rows_right(self) -> float:
        return self.right / self.rows

    def add(self, printed: Understood, scanned: Understood) -> None:
        """Compares the facts of a report as typeset with those of its scan."""
        for table, rows in printed.findings.rows.items():
            for row, found in _pairs(rows, scanned.findings.rows.get(table, [])):
                self._add_row(table, row, found)

    def _add_row(self, table: str, row: Row | None, found: Row | None) -> None:
        if row is None:
            assert found is not None
            if not _is_marked(found):
                self.unmarked.append(f"{table}: made up {_short(found)}")
            self.amounts["unsure" if _is_marked(found) else "wrong"] += len(_amounts(found))
            return
        self.rows += 1
        self.right += found is not None and _compared(row) == _compared(found)
        if found is None or _compared(row) != _compared(found):
            self.wrong_rows.append(f"{table}: {_differences(row, found)}")
        for column, value in _amounts(row).items():
            if found is not None and found.get(column) == value:
                self.amounts["exact"] += 1
                self.marked_though_exact += _is_marked(found)
            elif found is not None and _is_marked(found):
                self.amounts["unsure"] += 1
            else:
                self.amounts["wrong"] += 1
                self.unmarked.append(f"{table}: {column} {value} read as {found.get(column) if found else None} in {_short(row)}")


def _is_marked(row: Row) -> bool:
    return "扫描" in (row.get("inferred") or "")


def _compared(row: Row) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column not in _NOT_COMPARED}


def _amounts(row: Row) -> dict[str, Decimal]:
    return {column: value for column, value in row.items() if isinstance(value, Decimal) and column not in _DERIVED}


def _short(row: Row) -> str:
    return str(row.get("source_text"))[:60]


def _differences(row: Row, found: Row | None) -> str:
    if found is None:
        return f"missing: {_short(row)}"
    return str({c: (v, found.get(c)) for c, v in _compared(row).items() if v != found.get(c)})[:300]


def _pairs(rows: list[Row], found: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    matcher = SequenceMatcher(None, _keys(rows), _keys(found), autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for i in range(max(a1 - a0, b1 - b0)):
            yield rows[a0 + i] if a0 + i < a1 else None, found[b0 + i] if b0 + i < b1 else None


def _keys(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    return [tuple(f"{column}={value}" for column, value in _compared(row).items()) for row in rows]
