"""One definition of every table: staged schemas, dbt's YAML and the published warehouse agree with it."""

from dataclasses import replace

import pytest

from flows.query import run_query
from flows.settings import Settings
from flows.tables import definitions
from flows.tables.dbt_yaml import PROJECT, documents, views
from flows.tables.definitions import Column, columns, missing_names, published_tables, tables
from flows.tables.validation import validate


def test_dbt_yaml_is_what_the_definitions_say() -> None:
    for name, text in documents().items():
        assert (PROJECT / "models" / name).read_text(encoding="utf8") == text, f"{name}: run python -m flows.tables.dbt_yaml"


def test_no_view_of_cn_is_left_of_a_table_that_is_gone() -> None:
    assert {f"cn/{path.name}" for path in (PROJECT / "models" / "cn").glob("*.sql")} == set(views())


def test_every_published_table_and_column_has_its_chinese_name() -> None:
    assert not missing_names(), "\n".join(missing_names())


def test_a_column_without_a_chinese_name_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tables("marts")["bureau_year"]
    nameless = replace(table, columns=(*table.columns, Column("new_yuan", "money", "something new, 元", "新的金额（元）")))
    monkeypatch.setattr(definitions, "published_tables", lambda: [nameless])
    (told,) = missing_names()
    assert "new_yuan (in marts.bureau_year; 新的金额（元）)" in told
    assert 'add `new_yuan = "…"` to [columns] of flows/tables/cn.toml' in told


def test_every_chinese_name_is_of_something_published() -> None:
    names = definitions.chinese_names()
    assert set(names["tables"]) == {table.name for table in published_tables()}
    assert set(names["columns"]) == {name for table in published_tables() for name in table.column_names}


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
        "cell_no": 1,
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


@pytest.mark.slow
def test_schema_cn_holds_the_same_rows_under_chinese_names(sample_warehouse: Settings) -> None:
    for table in published_tables():
        named = ", ".join(f"{column.cn} as {column.name}" for column in table.columns)
        there, rows = run_query(sample_warehouse.database, f"select {named} from cn.{table.cn} order by all")
        names, same = run_query(sample_warehouse.database, f"select * from {table.schema}.{table.name} order by all")
        assert (there, rows) == (names, same), table.name
        described = run_query(sample_warehouse.database, f"describe cn.{table.cn}")[1]
        assert [(name, kind.lower()) for name, kind, *_ in described] == [(column.cn, column.sql_type) for column in table.columns]


@pytest.mark.slow
@pytest.mark.parametrize(
    "mart", ["bureau_year", "measure_history", "project_history", "indicator_history", "account_history", "bureau_comparison"]
)
def test_schema_cn_can_be_asked_as_of_a_day(sample_warehouse: Settings, mart: str) -> None:
    table = tables("marts")[mart]
    names, rows = run_query(sample_warehouse.database, f"select * from cn.{table.cn}_截至(date '2023-12-31') order by all")
    assert names == [column.cn for column in table.columns]
    assert rows == run_query(sample_warehouse.database, f"select * from marts.{mart}_as_of(date '2023-12-31') order by all")[1]
    assert rows


@pytest.mark.slow
def test_tables_are_found_without_a_prefix(sample_warehouse: Settings) -> None:
    (plain,) = run_query(sample_warehouse.database, "select count(*) from 部门年度")[1]
    assert plain == run_query(sample_warehouse.database, "select count(*) from bureau_year")[1][0]
    assert plain > (0,)
