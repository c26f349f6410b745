"""The facts as a layout prints them: the unit of each table, its header's words, the order of its columns and lines.

What the facts are does not change by it: amounts, names, codes and sides stay.
"""

import re
from dataclasses import replace
from decimal import Decimal

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, Report, Section
from flows.typeset.figures import ordinal
from flows.typeset.layouts import Layout
from flows.typeset.style import Style

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")
# Column headers of sums: with ``sums_last`` they follow what they add up.
_SUMS = frozenset({"合计", "小计", "本年收入合计", "本年支出合计"})


def settled(report: Report, layout: Layout) -> Layout:
    """The layout as it can be: forms leave their unit to the tables only where tables stand in the same file."""
    if layout.form_unit_at == "report" and (layout.tables_in_own_file or not report.tables):
        return replace(layout, form_unit_at="label")
    return layout


def as_printed(report: Report, layout: Layout) -> Report:
    """The report with its tables and headlines the way ``layout`` prints them."""
    unit = unit_of_all(report, layout)
    tables = tuple(_table(table, unit or layout.table_unit or table.unit, layout) for table in report.tables)
    sections = tuple(_section(section, layout) for section in report.sections)
    return replace(report, tables=tables, sections=sections)


def unit_of_all(report: Report, layout: Layout) -> str | None:
    """The unit of all tables where it is printed only once; None where every table prints its own."""
    if layout.table_unit_at in ("first_table", "paragraph") or layout.form_unit_at == "report":
        return layout.form_unit if layout.form_unit_at == "report" and report.forms else layout.table_unit or report.unit
    return None


def _section(section: Section, layout: Layout) -> Section:
    numbered = _NUMBERED.match(section.title)
    if not numbered or layout.numbering == "一、":
        return section
    counted = numbered.group()[:-1]
    number = next(n for n in range(1, 100) if ordinal(n) == counted)
    head = {"（一）": f"（{counted}）", "1.": f"{number}.", "第一节 ": f"第{counted}节 "}[layout.numbering]
    return replace(section, title=head + section.title[numbered.end() :])


def _table(table: AccountTable, unit: str, layout: Layout) -> AccountTable:
    style = Style(layout)
    blocks = tuple(_block(block, unit, layout, style) for block in table.blocks)
    return replace(table, unit=unit, blocks=blocks)


def _block(block: AccountBlock, unit: str, layout: Layout, style: Style) -> AccountBlock:
    labels, columns, lines = block.labels, block.columns, block.lines
    if layout.names_before_codes and [label.holds for label in labels] == ["code", "name"]:
        labels = labels[::-1]
    if layout.empty_cells:
        lines = tuple(_filled(line) for line in lines)
    if layout.sums_last:
        order = _sums_last(columns)
        columns = tuple(columns[index] for index in order)
        lines = tuple(replace(line, amounts=tuple(line.amounts[index] for index in order)) for line in lines)
        if lines and lines[0].name == "合计" and len(lines) > 1 and labels:
            lines = (*lines[1:], lines[0])
    in_header = f"（{unit}）" if layout.table_unit_at == "header" else ""
    return AccountBlock(
        labels=tuple(replace(label, path=tuple(style.word(word) for word in label.path)) for label in labels),
        columns=tuple((*(style.word(word) for word in path[:-1]), style.word(path[-1]) + in_header) for path in columns),
        lines=lines,
        side=block.side,
    )


def _filled(line: AccountLine) -> AccountLine:
    """Zeros where the line has no amount; a line without a name is only space."""
    if not (line.name or line.code):
        return line
    return replace(line, amounts=tuple(Decimal(0) if amount is None else amount for amount in line.amounts))


def _sums_last(columns: tuple[tuple[str, ...], ...]) -> list[int]:
    """Each sum after the columns under the same upper header, so that no header is torn apart."""

    def key(index: int) -> tuple[int, ...]:
        path = columns[index]
        first = [next(i for i, other in enumerate(columns) if other[: depth + 1] == path[: depth + 1]) for depth in range(len(path))]
        last = len(columns) if path[-1] in _SUMS else first[-1]
        return (*first[:-1], last)

    return sorted(range(len(columns)), key=key)
