"""The dbt project as its manifest has it: names, grains, contracts, access, descriptions in both languages, and what is tested."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.project import copy_of_published, dbt, tell_freshness, write_docs
from flows.settings import Settings
from flows.tables.definitions import TableDefinition, published_tables, tables

# Tables whose rows have no key: a thing is refused as often as it is found.
KEYLESS = {"set_aside"}
PUBLISHED = pytest.mark.parametrize("table", published_tables(), ids=lambda table: table.name)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    target = tmp_path_factory.mktemp("parsed")
    done = dbt(target / "jixiao.duckdb", target, "parse")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((target / "manifest.json").read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


@pytest.fixture(scope="module")
def tests_of(manifest: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Model → its generic tests: name, column, arguments."""
    found: dict[str, list[dict[str, Any]]] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            about = {"column": node["column_name"], **node["test_metadata"], "enabled": node["config"]["enabled"]}
            found.setdefault(node["attached_node"].split(".")[-1], []).append(about)
    return found


@PUBLISHED
def test_a_published_model_is_public_and_keeps_its_contract(models: dict[str, dict[str, Any]], table: TableDefinition) -> None:
    for name in (table.name, f"cn_{table.name}"):
        assert models[name]["access"] == "public"
        assert models[name]["config"]["contract"]["enforced"], name
        assert models[name]["schema"] == ("cn" if name.startswith("cn_") else table.schema)
    types = {name: column["data_type"] for name, column in models[table.name]["columns"].items()}
    assert types == {column.name: column.sql_type for column in table.columns}


@PUBLISHED
def test_a_published_model_begins_with_its_grain_and_describes_every_column(
    models: dict[str, dict[str, Any]], table: TableDefinition
) -> None:
    assert models[table.name]["description"] == f"粒度：{table.grain_zh}。｜Grain: {table.grain_en}."
    assert models[f"cn_{table.name}"]["description"].startswith(f"{table.cn}：{table.grain_zh}")
    for name in (table.name, f"cn_{table.name}"):
        for column in models[name]["columns"].values():
            chinese, english = column["description"].split("｜")
            assert chinese.strip() and re.search("[A-Za-z]", english), (name, column["name"])


@PUBLISHED
def test_the_grain_of_a_published_model_is_tested(tests_of: dict[str, list[dict[str, Any]]], table: TableDefinition) -> None:
    if table.name in KEYLESS:
        return
    kinds = [(test["name"], test["column"], test["kwargs"].get("columns")) for test in tests_of[table.name] if test["enabled"]]
    (first, *others) = table.key
    expected = ("unique_together", None, list(table.key)) if others else ("unique", first, None)
    assert expected in kinds


@PUBLISHED
def test_every_relation_of_a_published_model_is_tested(tests_of: dict[str, list[dict[str, Any]]], table: TableDefinition) -> None:
    tested = {test["column"] for test in tests_of.get(table.name, []) if test["name"] == "relationships"}
    assert tested == set(table.relations)


def test_spans_of_years_do_not_overlap(tests_of: dict[str, list[dict[str, Any]]]) -> None:
    assert any(test["name"] == "spans_apart" for test in tests_of["dim_bureau"])


def test_inner_models_are_private_and_say_what_they_are(models: dict[str, dict[str, Any]]) -> None:
    published = {table.name for table in published_tables()} | {f"cn_{table.name}" for table in published_tables()}
    inner = {name: model for name, model in models.items() if name not in published | set(tables("versions"))}
    assert inner
    for name, model in inner.items():
        assert re.fullmatch(r"(stg|int)_[a-z_]+", name), f"{name}: neither published nor named as an inner model"
        assert model["access"] == "private", name
        assert model["description"], f"{name}: its first comment should say what a row is (then make schema)"


@pytest.mark.parametrize("table", tables("versions").values(), ids=lambda table: table.name)
def test_versions_of_a_mart_have_its_columns_and_a_tested_grain(
    models: dict[str, dict[str, Any]], tests_of: dict[str, list[dict[str, Any]]], table: TableDefinition
) -> None:
    assert models[table.name]["config"]["contract"]["enforced"]
    assert models[table.name]["schema"] == "versions"
    assert list(models[table.name]["columns"]) == [*models[table.name.removesuffix("_version")]["columns"], "known_to"]
    assert ("unique_together", list(table.key)) in [(test["name"], test["kwargs"].get("columns")) for test in tests_of[table.name]]


def test_only_staging_takes_what_was_landed(models: dict[str, dict[str, Any]]) -> None:
    takers = {name for name, model in models.items() if any(node.startswith("source.") for node in model["depends_on"]["nodes"])}
    assert {name for name in takers if not name.startswith("stg_")} == set()


def test_sources_are_described_and_the_ones_that_age_have_a_freshness(manifest: dict[str, Any]) -> None:
    sources = {(source["source_name"], source["name"]): source for source in manifest["sources"].values()}
    assert set(sources) == {(schema, name) for schema in ("staged", "landing") for name in tables(schema)}
    aging = {name for name, source in sources.items() if source["freshness"] and source["freshness"]["warn_after"]["count"]}
    assert aging == {("landing", "runs"), ("landing", "files"), ("staged", "reports")}


def test_exposures_name_what_uses_the_marts(manifest: dict[str, Any]) -> None:
    exposures = {exposure["name"]: exposure for exposure in manifest["exposures"].values()}
    assert set(exposures) == {"export", "dashboard", "explain", "question_gallery"}
    used = {node.split(".")[-1] for node in exposures["export"]["depends_on"]["nodes"]}
    assert used == {table.name for table in published_tables()}


@pytest.mark.slow
def test_the_docs_are_one_page_that_needs_no_network(sample_warehouse: Settings, tmp_path: Path) -> None:
    page = write_docs(sample_warehouse, tmp_path)
    text = page.read_text(encoding="utf8")
    assert json.dumps("每个部门每个年度一行")[1:-1] in text and "What China's public bureaus publish" in text
    assert not re.findall(r"""(?:src|href)=["']https?://(?!\[)[^"']+""", text)
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "parsed"}


@pytest.mark.slow
def test_a_warehouse_that_was_just_built_is_fresh(sample_warehouse: Settings, tmp_path: Path) -> None:
    told, is_fresh = tell_freshness(sample_warehouse, tmp_path)
    assert is_fresh, told
    assert "PASS freshness of landing.runs" in told


@pytest.mark.slow
def test_overlapping_spans_and_figures_out_of_bounds_fail_a_build(sample_warehouse: Settings, tmp_path: Path) -> None:
    broken = copy_of_published(sample_warehouse, tmp_path)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("create temp table again as select * replace (valid_to_year - 1 as valid_from_year) from marts.dim_bureau")
        connection.execute("insert into marts.dim_bureau select * from again")
        connection.execute("update marts.dim_bureau_alias set confidence = 1.5")
    done = dbt(broken, tmp_path / "target", "test", "--select", "test_name:spans_apart", "test_name:within")
    failed = set(re.findall(r"Failure in test (\w+)", done.stdout))
    assert {name.split("_dim_bureau")[0] for name in failed} == {"spans_apart", "within"}, done.stdout
