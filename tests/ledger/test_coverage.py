"""The published ledger: ops.numbers and ops.coverage of the sample reports."""

import pytest

from flows.query import run_query
from flows.settings import Settings
from flows.tables.definitions import tables

pytestmark = pytest.mark.slow

FORMS = {
    "project_self_evaluation",
    "department_self_evaluation",
    "transfer_payment_self_evaluation",
    "key_evaluation",
    "project_target",
    "project_monitoring",
    "task_list",
}
KINDS = "count(*), count(*) filter (where disposition = 'fact'), count(*) filter (where disposition = 'context'), count(*) filter (where disposition = 'unclaimed')"


def rows(where: Settings, sql: str) -> list[tuple]:
    return run_query(where.database, sql)[1]


def fact_tables() -> list[str]:
    return [name for name in tables("marts") if name.startswith("fct_")]


def test_every_part_sums_up_the_numbers_it_holds(sample_warehouse: Settings) -> None:
    counted = rows(sample_warehouse, f"select report_key, part, {KINDS} from ops.numbers group by 1, 2 order by 1, 2")
    covered = rows(
        sample_warehouse,
        "select report_key, part, numbers, facts, context, unclaimed from ops.coverage where part <> 'all' order by 1, 2",
    )
    assert counted == covered != []


def test_one_row_for_all_of_each_report(sample_warehouse: Settings) -> None:
    counted = rows(sample_warehouse, f"select report_key, {KINDS} from ops.numbers group by 1 order by 1")
    covered = rows(
        sample_warehouse, "select report_key, numbers, facts, context, unclaimed from ops.coverage where part = 'all' order by 1"
    )
    assert counted == covered
    understood = rows(sample_warehouse, "select report_key from dim_report where status <> 'set_aside' order by 1")
    assert [(report,) for report, *_ in covered] == understood != []


def test_the_dispositions_add_up(sample_warehouse: Settings) -> None:
    assert rows(sample_warehouse, "select * from ops.coverage where facts + context + unclaimed <> numbers or numbers = 0") == []
    off = "select * from ops.coverage where abs(unclaimed_pct - unclaimed * 100.0 / numbers) > 0.01"
    assert rows(sample_warehouse, off) == []
    found = {name for (name,) in rows(sample_warehouse, "select distinct disposition from ops.numbers")}
    assert {"fact", "context"} <= found <= {"fact", "context", "unclaimed"}


def test_digits_are_counted_for_the_whole_report_only_and_agree(sample_warehouse: Settings) -> None:
    assert (
        rows(
            sample_warehouse,
            "select * from ops.coverage where (part = 'all') <> (digits_in_file is not null) or (part = 'all') <> (digits_read is not null)",
        )
        == []
    )
    assert rows(sample_warehouse, "select * from ops.coverage where digits_in_file <> digits_read") == []


def test_parts_are_kinds_of_forms_tables_and_text(sample_warehouse: Settings) -> None:
    parts = {part for (part,) in rows(sample_warehouse, "select distinct part from ops.coverage")}
    assert parts <= FORMS | {"account_table", "table", "text", "all"}
    assert {"project_self_evaluation", "department_self_evaluation", "account_table", "text", "all"} <= parts
    without = rows(sample_warehouse, "select part from ops.numbers where part = 'all'")
    assert without == []


def test_every_fact_named_is_among_the_facts_of_its_report_or_of_the_file_that_counts(sample_warehouse: Settings) -> None:
    facts: set[tuple] = set()
    for table in fact_tables():
        facts.update(rows(sample_warehouse, f"select report_key, fact_id from {table}"))
    named = rows(
        sample_warehouse,
        "select coalesce(twin_of, report_key), fact_id, other_fact_ids from ops.numbers join dim_report using (report_key)"
        " where disposition = 'fact'",
    )
    assert named
    for report, fact, others in named:
        assert all((report, one) in facts for one in [fact, *(others or "").split()])
    assert (
        rows(sample_warehouse, "select * from ops.numbers where disposition <> 'fact' and (fact_id is not null or column_read is not null)")
        == []
    )


def test_every_amount_of_a_table_is_carried_by_a_number(sample_warehouse: Settings) -> None:
    """A fact read from a printed cell shows in the ledger: no amount comes from nowhere."""
    named = {one for fact, others in rows(sample_warehouse, "select fact_id, other_fact_ids from ops.numbers where fact_id is not null") for one in [fact, *(others or "").split()]}  # fmt: skip
    amounts = {fact for (fact,) in rows(sample_warehouse, "select fact_id from fct_account")}
    assert amounts and amounts <= named


def test_numbers_are_numbered_in_reading_order(sample_warehouse: Settings) -> None:
    sql = "select report_key, count(*), min(number_no), max(number_no), count(distinct number_no) from ops.numbers group by 1"
    for _, count, first, last, distinct in rows(sample_warehouse, sql):
        assert (first, last, distinct) == (1, count, count)
