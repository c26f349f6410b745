"""How many facts survive when the lines of tables are taken away.

    python -m tests.bench.unruled

Typesets every sample report with all lines, and with each style of fewer lines; reads both, and counts the facts that agree.
"""

import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from flows.readers import read
from flows.typeset import Report, read_samples, typeset
from flows.typeset.layouts import HalfStyle, Layout
from flows.understand import understand

TABLES = ("accounts", "account_tables", "fundings", "indicators", "goals", "tasks", "evaluations", "advices", "statements")
STYLES: tuple[str, ...] = ("none", "rows", "three_lines", "open_sides", "uprights")
_ELSEWHERE = ("ref", "inferred", "page", "box")  # of what depends on where something stands, not on what it says


def layout_of(layout: Layout, style: str | None) -> Layout:
    """The layout as one PDF; with all lines where no style is given."""
    plain = replace(layout, dialect="pdf", tables_in_own_file=False)
    if style is None:
        return plain
    if style == "none":
        return replace(plain, ruling="none")
    half: HalfStyle = style  # type: ignore[assignment]
    return replace(plain, ruling="half", half_style=half)


def facts(report: Report, layout: Layout, folder: Path) -> dict[str, Counter[tuple[tuple[str, str], ...]]]:
    """What is read from the report so typeset: of each table its rows, without their places."""
    found: dict[str, Counter[tuple[tuple[str, str], ...]]] = {name: Counter() for name in TABLES}
    for name, content in typeset(report, layout).items():
        path = folder / name
        path.write_bytes(content)
        rows = understand(read(path), name).findings.rows
        for table in TABLES:
            for row in rows.get(table, []):
                said = sorted((key, str(value)) for key, value in row.items() if not any(part in key for part in _ELSEWHERE))
                found[table][tuple(said)] += 1
    return found


def compare(style: str, folder: Path, names: tuple[str, ...] = TABLES) -> dict[str, tuple[int, int, int]]:
    """Of each table: facts expected, facts that agree, facts that are read and were not expected."""
    totals = dict.fromkeys(names, (0, 0, 0))
    for sample in read_samples():
        expected = facts(sample.report, layout_of(sample.layout, None), folder)
        found = facts(sample.report, layout_of(sample.layout, style), folder)
        for name in names:
            want, got = expected[name], found[name]
            counts = (want.total(), (want & got).total(), (got - want).total())
            totals[name] = tuple(a + b for a, b in zip(totals[name], counts, strict=True))  # type: ignore[assignment]
    return totals


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for style in STYLES:
            print(style)
            for name, (expected, agreeing, extra) in compare(style, Path(folder)).items():
                print(f"  {name:<16}{agreeing:>6} of {expected:<6}{agreeing / max(expected, 1):>7.1%}   {extra} more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
