"""A random layout: every field by a choice of its own, the usual way first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from flows.typeset.layouts import Dialect, FormUnitAt, HalfStyle, Layout, Orientation, Ruling, TableUnitAt
from flows.typeset.random.choices import Choices
from flows.typeset.style import label_variants

_PAGES = frozenset({"pdf"})
_TEXT = frozenset({"tab_led", "tab_separated", "pipe"})


def random_layout(choices: Choices, dialects: Sequence[Dialect]) -> Layout:
    """A layout of one of ``dialects``; a label is worded otherwise about every third time."""
    dialect = choices.pick(dialects)
    return Layout(
        dialect,
        target_cells=choices.pick((1, 3)),
        grouped_thousands=not choices.flag(),
        indented_names=choices.flag(),
        tables_first=not choices.flag(),
        tables_in_own_file=choices.integer(0, 7) == 7,
        repeated_header=choices.flag(),
        broad_forms=choices.flag(),
        encoding=choices.pick(("utf-8", "gb18030", "utf-16")) if dialect in _TEXT else "utf-8",
        seed=choices.integer(0, 999),
        wording=_wording(choices),
        table_unit=choices.pick((None, "万元", "元")),
        table_unit_at=choices.pick(get_args(TableUnitAt)),
        form_unit=choices.pick(("万元", "元")),
        form_unit_at=choices.pick(get_args(FormUnitAt)),
        grouped_forms=choices.flag(),
        wide_digits=choices.integer(0, 4) == 4,
        empty_cells=choices.pick(("", "0.00")),
        broken_names=choices.flag(),
        broken_titles=choices.flag(),
        names_before_codes=choices.flag(),
        sums_last=choices.flag(),
        indicator_order=choices.pick(("weights_last", "weight_first", "weight_second")),
        money_order=choices.pick(("usual", "rate_first", "scores_last")),
        merged_levels=not choices.flag(),
        goals_first=choices.flag(),
        total_line=not choices.flag(),
        untitled_forms=choices.flag(),
        footnotes=choices.flag(),
        annex_marks=choices.flag(),
        numbering=choices.pick(("一、", "（一）", "1.", "第一节 ")),
        **(_page_fields(choices) if dialect in _PAGES else {}),
    )


# Rulings that are read back exactly; where lines are missing more is a matter of degree, and measured apart (bench --any-ruling).
_RULINGS: tuple[tuple[str, str], ...] = (("full", "seed"), ("half", "open_sides"))


def _page_fields(choices: Choices) -> dict[str, Any]:
    """How tables are ruled and broken over pages, for the fixed-layout dialects."""
    ruling, half_style = choices.pick(_RULINGS)
    rows = choices.integer(0, 3)
    return {
        "ruling": ruling,
        "half_style": half_style,
        "banded": choices.flag(),
        "rows_per_page": (8 + 4 * rows, 12 + 6 * rows) if rows else None,
        "cut_rows": choices.flag() and ruling == "full",  # without uprights nothing says that the rest of a row belongs to it
        "continued_caption": choices.flag(),
        "orientation": choices.pick(get_args(Orientation)),
        "running_head": choices.flag(),
    }


def with_any_ruling(layout: Layout, choices: Choices) -> Layout:
    """The layout with tables ruled in any way there is, with any pen, stamped or not, where its pages are drawn; another layout as it is."""
    if layout.dialect not in _PAGES:
        return layout
    rulings: tuple[tuple[Ruling, HalfStyle], ...] = (("full", "seed"), ("none", "seed"))
    ruling, half_style = choices.pick((*rulings, *(("half", style) for style in get_args(HalfStyle))))
    return replace(
        layout,
        ruling=ruling,
        half_style=half_style,
        pen=choices.pick(("line", "dashes")),
        stamp=choices.flag(),
        cut_rows=layout.cut_rows and ruling == "full",
    )


def _wording(choices: Choices) -> tuple[tuple[str, str], ...]:
    said = []
    for usual, others in label_variants():
        which = choices.integer(0, 3 * len(others))
        if which > 2 * len(others):
            said.append((usual, others[which - 2 * len(others) - 1]))
    return tuple(said)
