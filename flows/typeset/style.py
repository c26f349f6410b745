"""How a layout prints what any table or form holds: labels, amounts, line breaks, digits."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.typeset.figures import money
from flows.typeset.grid import Cell, Grid
from flows.typeset.layouts import Layout

_WIDE = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_UNIT_AFTER = re.compile(r"\n?（(?:万元|元)）$")
# Shorter names stand in one line anywhere.
_LONG_NAME = 8
_BETWEEN_CHARACTERS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


@cache
def _variants() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))


def label_variants() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every usual label with the other labels for the same; one that tables and forms share has those of both."""
    labels: dict[str, tuple[str, ...]] = {}
    for group in _variants().values():
        for usual, others in group.items():
            labels[usual] = tuple(dict.fromkeys((*labels.get(usual, ()), *others)))
    yield from labels.items()


@dataclass(frozen=True)
class Style:
    """What every label, amount and name of a document is printed like."""

    layout: Layout

    def word(self, label: str) -> str:
        """A label as this layout words it; a unit in brackets after it stays."""
        unit = _UNIT_AFTER.search(label)
        bare = label[: unit.start()] if unit else label
        return dict(self.layout.wording).get(bare, bare) + (unit.group() if unit else "")

    def amount(self, value: Decimal | None, columns: int = 1) -> Cell:
        """Money of a form; nothing known, nothing printed."""
        return Cell("" if value is None else money(value, self.layout.form_unit, self.layout.grouped_forms), columns)

    def money_part(self, label: str) -> str:
        """The label of a form's money part, with the unit where the layout prints it there."""
        return f"{label}\n（{self.layout.form_unit}）" if self.layout.form_unit_at == "label" else label

    def money_head(self, label: str) -> str:
        """The header of a form's money column, with the unit where the layout prints it there."""
        return f"{label}（{self.layout.form_unit}）" if self.layout.form_unit_at == "header" else label

    def lone_money(self, label: str) -> str:
        """The label of money that stands in no money part: it names its unit unless a line above it does."""
        return f"{label}（{self.layout.form_unit}）" if self.layout.form_unit_at in ("label", "header") else label

    def form(self, grid: Grid) -> Grid:
        """A form's grid in this style; its label cells are told by their words."""
        reworded = tuple(tuple(replace(cell, text=self.word(cell.text)) for cell in row) for row in grid.rows)
        grid = self._unit_row(replace(grid, rows=reworded), self.layout.form_unit if self.layout.form_unit_at == "first_row" else None)
        return self._letters(grid)

    def account(self, grid: Grid, unit: str) -> Grid:
        """An account table's grid in this style (its header is worded already: it is part of what its amounts are)."""
        return self._letters(self._unit_row(grid, unit if self.layout.table_unit_at == "first_row" else None))

    def title(self, title: str, breaks: tuple[str, ...]) -> tuple[str, ...]:
        """A title's lines: broken before the last of ``breaks`` it holds, where the layout breaks titles."""
        at = max((title.rfind(word) for word in breaks), default=-1) if self.layout.broken_titles else -1
        return (title[:at], title[at:]) if at > 0 else (title,)

    @staticmethod
    def _unit_row(grid: Grid, unit: str | None) -> Grid:
        if unit is None:
            return grid
        row = (Cell(f"单位：{unit}", len(grid.widths), align="right"),)
        return Grid(grid.widths, (row, *grid.rows), grid.header_rows + 1 if grid.header_rows else 0)

    def _letters(self, grid: Grid) -> Grid:
        def lettered(cell: Cell) -> Cell:
            text = cell.text
            if self.layout.broken_names and cell.align == "left":
                text = _broken(text)
            if self.layout.wide_digits and _FIGURE.fullmatch(text):
                text = text.translate(_WIDE)
            return replace(cell, text=text)

        return replace(grid, rows=tuple(tuple(lettered(cell) for cell in row) for row in grid.rows))


def _broken(text: str) -> str:
    """A long name with a line break near its middle, between two characters."""
    if len(text) < _LONG_NAME or "\n" in text:
        return text
    breaks = [match.start() for match in _BETWEEN_CHARACTERS.finditer(text)]
    at = min(breaks, key=lambda index: abs(index - len(text) // 2), default=0)
    return f"{text[:at]}\n{text[at:]}" if at else text
