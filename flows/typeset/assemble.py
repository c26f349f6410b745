"""Makes the sample reports: facts of a year become tables, forms and prose."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.typeset import prose
from flows.typeset.budget_tables import budget_tables
from flows.typeset.evaluation import department_form, project_form, project_targets, transfer_form
from flows.typeset.facts import Bureau, Form, Report
from flows.typeset.layouts import LAYOUTS, Layout
from flows.typeset.ledger import Ledger, keep_ledger
from flows.typeset.slips import with_slips
from flows.typeset.small import small_report
from flows.typeset.source import Facts, facts_of_year, read_toml, sample_files, small_files
from flows.typeset.standard_tables import final_accounts_tables


@dataclass(frozen=True)
class Sample:
    """A report and the layout its bureau publishes it in."""

    report: Report
    layout: Layout


def read_samples() -> list[Sample]:
    """All samples, bureau by bureau and year by year."""
    classification = read_toml("classification.toml")
    return [sample for name in sample_files() for sample in _samples_of(read_toml(name), classification)]


def read_small_samples() -> list[Sample]:
    """The small reports, which show what becomes of bureaus and editions."""
    classification = read_toml("classification.toml")
    books = [read_toml(name) for name in small_files()]
    return [
        Sample(small_report(facts, classification), LAYOUTS[layout])
        for book in books
        for facts in book["report"]
        for layout in facts.get("layouts", book["layouts"])
    ]


def _samples_of(book: Facts, classification: Facts) -> Iterator[Sample]:
    bureau = _bureau(book["bureau"])
    previous = book["previous"]
    before: Ledger | None = None
    opening = Decimal(0)
    for year in book["years"]:
        facts = facts_of_year(book, year)
        ledger = keep_ledger(facts, year, opening, classification["function"])
        if facts.get("budget") and before:
            budget = budget_report(facts, bureau, ledger, before, classification)
            yield Sample(budget, LAYOUTS[facts["budget"]["layout"]])
        if facts.get("restated_previous_total"):
            previous = previous | {"total": facts["restated_previous_total"]}
        report = final_accounts_report(facts, bureau, ledger, previous, classification)
        yield Sample(report, LAYOUTS[facts["layout"]])
        previous = {
            "total": ledger.grand_total,
            "three_public": ledger.three_public.total,
            "running": ledger.operating,
        }
        before, opening = ledger, ledger.closing


def _bureau(facts: Facts) -> Bureau:
    return Bureau(
        name=facts["name"],
        province=facts["province"],
        prefecture=facts["prefecture"],
        county=facts.get("county"),
        admin_level=facts["admin_level"],
        sector=facts["sector"],
        units=tuple(facts["units"]),
    )


def final_accounts_report(facts: Facts, bureau: Bureau, ledger: Ledger, previous: Facts, classification: Facts) -> Report:
    """The final accounts of a year, with what the year before came to beside them."""
    forms = _forms(facts, ledger)
    return Report(
        bureau=bureau,
        fiscal_year=ledger.year,
        kind="department_final_accounts",
        title=f"{bureau.name}{ledger.year}年度部门决算",
        published_on=facts["published_on"],
        unit="万元",
        sections=(
            *prose.overview(facts, bureau, ledger.year),
            *prose.explanation(facts, ledger, previous, forms),
            *prose.terms(),
        ),
        tables=with_slips(final_accounts_tables(ledger, classification, facts["bureau"]), facts, ledger.year),
        forms=forms,
    )


def budget_report(facts: Facts, bureau: Bureau, ledger: Ledger, before: Ledger, classification: Facts) -> Report:
    """The budget of a year, compared with that of the year before."""
    return Report(
        bureau=bureau,
        fiscal_year=ledger.year,
        kind="department_budget",
        title=f"{bureau.name}{ledger.year}年部门预算",
        published_on=facts["budget"]["published_on"],
        unit="元",
        sections=(
            *prose.budget_overview(facts, bureau),
            *prose.budget_explanation(facts, ledger, before),
            *prose.terms(),
        ),
        tables=budget_tables(ledger, classification),
        forms=tuple(project_targets(project, facts, ledger.year) for project in facts["project"]),
    )


def _forms(facts: Facts, ledger: Ledger) -> tuple[Form, ...]:
    return (
        department_form(facts, ledger),
        *(project_form(project, facts, ledger.year) for project in facts["project"]),
        *(transfer_form(transfer, facts, ledger.year) for transfer in facts.get("transfer", ())),
    )
