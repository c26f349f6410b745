"""One definition of every table: staged schemas, dbt's YAML and the published warehouse agree with it."""

import pytest

from flows.query import run_query
from flows.settings import Settings
from flows.tables.dbt_yaml import PROJECT, documents
from flows.tables.definitions import columns, tables
from flows.tables.validation import validate


def test_dbt_yaml_is_what_the_definitions_say() -> None:
    for name, text in documents().items():
        assert (PROJECT / "models" / name).read_text(encoding="utf8") == text, f"{name}: run python -m flows.tables.dbt_yaml"


def test_every_column_is_described_in_both_languages() -> None:
    for column in columns().values():
        assert column.en.strip() and column.zh.strip(), column.name


def test_every_dictionary_column_is_used() -> None:
    used = {
        name
        for schema in ("staged", "landing", "marts", "audit", "ops")
        for table in tables(schema).values()
        for name in table.column_names
    }
    assert set(columns()) - used == set()


def test_every_mart_states_its_grain() -> None:
    for schema in ("marts", "audit", "ops"):
        for table in tables(schema).values():
            assert table.grain_en and table.grain_zh
            assert table.key or table.name == "set_aside"


def test_a_row_that_breaks_its_schema_is_handed_back_with_the_rule() -> None:
    good = {
        "report_key": "a",
        "fact_id": "1",
        "source_ref": "L1",
        "table_ref": "L1",
        "occurrence": 1,
        "fiscal_year": 2023,
        "side": "income",
    }
    wrong_year = good | {"fact_id": "2", "fiscal_year": 23}
    wrong_side = good | {"fact_id": "3", "side": "left"}
    too_wide = good | {"fact_id": "4", "amount_yuan": "1" * 30}
    frame, refused = validate("accounts", [good, wrong_year, wrong_side, too_wide])
    assert frame["fact_id"].to_list() == ["1"]
    assert sorted((row["fact_id"], rule.split("：")[0]) for row, rule in refused) == [
        ("2", "fiscal_year"),
        ("3", "side"),
        ("4", "amount_yuan"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("schema", ["marts", "audit", "ops"])
def test_the_published_warehouse_keeps_the_contract(sample_warehouse: Settings, schema: str) -> None:
    _, found = run_query(
        sample_warehouse.database,
        f"select table_name, column_name, lower(data_type) from information_schema.columns where table_schema = '{schema}' order by ordinal_position",
    )
    for table in tables(schema).values():
        there = [(name, kind) for owner, name, kind in found if owner == table.name]
        assert there == [(column.name, column.sql_type) for column in table.columns], table.name
