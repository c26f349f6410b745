"""Every fact the sample reports were typeset from is read back from ``raw/``, figure by figure, and nothing else is found there.

The facts (flows.typeset) know nothing of the readers, so what agrees here was really read. What is known to be misread is listed in
``_misreading`` with its reason and is expected to fail: only that comparison, and only until it is put right.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from flows.findings import Row
from flows.readers import read
from flows.typeset import read_samples, typeset
from flows.typeset.facts import AccountTable, DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.figures import half_up, money
from flows.understand import understand

RAW = Path(__file__).parents[1] / "raw"
SAMPLES = read_samples()
YUAN = {"元": 1, "万元": 10_000}


# -- what was read ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """What the program makes of a sample's files: rows by staged table, an identity per file."""

    rows: dict[str, list[Row]]
    identities: dict[str, object]

    def of_form(self, table: str, number: int) -> list[Row]:
        return [row for row in self.rows.get(table, []) if row["form_no"] == number]


@cache
def files_of(index: int) -> dict[str, bytes]:
    return typeset(SAMPLES[index].report, SAMPLES[index].layout)


@cache
def read_back(index: int) -> Read:
    rows: dict[str, list[Row]] = {}
    identities = {}
    for name in files_of(index):
        understood = understand(read(RAW / name), name)
        identities[name] = understood.identity
        for table, found in understood.findings.rows.items():
            rows.setdefault(table, []).extend(found)
    return Read(rows, identities)


# -- what was printed ------------------------------------------------------------------------------------------------------


def in_yuan(amount, unit):
    """The amount as printed (two decimals of its unit), in 元."""
    return None if amount is None else Decimal(money(amount, unit)) * YUAN[unit]


def in_wan(amount):
    return in_yuan(amount, "万元")


def side_of(table: AccountTable):
    """The side that a one-sided table's title names."""
    if "收支" in table.title or ("收入" in table.title and "支出" in table.title):
        return None
    if "收入" in table.title:
        return "income"
    return "expenditure" if "支出" in table.title or "三公" in table.title else None


def account_cells(table: AccountTable, fiscal_year: int):
    """(side, line number, code, line, column, amount, unit, year) of every cell with an amount, the totals below included."""
    cells = []
    paths = []  # of every grid column: its side and its header words
    for block in table.blocks:
        side = block.side or side_of(table)
        paths += [(side, label.path) for label in block.labels] + [(side, path) for path in block.columns]
        for line in block.lines:
            for path, amount in zip(block.columns, line.amounts, strict=True):
                cells.append((side, line.line_no, line.code, line.name or None, path, amount))
    column = 0
    for total in table.totals:
        column += total.label_span
        side, path = paths[column]
        cells.append((side, None, None, total.name, path, total.amount))
        column += 1
    return [
        (side, line_no or None, code, name, "/".join(path), in_yuan(amount, table.unit), table.unit, fiscal_year)
        for side, line_no, code, name, path, amount in cells
        if amount is not None
    ]


_ACCOUNT = ("side", "line_no", "code", "line_name", "column_name", "amount_yuan", "amount_unit", "fiscal_year")


def picked(rows, columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


# Each part of a form: what the facts say, and what was read. Both are lists of tuples in printed order.


def head(form: Form, found: Read, number: int):
    is_project = isinstance(form, ProjectForm)
    kind = form.kind if is_project else "department_self_evaluation"
    is_transfer = kind == "transfer_payment_self_evaluation"
    expected = (
        kind,
        form.title,
        form.fiscal_year,
        form.project_name if is_project else None,
        form.department_name,
        form.central_department if is_project else None,
        form.unit_name if is_project else None,
        form.grade if _prints_grade(found, form) else None,
        form.conclusion or None,
        None if is_transfer else form.problems or None,
        form.improvements or None,
        form.problems if is_transfer else None,
    )
    columns = ("form_kind", "form_title", "fiscal_year", "project_name", "department_name", "central_department_name", "unit_name")
    columns += ("grade", "conclusion", "problems", "improvements", "note")
    return [expected], picked(found.of_form("evaluations", number), columns)


def _prints_grade(found: Read, form: Form) -> bool:
    return form.grade is not None and form.total_score is not None


def total_score(form: Form, found: Read, number: int):
    return [(form.total_score,)], picked(found.of_form("evaluations", number), ("total_score",))


_FUNDING = ("funding_source", "initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score", "reason")


def _is_own_funding(form: Form, row: Row) -> bool:
    """A row of the money part: not the total line of the tasks, not the line of the department's initial budget."""
    return row["funding_source"] != "金额合计" and not row["funding_source"].startswith("部门年初预算")


def fundings(form: Form, found: Read, number: int):
    def expected(entry: Funding):
        amounts = (in_wan(entry.initial_budget), in_wan(entry.adjusted_budget), in_wan(entry.executed))
        rate = None if entry.rate is None else half_up(entry.rate)
        return (entry.source, *amounts, rate, entry.weight, entry.score, entry.reason or None)

    rows = [row for row in found.of_form("fundings", number) if _is_own_funding(form, row)]
    return [expected(entry) for entry in form.fundings], picked(rows, _FUNDING)


def initial_budget(form: Form, found: Read, number: int):
    """The line with the department's initial income and expenditure, which only the form with advice below has."""
    rows = [row for row in found.of_form("fundings", number) if row["funding_source"].startswith("部门年初预算")]
    expected = []
    if isinstance(form, DepartmentForm) and form.advice:
        expected = [
            ("部门年初预算收入金额（万元）", in_wan(form.initial_income)),
            ("部门年初预算支出金额（万元）", in_wan(form.initial_expenditure)),
        ]
    return expected, picked(rows, ("funding_source", "initial_budget_yuan"))


def task_total(form: Form, found: Read, number: int):
    """The total line of the tasks is money of the form as a whole: a row of its funding."""
    rows = [row for row in found.of_form("fundings", number) if row["funding_source"] == "金额合计"]
    expected = []
    if isinstance(form, DepartmentForm):
        whole = form.task_total
        expected = [(whole.name, in_wan(whole.budget), in_wan(whole.executed), half_up(whole.rate), whole.weight, whole.score)]
    columns = ("funding_source", "adjusted_budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score")
    return expected, picked(rows, columns)


def tasks(form: Form, found: Read, number: int):
    expected = [
        (t.name, t.content, in_wan(t.budget), in_wan(t.executed), half_up(t.rate), t.weight, t.score, t.result or None)
        for t in (form.tasks if isinstance(form, DepartmentForm) else ())
    ]
    columns = ("task_name", "content", "budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score", "result_text")
    return expected, picked(found.of_form("tasks", number), columns)


def goals(form: Form, found: Read, number: int):
    expected = [(goal.target, goal.result or None) for goal in form.goals]
    return expected, picked(found.of_form("goals", number), ("goal_text", "result_text"))


_INDICATOR = ("level1", "level2", "level3", "operator", "target_text", "target_value", "unit", "actual_text", "actual_value")
_INDICATOR += ("weight", "score", "reason", "improvement")


def indicators(form: Form, found: Read, number: int, target_cells: int):
    def expected(entry: Indicator):
        measured = entry.operator is not None
        target = entry.target if own_cells else f"{entry.operator or ''}{entry.target}{entry.unit}"
        value = Decimal(entry.target) if measured else None
        actual = Decimal(entry.actual.removesuffix(entry.unit)) if measured and entry.actual else None
        texts = (entry.reason or None, (entry.improvement or None) if own_cells else None)
        levels = (entry.level1, entry.level2, entry.name)
        unit = entry.unit or None
        return (*levels, entry.operator, target, value, unit, entry.actual or None, actual, entry.weight, entry.score, *texts)

    own_cells = target_cells == 3 and not (isinstance(form, ProjectForm) and form.kind == "transfer_payment_self_evaluation")
    return [expected(entry) for entry in form.indicators], picked(found.of_form("indicators", number), _INDICATOR)


def attainment(form: Form, found: Read, number: int):
    """Whether a measured target was reached. What no comparison of numbers tells may stay open, but is never told wrongly."""
    read_ = picked(found.of_form("indicators", number), ("level3", "attained"))
    expected = []
    for entry, (_, told) in zip(form.indicators, read_, strict=False):
        verdict = entry.attained if entry.actual else None
        expected.append((entry.name, None if told is None and entry.operator is None else verdict))
    return expected, read_


def advice(form: Form, found: Read, number: int):
    """Options that are ticked or written beside; an option left empty says nothing."""
    expected = [(a.block, a.option, a.is_checked, a.text or None) for a in form.advice if a.is_checked or a.text]
    return expected, picked(found.of_form("advices", number), ("block", "option", "is_checked", "text"))


PARTS = {
    part.__name__: part
    for part in (head, total_score, fundings, initial_budget, task_total, tasks, goals, indicators, attainment, advice)
}


def compare(index: int, number: int, part: str):
    sample = SAMPLES[index]
    form = sample.report.forms[number - 1]
    more = (sample.layout.target_cells,) if part == "indicators" else ()
    return PARTS[part](form, read_back(index), number, *more)


# -- what is known to be misread -------------------------------------------------------------------------------------------


def _misreading(index: int, number: int, part: str) -> str | None:
    return None


def _name(index: int) -> str:
    report = SAMPLES[index].report
    return f"report{index}-{report.fiscal_year}-{report.kind.removeprefix('department_')}"


def _form_cases():
    for index, sample in enumerate(SAMPLES):
        for number in range(1, len(sample.report.forms) + 1):
            for part in PARTS:
                reason = _misreading(index, number, part)
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                yield pytest.param(index, number, part, marks=marks, id=f"{_name(index)}-form{number}-{part}")


def _table_cases():
    for index, sample in enumerate(SAMPLES):
        for position, table in enumerate(sample.report.tables):
            reason = _misreading(index, position, "accounts")
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(index, position, marks=marks, id=f"{_name(index)}-table{position + 1}")


every_sample = pytest.mark.parametrize("index", range(len(SAMPLES)), ids=[_name(index) for index in range(len(SAMPLES))])


# -- the comparisons -------------------------------------------------------------------------------------------------------


@every_sample
def test_raw_holds_what_the_facts_typeset(index):
    """Otherwise everything below compares with other facts than were printed: ``make samples`` renews raw/."""
    for name, content in files_of(index).items():
        assert (RAW / name).read_bytes() == content, f"raw/{name} is not what the facts give"


@every_sample
def test_the_report_is_known_for_what_it_is(index):
    report = SAMPLES[index].report
    for identity in read_back(index).identities.values():
        assert identity.kind == report.kind
        assert identity.fiscal_year == report.fiscal_year
        assert identity.bureau.name == report.bureau.name


@pytest.mark.xfail(strict=True, reason="公开日期：… is no wording of a date line (flows.identity.report._DATE_LINE knows 发布日期, 报告日期)")
@every_sample
def test_the_day_of_publication_is_read_back(index):
    for identity in read_back(index).identities.values():
        assert identity.published_on == SAMPLES[index].report.published_on.isoformat()


@pytest.mark.parametrize(("index", "position"), list(_table_cases()))
def test_every_amount_of_an_account_table_is_read_back(index, position):
    report = SAMPLES[index].report
    table = report.tables[position]
    expected = Counter(account_cells(table, report.fiscal_year))
    rows = [r for r in read_back(index).rows["accounts"] if (r["table_no"], r["table_title"]) == (table.number, table.title)]
    assert Counter(picked(rows, _ACCOUNT)) == expected


@every_sample
def test_no_account_table_is_missed_and_none_is_made_up(index):
    tables = SAMPLES[index].report.tables
    expected = [(t.number, t.title, t.unit, not any(a is not None for b in t.blocks for line in b.lines for a in line.amounts)) for t in tables]
    assert picked(read_back(index).rows["account_tables"], ("table_no", "table_title", "amount_unit", "is_empty")) == expected


@every_sample
def test_no_form_is_missed_and_none_is_made_up(index):
    assert len(read_back(index).rows["evaluations"]) == len(SAMPLES[index].report.forms)


@pytest.mark.parametrize(("index", "number", "part"), list(_form_cases()))
def test_every_part_of_a_form_is_read_back(index, number, part):
    expected, found = compare(index, number, part)
    assert found == expected


def test_the_comparisons_are_not_empty():
    """How much is compared: a part that nothing is expected of would agree whatever is read."""
    counts = Counter()
    for index, sample in enumerate(SAMPLES):
        counts["accounts"] += sum(len(account_cells(table, 0)) for table in sample.report.tables)
        for number in range(1, len(sample.report.forms) + 1):
            for part in PARTS:
                counts[part] += len(compare(index, number, part)[0])
    assert counts["accounts"] > 2000
    assert counts["indicators"] == counts["attainment"] > 250
    assert counts["fundings"] > 100
    assert min(counts[part] for part in PARTS) >= 6
