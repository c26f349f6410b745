"""What a report was typeset from against what was read back, fact by fact.

    tally = compare(read_back(paths), report, layout)
    tally.facts, tally.misses

The facts (flows.typeset) know nothing of the readers, so what agrees here was really read. A row of a form counts a fact for each of its
columns, an account table one for each amount, which agrees only with its side, line, code, header, unit and year. What is read and was
not printed is a miss too.

What a layout does not print is not asked for, and nothing else is left out:
- forms with the target in one cell print no improvement beside the reason, no scores of tasks, no advice, no initial budget;
  those with three cells no grade and, of a department, no money but its tasks;
- a form below another of the same title prints no title of its own (``untitled_forms``);
- whether a target without a number was reached may stay open, but is never told wrongly;
- an advice option that is neither ticked nor written beside says nothing.
Where a layout prints wide digits, texts are compared without the width of their characters; headers and titles without blanks.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from flows.findings import Row
from flows.identity.report import Identity
from flows.readers import read
from flows.typeset import Layout
from flows.typeset.facts import AccountLine, AccountTable, DepartmentForm, Form, Funding, Indicator, ProjectForm, Report
from flows.typeset.figures import half_up, money
from flows.typeset.printed import as_printed, settled
from flows.understand import understand

YUAN = {"元": 1, "万元": 10_000}
Values = tuple[Any, ...]


@dataclass(frozen=True)
class Miss:
    """A fact that was read otherwise than printed, or not, or that was never printed; ``where`` names it."""

    part: str
    where: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.part}: {self.where}: printed {self.expected!r}, read {self.found!r}"


@dataclass
class Tally:
    """How many facts were compared, by part, and those that did not agree."""

    facts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def one(self, part: str, where: str, expected: Any, found: Any) -> None:
        """A single fact."""
        self.facts[part] += 1
        if expected != found:
            self.misses.append(Miss(part, where, expected, found))


@dataclass(frozen=True)
class Read:
    """What the program makes of a report's files: rows by staged table, and an identity per file."""

    rows: dict[str, list[Row]]
    identities: list[Identity]

    def of_form(self, table: str, number: int) -> list[Row]:
        """The rows of a form (numbered from 1)."""
        return [row for row in self.rows.get(table, []) if row["form_no"] == number]


def read_back(paths: Iterable[Path]) -> Read:
    """Reads a report's files and understands them."""
    rows: dict[str, list[Row]] = {}
    identities = []
    for path in paths:
        understood = understand(read(path), path.name)
        identities.append(understood.identity)
        for table, found in understood.findings.rows.items():
            rows.setdefault(table, []).extend(found)
    return Read(rows, identities)


def compare(found: Read, report: Report, layout: Layout) -> Tally:
    """Every fact of ``report`` as ``layout`` prints it against what was read."""
    tally = Tally()
    layout = settled(report, layout)
    printed = as_printed(report, layout)
    _identity(tally, found, printed)
    _account_tables(tally, found, printed)
    _forms(tally, found, printed, layout)
    _measures(tally, found, printed)
    return tally


def picked(rows: Iterable[Row], *columns: str) -> list[Values]:
    return [tuple(row.get(column) for column in columns) for row in rows]


def _bare(text: str | None) -> str | None:
    """Without blanks and line breaks; what is empty is None."""
    return re.sub(r"\s", "", text) if text else None


# -- the report -----------------------------------------------------------------------------------------------------------


def _identity(tally: Tally, found: Read, report: Report) -> None:
    for number, identity in enumerate(found.identities, 1):
        where = f"file {number}"
        tally.one("identity", f"{where} kind", report.kind, identity.kind)
        if identity.kind is None:
            continue
        tally.one("identity", f"{where} year", report.fiscal_year, identity.fiscal_year)
        tally.one("identity", f"{where} bureau", report.bureau.name, identity.bureau.name if identity.bureau else None)
        tally.one("identity", f"{where} published", report.published_on.isoformat(), identity.published_on)


# -- account tables ---------------------------------------------------------------------------------------------------------


def in_yuan(amount: Decimal | None, unit: str) -> Decimal | None:
    """The amount as printed (two decimals of its unit), in 元."""
    return None if amount is None else Decimal(money(amount, unit)) * YUAN[unit]


def side_of(table: AccountTable) -> str | None:
    """The side that a one-sided table's title names."""
    if "收支" in table.title or ("收入" in table.title and "支出" in table.title):
        return None
    if "收入" in table.title:
        return "income"
    return "expenditure" if "支出" in table.title or "三公" in table.title else None


def _side(table: AccountTable, path: tuple[str, ...]) -> str | None:
    """The side that a column's header names, else the title's."""
    named = next((bare for word in path if (bare := word.split("（")[0]) in ("本年收入", "本年支出")), None)
    return side_of(table) if named is None else "income" if named == "本年收入" else "expenditure"


def account_cells(table: AccountTable, fiscal_year: int) -> list[Row]:
    """A row for every cell that holds an amount, the totals below the blocks included."""
    cells = []
    paths: list[tuple[str | None, tuple[str, ...]]] = []  # of every grid column: its side and its header words
    for block in table.blocks:
        columns = [(block.side or _side(table, path), path) for path in block.columns]
        paths += [(block.side or side_of(table), label.path) for label in block.labels] + columns
        for line in block.lines:
            cells += [(side, path, line, amount) for (side, path), amount in zip(columns, line.amounts, strict=True)]
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
            "column_name": _bare("/".join(path)),
            "amount_yuan": in_yuan(amount, table.unit),
            "amount_unit": table.unit,
            "fiscal_year": fiscal_year,
        }
        for side, path, line, amount in cells
        if amount is not None
    ]


ACCOUNT_COLUMNS = ("side", "line_no", "code", "line_name", "column_name", "amount_yuan", "amount_unit", "fiscal_year")


def account_rows(rows: Iterable[Row]) -> list[Values]:
    """Account cells as they are compared; a header's blanks and a digit's width do not matter."""
    compared = []
    for row in rows:
        narrow = {name: unicodedata.normalize("NFKC", row[name]) if row[name] else None for name in ("line_no", "code")}
        compared += picked([{**row, **narrow, "column_name": _bare(row["column_name"])}], *ACCOUNT_COLUMNS)
    return compared


def _account_tables(tally: Tally, found: Read, report: Report) -> None:
    tables = found.rows.get("account_tables", [])
    titles = [_bare(row["table_title"]) for row in tables]
    expected_titles = [_bare(table.title) for table in report.tables]
    tally.facts["account_table"] += len(expected_titles)
    for title in (Counter(titles) - Counter(expected_titles)).elements():
        tally.misses.append(Miss("account_table", "made up", None, title))
    for table in report.tables:
        title = _bare(table.title)
        cells = account_cells(table, report.fiscal_year)
        if title not in titles:
            tally.facts["accounts"] += len(cells)
            tally.misses.append(Miss("account_table", table.title, title, None))
            tally.misses += [Miss("accounts", table.title, cell, None) for cell in account_rows(cells)]
            continue
        row = tables[titles.index(title)]
        expected = (table.number, table.unit, not cells)
        given = (row["table_no"], row["amount_unit"], row["is_empty"])
        tally.one("account_table", table.title, expected, given)
        read = [cell for cell in found.rows.get("accounts", []) if _bare(cell["table_title"]) == title]
        _multiset(tally, "accounts", table.title, account_rows(cells), account_rows(read))


def _multiset(tally: Tally, part: str, where: str, expected: Sequence[Values], found: Sequence[Values]) -> None:
    """Rows in any order; a missing and a made-up row are one miss where they are but one row read wrongly."""
    tally.facts[part] += len(expected)
    missing = list((Counter(expected) - Counter(found)).elements())
    extra = list((Counter(found) - Counter(expected)).elements())
    for row in missing:
        nearest = max(extra, key=lambda other: sum(a == b for a, b in zip(row, other, strict=True)), default=None)
        if nearest is not None:
            extra.remove(nearest)
        tally.misses.append(Miss(part, where, row, nearest))
    tally.misses += [Miss(part, where, None, row) for row in extra]


# -- forms ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Form:
    """A form with how it is printed and what was read of it."""

    form: Form
    layout: Layout
    found: Read
    number: int

    @property
    def is_department(self) -> bool:
        return isinstance(self.form, DepartmentForm)

    @property
    def kind(self) -> str:
        return self.form.kind if isinstance(self.form, ProjectForm) else "department_self_evaluation"

    @property
    def is_stepwise(self) -> bool:
        """Operator, value and unit in cells of their own, with advice below."""
        return self.layout.target_cells == 3 and self.kind in ("project_self_evaluation", "department_self_evaluation")

    def rows(self, table: str) -> list[Row]:
        return self.found.of_form(table, self.number)

    def yuan(self, amount: Decimal | None) -> Decimal | None:
        return in_yuan(amount, self.layout.form_unit)


Part = tuple[list[Values], list[Values]]


def head(one: _Form) -> Part:
    form = one.form
    project = form if isinstance(form, ProjectForm) else None
    named = (project.project_name, project.unit_name, project.central_department) if project else (None, None, None)
    grade = None if one.is_stepwise or form.total_score is None else form.grade
    expected = (one.kind, form.fiscal_year, form.department_name, *named, grade)
    columns = ("form_kind", "fiscal_year", "department_name", "project_name", "unit_name", "central_department_name", "grade")
    return [expected], picked(one.rows("evaluations"), *columns)


def texts(one: _Form) -> Part:
    form = one.form
    is_transfer = one.kind == "transfer_payment_self_evaluation"
    problems, note = (None, form.problems) if is_transfer else (form.problems or None, None)
    expected = (form.conclusion or None, problems, form.improvements or None, note)
    return [expected], picked(one.rows("evaluations"), "conclusion", "problems", "improvements", "note")


def total_score(one: _Form) -> Part:
    return [(one.form.total_score,)], picked(one.rows("evaluations"), "total_score")


def _own_fundings(one: _Form) -> list[Row]:
    """The rows of the money part: not the total line of the tasks, not the line of the department's initial budget."""
    rows = one.rows("fundings")
    return [row for row in rows if row["funding_source"] != "金额合计" and not row["funding_source"].startswith("部门年初预算")]


def _printed_fundings(one: _Form) -> tuple[Funding, ...]:
    return () if one.is_department and one.is_stepwise else one.form.fundings


def fundings(one: _Form) -> Part:
    def expected(entry: Funding) -> Values:
        money_ = (one.yuan(entry.initial_budget), one.yuan(entry.adjusted_budget), one.yuan(entry.executed))
        return (entry.source, *money_, None if entry.rate is None else half_up(entry.rate), entry.weight, entry.score)

    columns = ("initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score")
    return [expected(entry) for entry in _printed_fundings(one)], picked(_own_fundings(one), "funding_source", *columns)


def funding_reasons(one: _Form) -> Part:
    expected: list[Values] = [(entry.source, entry.reason or None) for entry in _printed_fundings(one)]
    return expected, picked(_own_fundings(one), "funding_source", "reason")


def initial_budget(one: _Form) -> Part:
    """The line with the department's initial income and expenditure, which only the form with advice below has."""
    expected: list[Values] = []
    if isinstance(one.form, DepartmentForm) and one.is_stepwise:
        expected = [("收入", one.yuan(one.form.initial_income)), ("支出", one.yuan(one.form.initial_expenditure))]
    rows = [row for row in one.rows("fundings") if row["funding_source"].startswith("部门年初预算")]
    found = picked(rows, "funding_source", "initial_budget_yuan")
    return expected, [(source.removeprefix("部门年初预算")[:2], amount) for source, amount in found]


def _task_total(one: _Form) -> list[Row]:
    """The total line of the tasks is money of the form as a whole: a row of its funding."""
    return [row for row in one.rows("fundings") if row["funding_source"] == "金额合计"]


def task_total(one: _Form) -> Part:
    whole = one.form.task_total if isinstance(one.form, DepartmentForm) else None
    expected: list[Values] = [(one.yuan(whole.budget), one.yuan(whole.executed))] if whole else []
    return expected, picked(_task_total(one), "adjusted_budget_yuan", "executed_yuan")


def task_total_score(one: _Form) -> Part:
    whole = one.form.task_total if isinstance(one.form, DepartmentForm) else None
    scored = (whole.weight, whole.score) if whole and one.is_stepwise else (None, None)
    expected: list[Values] = [(half_up(whole.rate), *scored)] if whole else []
    return expected, picked(_task_total(one), "execution_rate_pct", "weight", "score")


def tasks(one: _Form) -> Part:
    expected: list[Values] = [
        (
            *(t.name, t.content, one.yuan(t.budget), one.yuan(t.executed), half_up(t.rate)),
            *((t.weight, t.score) if one.is_stepwise else (None, None)),
            t.result or None,
        )
        for t in (one.form.tasks if isinstance(one.form, DepartmentForm) else ())
    ]
    columns = ("task_name", "content", "budget_yuan", "executed_yuan", "execution_rate_pct", "weight", "score", "result_text")
    return expected, picked(one.rows("tasks"), *columns)


def goals(one: _Form) -> Part:
    return [(goal.target,) for goal in one.form.goals], picked(one.rows("goals"), "goal_text")


def results(one: _Form) -> Part:
    return [(goal.result or None,) for goal in one.form.goals], picked(one.rows("goals"), "result_text")


INDICATOR_COLUMNS = (
    *("level3", "level1", "level2", "operator", "target_text", "target_value", "unit", "actual_text", "actual_value"),
    *("weight", "score", "reason", "improvement"),
)


def indicators(one: _Form) -> Part:
    """Levels (filled down), target in its parts and as printed, result, weight and score, and what is said of a miss."""

    def expected(entry: Indicator) -> Values:
        measured = entry.operator is not None
        printed = entry.target if one.is_stepwise else f"{entry.operator or ''}{entry.target}{entry.unit}"
        target = (entry.operator, printed, Decimal(entry.target) if measured else None, entry.unit or None)
        result = Decimal(entry.actual.removesuffix(entry.unit)) if measured and entry.actual else None
        said: Values = (entry.reason or None, (entry.improvement or None) if one.is_stepwise else None)
        if one.kind == "project_target":
            said = (None, None)
        return (entry.name, entry.level1, entry.level2, *target, entry.actual or None, result, entry.weight, entry.score, *said)

    return [expected(entry) for entry in one.form.indicators], picked(one.rows("indicators"), *INDICATOR_COLUMNS)


def attainment(one: _Form) -> Part:
    """Whether a target was reached. What no comparison of numbers tells may stay open, but is never told wrongly."""
    told = picked(one.rows("indicators"), "level3", "attained")
    open_names = {name for name, given in told if given is None}
    expected: list[Values] = []
    for entry in one.form.indicators:
        may_stay_open = entry.operator is None and entry.name in open_names
        expected.append((entry.name, None if may_stay_open or not entry.actual else entry.attained))
    return expected, told


def advice(one: _Form) -> Part:
    """Options that are ticked or written beside; an option left empty says nothing."""
    printed = one.form.advice if one.is_stepwise else ()
    expected: list[Values] = [(a.block, a.option, a.is_checked, a.text or None) for a in printed if a.is_checked or a.text]
    return expected, picked(one.rows("advices"), "block", "option", "is_checked", "text")


_MONEY_PARTS = (fundings, funding_reasons, initial_budget, task_total, task_total_score, tasks)
PARTS: dict[str, Callable[[_Form], Part]] = {
    part.__name__: part for part in (head, texts, total_score, *_MONEY_PARTS, goals, results, indicators, attainment, advice)
}


def form_part(part: str, report: Report, layout: Layout, found: Read, number: int) -> Part:
    """Expected and found rows of a part of a form (numbered from 1), both in printed order."""
    return PARTS[part](_Form(report.forms[number - 1], layout, found, number))


def _forms(tally: Tally, found: Read, report: Report, layout: Layout) -> None:
    read = found.rows.get("evaluations", [])
    tally.one("form", "count", len(report.forms), len(read))
    before = ""
    for number, form in enumerate(report.forms, 1):
        where = f"form {number}"
        if number <= len(read) and (not layout.untitled_forms or form.title != before):
            tally.one("head", f"{where} title", form.title, _bare(read[number - 1]["form_title"]))
        before = form.title
        for part in PARTS:
            expected, given = form_part(part, report, layout, found, number)
            if layout.wide_digits:
                expected, given = _narrow(expected), _narrow(given)
            _in_order(tally, part, where, expected, given)


def _narrow(rows: list[Values]) -> list[Values]:
    return [tuple(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value for value in row) for row in rows]


def _in_order(tally: Tally, part: str, where: str, expected: list[Values], found: list[Values]) -> None:
    """Rows in order, value by value; rows are told by their first value where some are missing or made up."""
    tally.facts[part] += sum(len(row) for row in expected)
    if len(expected) == len(found):
        pairs = list(zip(expected, found, strict=True))
    else:
        pairs = []
        blocks = SequenceMatcher(None, [row[0] for row in expected], [row[0] for row in found], autojunk=False).get_matching_blocks()
        at, seen = 0, 0
        for block in blocks:
            for row in expected[at : block.a]:
                tally.misses.append(Miss(part, where, row, None))
            for row in found[seen : block.b]:
                tally.misses.append(Miss(part, where, None, row))
            pairs += zip(expected[block.a : block.a + block.size], found[block.b : block.b + block.size], strict=True)
            at, seen = block.a + block.size, block.b + block.size
    for row, given in pairs:
        for index, (value, other) in enumerate(zip(row, given, strict=True)):
            if value != other:
                tally.misses.append(Miss(f"{part}.{index}", f"{where} {row[0]}", value, other))


# -- running text -----------------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"(?<![\d.])(\d+\.\d\d)(万元|%)")


def _measures(tally: Tally, found: Read, report: Report) -> None:
    """The figures whose year the typesetter knows, and all sums of money and rates of the text with their unit."""
    rows = [row for row in found.rows.get("statements", []) if row["form_no"] is None]
    dated = Counter((row["value"], row["unit"], row["fiscal_year"]) for row in rows)
    printed_sentences = {paragraph for section in report.sections for paragraph in section.paragraphs}
    for measure in report.measures:
        if not any(measure.sentence in paragraph for paragraph in printed_sentences):
            continue  # the kind of report leaves it out
        key = (measure.value, measure.unit, measure.fiscal_year)
        tally.facts["measures"] += 1
        if dated[key]:
            dated[key] -= 1
        else:
            near = [row for row in rows if row["value"] == measure.value]
            tally.misses.append(Miss("measures", measure.sentence, key, picked(near, "value", "unit", "fiscal_year", "sentence")))
    text = [paragraph for section in report.sections if section.part != "terms" for paragraph in section.paragraphs]
    expected = [(Decimal(value), unit) for paragraph in text for value, unit in _FIGURE.findall(paragraph)]
    tally.facts["prose"] += len(expected)
    missing = Counter(expected) - Counter(picked(rows, "value", "unit"))
    for value, unit in missing.elements():
        sentence = next(paragraph for paragraph in text if f"{value}{unit}" in paragraph)
        tally.misses.append(Miss("prose", sentence, (value, unit), None))
