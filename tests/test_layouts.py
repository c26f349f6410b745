"""Ways of printing that were once misread, each over whole sample reports: every fact is read back."""

from pathlib import Path

import pytest

from flows.typeset import Layout, load_samples
from tests.test_random_reports import read_again

REPORTS = load_samples()
SAMPLES = {
    "final_accounts": next(report for report in REPORTS if report.kind == "department_final_accounts"),
    "graded": next(report for report in REPORTS if any(form.grade for form in report.forms)),
    "budget": next(report for report in REPORTS if report.kind == "department_budget"),
}
_TASKS = (("全年预算数", "调整后预算数"), ("全年执行数", "实际支出数"), ("分值", "标准分值"), ("得分", "自评分"))
LAYOUTS = {
    "a title broken in two above its number and unit": Layout("tab_separated", broken_titles=True),
    "a title broken in two above a small table": Layout("tab_led", broken_titles=True),
    "the second line of titles alike on every page": Layout("pdf", broken_titles=True, table_unit_at="title", rows_per_page=(8, 12)),
    "few centred lines on a page": Layout("pdf", broken_titles=True, tables_in_own_file=True),
    "the unit in the title": Layout("tab_led", table_unit_at="title"),
    "the unit in the header of an empty table": Layout("tab_led", table_unit_at="header", table_unit="元"),
    "the unit in the first row": Layout("pdf", table_unit_at="first_row", form_unit_at="first_row"),
    "the unit over the first table, another over forms": Layout(
        "tab_led", table_unit_at="first_table", table_unit="元", form_unit_at="caption"
    ),
    "the unit in a line before all tables": Layout(
        "pdf", table_unit_at="paragraph", table_unit="万元", form_unit="元", form_unit_at="first_row"
    ),
    "the unit of forms in a line before all tables": Layout("pdf", table_unit_at="paragraph", form_unit="元", form_unit_at="report"),
    "the unit above a form without a title": Layout(
        "tab_separated", untitled_forms=True, form_unit="元", form_unit_at="first_row", target_cells=3
    ),
    "notes below a form": Layout("tab_led", footnotes=True),
    "other labels of tasks": Layout("tab_led", target_cells=3, wording=_TASKS),
    "names and codes under a header that names neither": Layout("tab_led", sums_last=True, wording=(("编码", "代码"),)),
    "a table that goes on under 续表": Layout("pdf", continued_caption=True),
    "an amount repeated over its merged cell": Layout("pipe", seed=1),
    "wide digits": Layout("tab_separated", wide_digits=True),
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_fact_is_read_back(name: str, sample: str, tmp_path: Path) -> None:
    tally = read_again(SAMPLES[sample], LAYOUTS[name], tmp_path)
    assert not tally.misses, "\n".join(map(str, tally.misses[:20]))
    assert tally.facts.total() > 300
