"""300 numbers of the ledger drawn at random over all real reports and read by hand: the list with its verdicts stands in tests/golden.

``verdict`` is what a reader of the report said of the row as it then was; ``reclassed`` what the ledger says now where that has changed since.
"""

import csv

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.support.statement_key import GOLDEN

pytestmark = [pytest.mark.real, pytest.mark.slow]


def sample() -> list[dict[str, str]]:
    with (GOLDEN / "ledger" / "sample.csv").open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_sample_was_rightly_classed() -> None:
    rows = sample()
    assert len(rows) == 300
    assert {row["verdict"] for row in rows} <= {"right", "wrong"}
    assert sum(row["verdict"] == "right" for row in rows) >= 0.985 * len(rows)
    assert not [row["no"] for row in rows if row["disposition"] == "context" and row["verdict"] == "wrong"], "no measure hides as context"


def test_the_ledger_still_says_so(real_warehouse: Settings) -> None:
    found = run_query(
        real_warehouse.database,
        "select file_name, source_ref, printed, disposition from ops.numbers join marts.dim_report using (report_key)",
    )[1]
    now = {(file, place, printed): disposition for file, place, printed, disposition in found}
    changed = {
        row["no"]: (row["printed"], now.get((row["file"], row["source_ref"], row["printed"])))
        for row in sample()
        if now.get((row["file"], row["source_ref"], row["printed"])) != (row["reclassed"] or row["disposition"])
    }
    assert not changed
