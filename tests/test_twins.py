"""One report in two formats is one report with two files: nothing is counted twice, and where the two differ the audit says so."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from flows.query import run_query
from flows.twins import second_files
from flows.typeset import Layout, Report, load_samples, typeset
from tests.conftest import run_job

pytestmark = pytest.mark.slow


def misprinted(report: Report) -> Report:
    """The report with the first amount of its second table 10,000 元 too high."""
    first, second, *others = report.tables
    block = second.blocks[0]
    line = replace(block.lines[0], amounts=(block.lines[0].amounts[0] + Decimal(10_000), *block.lines[0].amounts[1:]))
    block = replace(block, lines=(line, *block.lines[1:]))
    return replace(report, tables=(first, replace(second, blocks=(block, *second.blocks[1:])), *others))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same final accounts as PDF and, with one misprint, as text; and those of another year as text alone."""
    raw = tmp_path_factory.mktemp("twins")
    one, other = load_samples()[:2]
    for report, layout in ((one, Layout("pdf")), (misprinted(one), Layout("tab_led")), (other, Layout("tab_led"))):
        for name, content in typeset(report, layout).items():
            (raw / name).write_bytes(content)
    return run_job(raw, tmp_path_factory.mktemp("warehouse")).database


def rows(database: Path, sql: str) -> list[tuple]:
    return run_query(database, sql)[1]


def test_the_second_file_names_the_one_that_counts(built: Path) -> None:
    found = rows(
        built,
        "select one.format, other.format from marts.dim_report one left join marts.dim_report other on one.twin_of = other.report_key"
        " order by one.fiscal_year, one.format",
    )
    assert found == [("pdf", None), ("text", "pdf"), ("text", None)]


def test_the_summary_of_a_run_tells_which_file_counts_through_which(built: Path) -> None:
    ((second, counted),) = second_files(built)
    assert (second.rpartition(".")[0], second[-4:], counted[-4:]) == (counted.rpartition(".")[0], ".txt", ".pdf")


def test_no_fact_is_counted_twice(built: Path) -> None:
    for table in ("fct_account", "fct_evaluation", "fct_funding", "fct_indicator", "fct_statement"):
        assert rows(
            built, f"select distinct r.format, r.twin_of is null from marts.{table} f join marts.dim_report r using (report_key)"
        ) in (
            [("pdf", True), ("text", True)],
            [("text", True), ("pdf", True)],
        )


def test_every_number_of_the_second_file_leads_to_the_fact_that_counts(built: Path) -> None:
    sql = (
        "select n.disposition, count(*) from ops.numbers n join marts.dim_report r using (report_key)"
        " left join marts.fct_account a on n.fact_id = a.fact_id and a.report_key = r.twin_of"
        " where r.twin_of is not null and n.part = 'account_table' and n.column_read = 'amount'"
        " and (a.fact_id is not null) = (n.disposition = 'fact') group by all order by 1"
    )
    [(context, different), (fact, same)] = rows(built, sql)
    assert (context, different, fact) == ("context", 1, "fact")
    assert same > 100


def test_what_differs_is_a_finding_and_nothing_else_is(built: Path) -> None:
    [(printed, expected, message)] = rows(built, "select printed, expected, message from audit.findings where rule_id = 'files_differ'")
    assert Decimal(printed) - Decimal(expected) == 10_000
    assert "示例市" in message
    assert rows(built, "select count(*) from audit.findings where rule_id = 'only_in_one_file'") == [(0,)]
