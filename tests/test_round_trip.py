"""Every fact the sample reports were typeset from is read back from ``raw/``, figure by figure, and nothing else is found there.

The facts (flows.typeset) know nothing of the readers, so what agrees here was really read.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from flows.findings import Row
from flows.identity.report import Identity
from flows.readers import read
from flows.typeset import read_samples, typeset
from flows.typeset.facts import AccountLine, AccountTable, DepartmentForm, Form, Funding, Indicator, ProjectForm
from flows.typeset.figures import half_up, money
from flows.understand import understand

RAW = Path(__file__).parents[1] / "raw"
SAMPLES = read_samples()
YUAN = {"元": 1, "万元": 10_000}


# -- what was read ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """What the program makes of a sample's files: rows by staged table, and an identity per file."""

    rows: dict[str, list[Row]]
    identities: list[Identity]

    def of_form(self, table: str, number: int) -> list[Row]:
        return [row for row in self.rows.get(table, []) if row["form_no"] == number]


@cache
def files_of(index: int) -> dict[str, bytes]:
    return typeset(SAMPLES[index].report, SAMPLES[index].layout)


@cache
def read_back(index: int) -> Read:
    rows: dict[str, list[Row]] = {}
    identities = []
    for name in files_of(index):
        understood = understand(read(RAW / name), name)
        identities.append(understood.identity)
        for table, found in understood.findings.rows.items():
            rows.setdefault(table, []).extend(found)
    return Read(rows, identities)


def picked(rows, *columns):
    return [tuple(row.get(column) for column in columns) for row in rows]


# -- account tables: what was printed, and what was read -------------------------------------------------------------------


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
    """A row for every cell that holds an amount, the totals below the blocks included."""
    cells = []
    paths = []  # of every grid column: its side and its header words
    for block in table.blocks:
        side = block.side or side_of(table)
        paths += [(side, label.path) for label in block.labels] + [(side, path) for path in block.columns]
        for line in block.lines:
            cells += [(side, path, line, amount) for path, amount in zip(block.columns, line.amounts, strict=True)]
    column = 0
    for total in table.totals:
        column += total.label_span
        cells.append((*paths[column], AccountLine(total.name, ()), total.amount))
        column += 1
    return [
        {
            "side": side,
            "line_no": line.line_no,
            "code": line.code,
            "line_name": line.name or None,
            "column_name": "/".join(path),
            "amount_yuan": in_yuan(amount, table.unit),
            "amount_unit": table.unit,
            "fiscal_year": fiscal_year,
        }
        for side, path, line, amount in cells
        if amount is not None
    ]


def accounts(index: int, position: int):
    """Expected and found rows of an account table (numbered from 0)."""
    report = SAMPLES[index].report
    table = report.tables[position]
    found = [r for r in read_back(index).rows["accounts"] if (r["table_no"], r["table_title"]) == (table.number, table.title)]
    return account_cells(table, report.fiscal_year), found


def amounts(rows):
    """Each amount and the lowest word of its column's header."""
    columns = (row["column_name"].split("/")[-1] for row in rows)
    return Counter(zip(columns, picked(rows, "amount_yuan", "amount_unit", "fiscal_year"), strict=True))


def lines(rows):
    """Each amount and the line it stands in."""
    return Counter(picked(rows, "amount_yuan", "line_no", "code", "line_name"))


def headers(rows):
    """Each amount and the whole header it stands under, and its side."""
    return Counter(picked(rows, "amount_yuan", "column_name", "side"))


# -- forms, part by part: what was printed and what was read, both as tuples in printed order ------------------------------


def head(form: Form, found: Read, number: int):
    project = form if isinstance(form, ProjectForm) else None
    kind = project.kind if project else "department_self_evaluation"
    named = (project.project_name, project.unit_name, project.central_department) if project else (None, None, None)
    expected = (kind, form.title, form.fiscal_year, form.department_name, *named, form.grade)
    columns = ("form_kind", "form_title", "fiscal_year", "department_name", "project_name", "unit_name", "central_department_name")
    return [expected], picked(found.of_form("evaluations", number), *columns, "grade")


def texts(form: Form, found: Read, number: int):
    is_transfer = isinstance(form, ProjectForm) and form.kind == "transfer_payment_self_evaluation"
    problems, note = (None, form.problems) if is_transfer else (form.problems or None, None)
    expected = (form.conclusion or None, problems, form.improvements or None, note)
    return [expected], picked(found.of_form("evaluations", number), "conclusion", "problems", "improvements", "note")


def total_score(form: Form, found: Read, number: int):
    return [(form.total_score,)], picked(found.of_form("evaluations", number), "total_score")


def _own_fundings(found: Read, number: int):
    """The rows of the money part: not the total line of the tasks, not the line of the department's initial budget."""
    rows = found.of_form("fundings", number)
    return [row for row in rows if row["funding_source"] != "金额合计" and not row["funding_source"].startswith("部门年初预算")]


def fundings(form: Form, found: Read, number: int):
    def expected(entry: Funding):
        money_ = (in_wan(entry.initial_budget), in_wan(entry.adjusted_budget), in_wan(entry.executed))
        return (entry.source, *money_, None if entry.rate is None else half_up(entry.rate), entry.weight, entry.score)

    columns = ("initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score")
    return [expected(entry) for entry in form.fundings], picked(_own_fundings(found, number), "funding_source", *columns)


def funding_reasons(form: Form, found: Read, number: int):
    expected = [(entry.source, entry.reason or None) for entry in form.fundings]
    return expected, picked(_own_fundings(found, number), "funding_source", "reason")


def initial_budget(form: Form, found: Read, number: int):
    """The line with the department's initial income and expenditure, which only the form with advice below has."""
    expected = []
    if isinstance(form, DepartmentForm) and form.advice:
        expected = [
            ("部门年初预算收入金额（万元）", in_wan(form.initial_income)),
            ("部门年初预算支出金额（万元）", in_wan(form.initial_expenditure)),
        ]
    rows = [row for row in found.of_form("fundings", number) if row["funding_source"].startswith("部门年初预算")]
    return expected, picked(rows, "funding_source", "initial_budget_yuan")


def _task_total(found: Read, number: int):
    """The total line of the tasks is money of the form as a whole: a row of its funding."""
    return [row for row in found.of_form("fundings", number) if row["funding_source"] == "金额合计"]


def task_total(form: Form, found: Read, number: int):
    whole = form.task_total if isinstance(form, DepartmentForm) else None
    expected = [(in_wan(whole.budget), in_wan(whole.executed))] if whole else []
    return expected, picked(_task_total(found, number), "adjusted_budget_yuan", "executed_yuan")


def task_total_score(form: Form, found: Read, number: int):
    whole = form.task_total if isinstance(form, DepartmentForm) else None
    expected = [(half_up(whole.rate), whole.weight, whole.score)] if whole else []
    return expected, picked(_task_total(found, number), "execution_rate_pct", "weight", "score")


def tasks(form: Form, found: Read, number: int):
    expected = [
        (t.name, t.content, in_wan(t.budget), in_wan(t.executed), half_up(t.rate), t.weight, t.score, t.result or None)
        for t in (form.tasks if isinstance(form, DepartmentForm) else ())
    ]
    columns = ("task_name", "content", "budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score", "result_text")
    return expected, picked(found.of_form("tasks", number), *columns)


def goals(form: Form, found: Read, number: int):
    return [(goal.target,) for goal in form.goals], picked(found.of_form("goals", number), "goal_text")


def results(form: Form, found: Read, number: int):
    return [(goal.result or None,) for goal in form.goals], picked(found.of_form("goals", number), "result_text")


def indicators(form: Form, found: Read, number: int):
    """Levels (filled down), target in its parts and as printed, result, weight and score, and what is said of a miss."""
    apart = bool(form.advice)  # the form with advice below prints operator, value and unit in cells of their own

    def expected(entry: Indicator):
        measured = entry.operator is not None
        printed = entry.target if apart else f"{entry.operator or ''}{entry.target}{entry.unit}"
        target = (entry.operator, printed, Decimal(entry.target) if measured else None, entry.unit or None)
        result = Decimal(entry.actual.removesuffix(entry.unit)) if measured and entry.actual else None
        said = (entry.reason or None, (entry.improvement or None) if apart else None)
        return (entry.level1, entry.level2, entry.name, *target, entry.actual or None, result, entry.weight, entry.score, *said)

    columns = ("level1", "level2", "level3", "operator", "target_text", "target_value", "unit", "actual_text", "actual_value")
    rows = picked(found.of_form("indicators", number), *columns, "weight", "score", "reason", "improvement")
    return [expected(entry) for entry in form.indicators], rows


def attainment(form: Form, found: Read, number: int):
    """Whether a target was reached. What no comparison of numbers tells may stay open, but is never told wrongly."""
    told = picked(found.of_form("indicators", number), "level3", "attained")
    expected = []
    for entry, given in zip_longest(form.indicators, told):
        if entry is not None:
            is_open = entry.operator is None and given == (entry.name, None)
            expected.append((entry.name, None if is_open or not entry.actual else entry.attained))
    return expected, told


def advice(form: Form, found: Read, number: int):
    """Options that are ticked or written beside; an option left empty says nothing."""
    expected = [(a.block, a.option, a.is_checked, a.text or None) for a in form.advice if a.is_checked or a.text]
    return expected, picked(found.of_form("advices", number), "block", "option", "is_checked", "text")


_MONEY_PARTS = (fundings, funding_reasons, initial_budget, task_total, task_total_score, tasks)
PARTS = {part.__name__: part for part in (head, texts, total_score, *_MONEY_PARTS, goals, results, indicators, attainment, advice)}


def compare(index: int, number: int, part: str):
    """Expected and found of a part of a form (numbered from 1)."""
    return PARTS[part](SAMPLES[index].report.forms[number - 1], read_back(index), number)


# -- what is known to be misread -------------------------------------------------------------------------------------------


# -- the comparisons -------------------------------------------------------------------------------------------------------


def _name(index: int) -> str:
    report = SAMPLES[index].report
    return f"report{index}-{report.fiscal_year}-{report.kind.removeprefix('department_')}"


def _param(*values, name: str):
    return pytest.param(*values, id=name)


TABLES = [(index, position) for index, sample in enumerate(SAMPLES) for position in range(len(sample.report.tables))]
FORMS = [(index, number) for index, sample in enumerate(SAMPLES) for number in range(1, len(sample.report.forms) + 1)]
TABLE_NAMES = [f"{_name(index)}-table{position + 1}" for index, position in TABLES]

every_sample = pytest.mark.parametrize("index", range(len(SAMPLES)), ids=_name)
every_table = pytest.mark.parametrize(("index", "position"), TABLES, ids=TABLE_NAMES)
every_table_line = pytest.mark.parametrize(
    ("index", "position"), [_param(*case, name=name) for case, name in zip(TABLES, TABLE_NAMES, strict=True)]
)
every_table_header = pytest.mark.parametrize(
    ("index", "position"), [_param(*case, name=name) for case, name in zip(TABLES, TABLE_NAMES, strict=True)]
)
every_part = pytest.mark.parametrize(
    ("index", "number", "part"),
    [_param(*case, part, name=f"{_name(case[0])}-form{case[1]}-{part}") for case in FORMS for part in PARTS],
)


@every_sample
def test_raw_holds_what_the_facts_typeset(index):
    """Otherwise everything below compares with other facts than were printed: ``make samples`` renews raw/."""
    for name, content in files_of(index).items():
        assert (RAW / name).read_bytes() == content, f"raw/{name} is not what the facts give"


@every_sample
def test_the_report_is_known_for_what_it_is(index):
    report = SAMPLES[index].report
    for identity in read_back(index).identities:
        assert (identity.kind, identity.fiscal_year, identity.bureau.name) == (report.kind, report.fiscal_year, report.bureau.name)


@every_sample
def test_the_day_of_publication_is_read_back(index):
    for identity in read_back(index).identities:
        assert identity.published_on == SAMPLES[index].report.published_on.isoformat()


@every_sample
def test_no_account_table_is_missed_and_none_is_made_up(index):
    expected = [(t.number, t.title, t.unit, not account_cells(t, 0)) for t in SAMPLES[index].report.tables]
    assert picked(read_back(index).rows["account_tables"], "table_no", "table_title", "amount_unit", "is_empty") == expected


@every_table
def test_every_amount_is_read_back_once(index, position):
    expected, found = accounts(index, position)
    assert amounts(found) == amounts(expected)


@every_table_line
def test_every_amount_stands_in_its_line(index, position):
    expected, found = accounts(index, position)
    assert lines(found) == lines(expected)


@every_table_header
def test_every_amount_stands_under_its_whole_header(index, position):
    expected, found = accounts(index, position)
    assert headers(found) == headers(expected)


@every_sample
def test_no_form_is_missed_and_none_is_made_up(index):
    assert len(read_back(index).rows["evaluations"]) == len(SAMPLES[index].report.forms)


@every_part
def test_every_part_of_a_form_is_read_back(index, number, part):
    expected, found = compare(index, number, part)
    assert found == expected


def test_the_comparisons_are_not_empty():
    """How much is compared: a part that nothing is expected of would agree whatever is read."""
    facts = Counter({part: sum(len(compare(*case, part)[0]) for case in FORMS) for part in PARTS})
    assert sum(len(accounts(*case)[0]) for case in TABLES) > 2000
    assert facts["indicators"] == facts["attainment"] > 250
    assert facts["fundings"] > 80
    assert min(facts.values()) >= 6
