"""Every fact the sample reports were typeset from is read back from ``raw/``, figure by figure, and nothing else is found there.

The facts (flows.typeset) know nothing of the readers, so what agrees here was really read.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from flows.typeset import read_samples, typeset
from tests.support.compare import PARTS, Read, account_cells, account_rows, compare, form_part, picked, read_back

RAW = Path(__file__).parents[1] / "raw"
SAMPLES = read_samples()


@cache
def files_of(index: int) -> dict[str, bytes]:
    return typeset(SAMPLES[index].report, SAMPLES[index].layout)


@cache
def read_sample(index: int) -> Read:
    return read_back(RAW / name for name in files_of(index))


def accounts(index: int, position: int):
    """Expected and found rows of an account table (numbered from 0), as they are compared."""
    report = SAMPLES[index].report
    table = report.tables[position]
    found = [r for r in read_sample(index).rows["accounts"] if (r["table_no"], r["table_title"]) == (table.number, table.title)]
    return account_rows(account_cells(table, report.fiscal_year)), account_rows(found)


def compared(index: int, number: int, part: str):
    """Expected and found of a part of a form (numbered from 1)."""
    sample = SAMPLES[index]
    return form_part(part, sample.report, sample.layout, read_sample(index), number)


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
    for identity in read_sample(index).identities:
        assert (identity.kind, identity.fiscal_year, identity.bureau.name) == (report.kind, report.fiscal_year, report.bureau.name)


@every_sample
def test_the_day_of_publication_is_read_sample(index):
    for identity in read_sample(index).identities:
        assert identity.published_on == SAMPLES[index].report.published_on.isoformat()


@every_sample
def test_no_account_table_is_missed_and_none_is_made_up(index):
    expected = [(t.number, t.title, t.unit, not account_cells(t, 0)) for t in SAMPLES[index].report.tables]
    assert picked(read_sample(index).rows["account_tables"], "table_no", "table_title", "amount_unit", "is_empty") == expected


@every_table
def test_every_amount_is_read_back_once_with_its_line_and_whole_header(index, position):
    expected, found = accounts(index, position)
    assert Counter(found) == Counter(expected)


@every_sample
def test_no_form_is_missed_and_none_is_made_up(index):
    assert len(read_sample(index).rows["evaluations"]) == len(SAMPLES[index].report.forms)


@every_part
def test_every_part_of_a_form_is_read_back(index, number, part):
    expected, found = compared(index, number, part)
    assert found == expected


@every_sample
def test_nothing_is_missed_and_nothing_made_up(index):
    sample = SAMPLES[index]
    assert compare(read_sample(index), sample.report, sample.layout).misses == []


def test_the_comparisons_are_not_empty():
    """How much is compared: a part that nothing is expected of would agree whatever is read."""
    facts = Counter({part: sum(len(compared(*case, part)[0]) for case in FORMS) for part in PARTS})
    assert sum(len(accounts(*case)[0]) for case in TABLES) > 2000
    assert facts["indicators"] == facts["attainment"] > 250
    assert facts["fundings"] > 80
    assert min(facts.values()) >= 6
