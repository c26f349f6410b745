"""Puts a report's pieces in the order in which its bureau prints them, file by file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.typeset.account_grid import account_grid
from flows.typeset.facts import AccountTable, Form, Report
from flows.typeset.figures import ordinal
from flows.typeset.form_grid import form_grid
from flows.typeset.grid import Grid
from flows.typeset.layouts import Layout
from flows.typeset.printed import as_printed, settled, unit_of_all
from flows.typeset.style import Style

# Every file says so itself, since files travel without their folder.
_DISCLAIMER = "示例文件：单位、项目和数字均为虚构"

# A title broken in two is broken here: what begins the second line is no title by itself.
_TITLE_ENDS = ("决算总表", "决算表", "预算总表", "预算表")
_FOOTNOTES = ("说明：本表数字按四舍五入列示，合计与分项之间可能有尾差。",)
_FORM_FOOTNOTES = ("注：1.定量指标按完成比例计分，最多计满分。", "2.没有完成的指标应当说明原因。")

# Grids wider than this (in their own units) do not fit on an upright page.
_UPRIGHT_WIDTH = 130


@dataclass(frozen=True)
class Cover:
    """The title page: the report's title and the lines below it."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class PartTitle:
    """The title of a part of the report: 第一部分 …"""

    text: str


@dataclass(frozen=True)
class Heading:
    """The headline of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class TableCaption:
    """The lines above a table; below the title an account table names its bureau, its period and its unit."""

    title: tuple[str, ...]
    number: str | None = None
    subject: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Table:
    """A table with what stands above and below it; a broad one wants the page turned on its side."""

    caption: TableCaption
    grid: Grid
    broad: bool
    notes: tuple[str, ...] = ()


Block = Cover | PartTitle | Heading | Paragraph | Table
_Part = tuple[str, Sequence[Block]]

_KIND_NAMES = {"department_final_accounts": "部门决算", "department_budget": "部门预算"}


def documents(report: Report, layout: Layout) -> dict[str, list[Block]]:
    """File names, without ending, to what the files print."""
    layout = settled(report, layout)
    report = as_printed(report, layout)
    name = f"{report.bureau.name}_{report.fiscal_year}_{_KIND_NAMES[report.kind]}{report.edition}"
    if not layout.tables_in_own_file:
        return {name: _document(report, layout, with_tables=True)}
    tables: list[Block] = [_cover(report, layout, "公开表"), *_tables(report, layout)]
    return {name: _document(report, layout, with_tables=False), name + "公开表": tables}


def _document(report: Report, layout: Layout, with_tables: bool) -> list[Block]:
    is_budget = report.kind == "department_budget"
    year = f"{report.fiscal_year}年" if is_budget else f"{report.fiscal_year}年度"
    kind = _KIND_NAMES[report.kind]
    overview: _Part = ("部门概况", _sections(report, "overview"))
    tables: _Part = (f"{year}{kind}表", [*_tables(report, layout)])
    explanation: _Part = (
        f"{year}{kind}{'编制说明' if is_budget else '情况说明'}",
        _sections(report, "explanation"),
    )
    terms: _Part = (
        "名词解释",
        [block for block in _sections(report, "terms") if isinstance(block, Paragraph)],
    )
    annex: _Part = ("附件", list(_forms(report, layout)))
    if not with_tables:
        parts = [overview, explanation, terms, annex]
    elif layout.tables_first:
        parts = [overview, tables, explanation, terms, annex]
    else:
        parts = [overview, explanation, terms, tables, annex]
    blocks: list[Block] = [_cover(report, layout)]
    for number, (title, content) in enumerate(parts, 1):
        blocks += [PartTitle(f"第{ordinal(number)}部分 {title}"), *content]
    return blocks


def _cover(report: Report, layout: Layout, addition: str = "") -> Cover:
    day = report.published_on
    title = Style(layout).title(report.title + addition, (f"{report.fiscal_year}年",))
    return Cover((*title, f"公开日期：{day.year}年{day.month}月{day.day}日", _DISCLAIMER))


def _sections(report: Report, part: str) -> list[Block]:
    blocks: list[Block] = []
    for section in report.sections:
        if section.part == part:
            blocks.append(Heading(section.title))
            blocks += [Paragraph(text) for text in section.paragraphs]
    return blocks


def _tables(report: Report, layout: Layout) -> Iterator[Block]:
    if layout.table_unit_at == "paragraph" and report.tables:
        yield Paragraph(f"说明：以下各表金额单位：{unit_of_all(report, layout)}")
    style = Style(layout)
    for number, table in enumerate(report.tables):
        grid = style.account(account_grid(table, layout.grouped_thousands, layout.indented_names), table.unit)
        unit_above = layout.table_unit_at == "caption" or (layout.table_unit_at == "first_table" and not number)
        notes = (*table.notes, *(_FOOTNOTES if layout.footnotes else ()))
        yield Table(_caption(report, table, layout, unit_above), grid, _is_broad(grid), notes)


def _caption(report: Report, table: AccountTable, layout: Layout, unit_above: bool) -> TableCaption:
    is_budget = report.kind == "department_budget"
    title = f"{table.title}（单位：{table.unit}）" if layout.table_unit_at == "title" else table.title
    return TableCaption(
        title=Style(layout).title(title, _TITLE_ENDS),
        number=f"公开{table.number}表" if table.number else None,
        subject=(
            f"{'编制部门' if is_budget else '部门'}：{report.bureau.name}",
            f"{report.fiscal_year}年{'' if is_budget else '度'}",
            f"{'' if is_budget else '金额'}单位：{table.unit}" if unit_above else "",
        ),
    )


def _forms(report: Report, layout: Layout) -> Iterator[Block]:
    before = ""
    for number, form in enumerate(report.forms, 1):
        is_titled = not layout.untitled_forms or form.title != before
        if layout.annex_marks and is_titled:
            yield Paragraph(f"附件{number}")
        yield _form_table(form, layout, is_titled)
        before = form.title


def _form_table(form: Form, layout: Layout, is_titled: bool) -> Table:
    title = (*Style(layout).title(form.title, ("绩效目标", "绩效")), f"（{form.fiscal_year}年度）") if is_titled else ()
    unit = (f"单位：{layout.form_unit}",) if layout.form_unit_at == "caption" else ()
    grid = form_grid(form, layout)
    notes = _FORM_FOOTNOTES if layout.footnotes else ()
    return Table(TableCaption((*title, *unit)), grid, layout.broad_forms or _is_broad(grid), notes)


def _is_broad(grid: Grid) -> bool:
    return sum(grid.widths) > _UPRIGHT_WIDTH
