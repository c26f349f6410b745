"""Sample reports: same bytes every time, every figure printed, nothing contradicted but what is planned."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from flows.typeset import load_samples, read_samples, read_small_samples, typeset, typeset_samples
from flows.typeset.facts import (
    AccountLine,
    AccountTable,
    DepartmentForm,
    Form,
    Funding,
    Indicator,
    ProjectForm,
    Report,
)
from flows.typeset.figures import money, percent, plain
from flows.typeset.grid import Cell, Grid
from flows.typeset.layouts import Layout
from flows.typeset.lettering import wrap

SAMPLES = read_samples()
SMALL = read_small_samples()
# What ``_Printed`` can look into; the other formats are proved by reading back (tests/readers, tests/test_retypeset.py).
SEEN = ("tab_led", "tab_separated", "pdf")
FINAL_ACCOUNTS = [s.report for s in SAMPLES if s.report.kind == "department_final_accounts"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return typeset_samples(tmp_path_factory.mktemp("raw"))


def test_same_facts_give_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = typeset_samples(tmp_path)
    assert [path.name for path in again] == [path.name for path in files]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]


def test_files_are_few_small_and_named_for_what_they_hold(files: list[Path]) -> None:
    assert len(files) == len({path.name for path in files}) == 11 + len(SMALL)
    assert all(path.stat().st_size < 60_000 for path in files)
    pattern = re.compile(r"[^_]+_20\d\d_部门(决算|预算|决算公开表|决算更正)\.(txt|md|pdf|docx|xlsx?|ofd|html)")
    assert all(pattern.fullmatch(path.name) for path in files)


def test_names_are_fictional_and_every_file_says_so(files: list[Path]) -> None:
    for report in (*load_samples(), *(sample.report for sample in SMALL)):
        bureau = report.bureau
        places = (bureau.name, bureau.province, bureau.prefecture, bureau.county or bureau.prefecture)
        assert all(name.startswith(("示例", "样本", "演示")) for name in (*places, *bureau.units))
    assert all("虚构" in _Printed(path.name, path.read_bytes()).text for path in files if path.suffix in (".txt", ".pdf"))


@pytest.mark.parametrize("sample", [sample for sample in (*SAMPLES, *SMALL) if sample.layout.dialect in SEEN], ids=lambda s: s.report.title)
def test_every_fact_is_printed(sample) -> None:
    printed = [_Printed(name, content) for name, content in typeset(sample.report, sample.layout).items()]
    cells = sum((part.cells for part in printed), Counter())
    missing = Counter(filter(None, _expected_cells(sample.report, sample.layout))) - cells
    assert not missing
    text = "".join(part.text for part in printed)
    for section in sample.report.sections:
        assert all(paragraph in text for paragraph in section.paragraphs)
    for table in sample.report.tables:
        assert table.title in text
        assert table.number is None or f"公开{table.number}表" in text
        assert all(note in text or note in cells for note in table.notes)


def test_pdfium_finds_every_character_too(files: list[Path]) -> None:
    for path in files:
        if path.suffix == ".pdf":
            printed = Counter(re.sub(r"\s|— \d+ —", "", _Printed(path.name, path.read_bytes()).text))
            with pypdfium2.PdfDocument(path) as document:
                text = "".join(page.get_textpage().get_text_range() for page in document)
            found = Counter(re.sub(r"\s", "", re.sub(r"— \d+ —", "", text)))
            assert not printed - found


@pytest.mark.parametrize(("name", "pages_with_header"), [("样本县民政局_2021", 1), ("样本县民政局_2023", 2)])
def test_a_table_runs_over_the_page_with_or_without_its_header(files: list[Path], name: str, pages_with_header: int) -> None:
    (path,) = (path for path in files if path.name.startswith(name))
    cells = _Printed(path.name, path.read_bytes()).cells
    assert cells["经济分类科目编码"] == 3 * pages_with_header
    assert cells["人员经费合计"] == 1


def test_parents_are_sums_of_children_but_for_the_planned_slip() -> None:
    wrong = [
        (report.bureau.name, report.fiscal_year, table.number, code, column)
        for report in load_samples()
        for table in report.tables
        for code, column in _wrong_sums(table)
    ]
    # The class above the misprinted 款 disagrees with it, and so do the 项 below it.
    slip = ("样本县民政局", 2022, "03")
    assert wrong == [(*slip, "208", 2), (*slip, "20820", 2)]


@pytest.mark.parametrize("report", FINAL_ACCOUNTS, ids=lambda report: report.title)
def test_tables_agree_with_each_other(report: Report) -> None:
    tables = {table.number: table for table in report.tables}
    assert list(tables) == [f"0{number}" for number in range(1, 10)]
    income, expenditure = tables["01"].blocks
    assert _named(income.lines, "总计") == _named(expenditure.lines, "总计")
    assert _named(income.lines, "本年收入合计") == tables["02"].blocks[0].lines[0].amounts[0]
    assert _named(expenditure.lines, "本年支出合计") == tables["03"].blocks[0].lines[0].amounts[0]
    treasury = tables["04"].blocks[1].lines
    assert _named(treasury, "本年支出合计") == tables["05"].blocks[0].lines[0].amounts[0]
    basic = tables["05"].blocks[0].lines[0].amounts[1]
    assert sum(total.amount for total in tables["06"].totals) == basic
    for number in ("08", "09"):
        assert not any(any(line.amounts) for line in tables[number].blocks[0].lines)
        assert tables[number].notes


def test_years_agree_with_each_other_but_for_the_planned_restatement() -> None:
    stated = {(r.bureau.name, r.fiscal_year): _grand_total(r) for r in FINAL_ACCOUNTS}
    restated = {}
    for report in FINAL_ACCOUNTS:
        before = report.bureau.name, report.fiscal_year - 1
        (amount,) = re.findall(rf"{before[1]}年度收入总计和支出总计为([\d.]+)万元", _prose(report))
        if before in stated and Decimal(amount) * 10_000 != stated[before]:
            restated[before] = stated[before], Decimal(amount) * 10_000
    assert restated == {("示例市医疗保障局", 2021): (Decimal(7_462_400), Decimal(7_514_400))}


def test_scores_add_up() -> None:
    for form in _forms():
        parts = [*form.fundings, *form.indicators, *(form.tasks if isinstance(form, DepartmentForm) else ())]
        if form.total_score is None:
            assert not any(part.score for part in parts)
            continue
        assert form.total_weight == sum(part.weight or 0 for part in parts) == 100
        assert form.total_score == sum(part.score or 0 for part in parts)
        assert all(indicator.score == indicator.weight for indicator in form.indicators if indicator.attained)
        assert all(i.score < i.weight and i.reason for i in form.indicators if not i.attained)


def test_projects_go_on_are_renamed_end_and_begin() -> None:
    years: dict[str, list[int]] = {}
    for form in _forms():
        if isinstance(form, ProjectForm) and form.kind == "project_self_evaluation":
            years.setdefault(form.project_name, []).append(form.fiscal_year)
    assert years["医保经办大厅运行"] == [2021, 2022, 2023]
    assert (years["地名标志更新"], years["地名标志更新维护"]) == ([2021], [2022, 2023])
    assert years["校舍安全检测"] == [2021, 2022]
    assert years["老年助餐点运行补贴"] == [2023]


def test_a_grid_that_its_cells_do_not_fill_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        Grid((1, 1), ((Cell("a", rows=2), Cell("b")), (Cell("c"), Cell("d"))))


def test_lines_break_between_characters_but_not_inside_numbers() -> None:
    text = "年初预算数（万元）为1,234,567.89，执行率99.50%。"
    lines = wrap(text, 60, 9)
    assert "".join(lines) == text
    assert any("1,234,567.89，" in line for line in lines)
    assert not any(line.endswith("（") or line.startswith(("）", "，", "。")) for line in lines)


class _Printed:
    """What a file prints: its cells with their line breaks removed, and its text without any blanks."""

    def __init__(self, name: str, content: bytes) -> None:
        if name.endswith(".pdf"):
            self.text, cells = _read_pdf(content)
        else:
            self.text, cells = _read_text(content.decode())
        self.cells = Counter(cell for cell in cells if cell)


def _read_text(content: str) -> tuple[str, list[str]]:
    if "\n\t\n" not in content:
        return content, [cell for line in content.splitlines() if "\t" in line for cell in line.split("\t")]
    # A line without a tab goes on with the cell above it.
    joined = re.sub(r"(\n\t[^\n]*)\n(?=[^\t\n ])", r"\1", content)
    return content, [line.strip() for line in joined.splitlines() if line.startswith("\t")]


def _read_pdf(content: bytes) -> tuple[str, list[str]]:
    from io import BytesIO

    text, cells = [], []
    with pdfplumber.open(BytesIO(content)) as document:
        for page in document.pages:
            lines = page.extract_text().splitlines()
            text += [line for line in lines if not re.fullmatch(r"— \d+ —", line)]
            tables = page.extract_tables()
            assert len(tables) <= 1, "a page holds one table at most"
            cells += [(cell or "").replace("\n", "") for table in tables for row in table for cell in row]
    return "".join(text), cells


def _expected_cells(report: Report, layout: Layout) -> Iterator[str]:
    for table in report.tables:
        for line in _lines(table):
            yield from (line.code or "",) if not _splits_codes(table) else ()
            yield line.name
            yield from (money(a, table.unit, layout.grouped_thousands) for a in line.amounts if a is not None)
        yield from (money(total.amount, table.unit, layout.grouped_thousands) for total in table.totals)
    for form in report.forms:
        yield from _expected_form_cells(form, layout)


def _expected_form_cells(form: Form, layout: Layout) -> Iterator[str]:
    yield from (form.department_name, form.conclusion, form.problems, form.improvements, form.grade or "")
    if isinstance(form, ProjectForm):
        yield from (form.project_name, form.unit_name)
    else:
        # Where there are money rows, these print it.
        yield "" if form.fundings else money(form.initial_expenditure, "万元")
        for task in form.tasks:
            yield from (task.name, task.content, task.result, percent(task.rate))
            yield from (money(task.budget, "万元"), money(task.executed, "万元"))
    for goal in form.goals:
        yield from (goal.target, goal.result)
    for funding in form.fundings:
        yield from _expected_funding_cells(funding)
    three = layout.target_cells == 3 and form.total_score is not None
    for indicator in form.indicators:
        yield from _expected_indicator_cells(indicator, three)
    for advice in form.advice:
        yield from (advice.option, "√" if advice.is_checked else "", advice.text)
    yield "" if form.total_score is None else plain(form.total_score)


def _expected_funding_cells(funding: Funding) -> Iterator[str]:
    yield funding.source
    amounts = (funding.initial_budget, funding.adjusted_budget, funding.executed)
    yield from (money(amount, "万元") for amount in amounts if amount is not None)
    yield "" if funding.rate is None else percent(funding.rate)
    yield "" if funding.score is None else plain(funding.score)


def _expected_indicator_cells(indicator: Indicator, three: bool) -> Iterator[str]:
    sign, target, unit = indicator.operator or "", indicator.target, indicator.unit
    yield from (sign or "定性", target, unit) if three else (f"{sign}{target}{unit}",)
    yield from (indicator.name, indicator.actual, indicator.reason, indicator.improvement)
    yield "" if indicator.score is None else plain(indicator.score)


def _splits_codes(table: AccountTable) -> bool:
    return any(column.holds == "class" for block in table.blocks for column in block.labels)


def _lines(table: AccountTable) -> list[AccountLine]:
    return [line for block in table.blocks for line in block.lines]


def _wrong_sums(table: AccountTable) -> Iterator[tuple[str, int]]:
    coded = {line.code: line.amounts for line in _lines(table) if line.code}
    for code, amounts in coded.items():
        length = len(code) + 2
        children = [other for key, other in coded.items() if key.startswith(code) and len(key) == length]
        if not children:
            continue
        for column, amount in enumerate(amounts):
            if (amount or 0) != sum(child[column] or 0 for child in children):
                yield code, column


def _named(lines: tuple[AccountLine, ...], name: str) -> Decimal | None:
    (line,) = (line for line in lines if line.name == name)
    return line.amounts[0]


def _grand_total(report: Report) -> Decimal | None:
    return _named(report.tables[0].blocks[0].lines, "总计")


def _prose(report: Report) -> str:
    return "\n".join(paragraph for section in report.sections for paragraph in section.paragraphs)


def _forms() -> Iterator[Form]:
    return (form for report in FINAL_ACCOUNTS for form in report.forms)
