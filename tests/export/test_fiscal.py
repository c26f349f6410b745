"""The Open Fiscal Data Package validates: its descriptor by the profile's published schema, its data by the descriptor."""

import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from frictionless import Package

from flows.export.fiscal import resources
from flows.export.write import export
from flows.query import run_query
from flows.settings import Settings

pytestmark = pytest.mark.slow
# Of the budget taxonomy (1.0-rc.1): the types of columns that are used, with the type of data each asks for.
TAXONOMY = {
    "activity:generic:project:code": "string",
    "activity:generic:project:label": "string",
    "administrative-classification:generic:code": "string",
    "administrative-classification:generic:label": "string",
    "budget-line-id": "string",
    "date:fiscal-year": "integer",
    "direction": "string",
    "economic-classification:generic:code": "string",
    "economic-classification:generic:label": "string",
    "fin-source:generic:code": "string",
    "functional-classification:cofog:code": "string",
    "functional-classification:cofog:label": "string",
    "functional-classification:generic:code": "string",
    "functional-classification:generic:label": "string",
    "geo-source:target:code": "string",
    "phase:id": "string",
    "value": "number",
    "value-currency:code": "string",
    "value-kind:code": "string",
}


@pytest.fixture(scope="module")
def package(sample_warehouse: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "out"
    export(sample_warehouse.database, "fiscal-data-package", [], folder, False, lambda name, done, total: None)
    return folder


def descriptor(package: Path) -> dict[str, Any]:
    return json.loads((package / "datapackage.json").read_text(encoding="utf8"))


def test_the_data_are_what_the_descriptor_says(package: Path) -> None:
    report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, [*report.errors, *(error for task in report.tasks for error in task.errors)]
    assert {task.name for task in report.tasks} == {resource.name for resource in resources()}
    assert all(task.stats["rows"] > 0 for task in report.tasks)


def test_a_broken_file_does_not_validate(package: Path, tmp_path: Path) -> None:
    told = descriptor(package)
    for resource in told["resources"]:
        path = tmp_path / resource["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((package / resource["path"]).read_bytes().replace(b"2021", b"MMXXI"))
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_descriptor_keeps_to_the_published_schema_of_the_profile(package: Path) -> None:
    published = distribution("datapackage").locate_file("datapackage/profiles/fiscal-data-package.json")
    schema = json.loads(Path(str(published)).read_text(encoding="utf8"))
    assert not [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(descriptor(package))]


def test_column_types_are_of_the_budget_taxonomy_and_of_its_data_types(package: Path) -> None:
    used = {}
    for resource in descriptor(package)["resources"]:
        for field in [*resource["schema"]["fields"], *resource["schema"].get("extraFields", [])]:
            if "columnType" in field:
                used[field["columnType"]] = field["type"]
    assert used == TAXONOMY


def test_each_label_has_its_code_beside_it(package: Path) -> None:
    for resource in descriptor(package)["resources"]:
        kinds = {field.get("columnType", "") for field in resource["schema"]["fields"]}
        assert {kind.removesuffix("label") + "code" for kind in kinds if kind.endswith(":label")} <= kinds


def test_amounts_have_their_phase_and_currency(package: Path) -> None:
    told = {resource["name"]: resource["schema"] for resource in descriptor(package)["resources"]}
    phases = {field["name"]: field["normalize"]["phase"] for field in told["project-funding"]["fields"] if "normalize" in field}
    assert phases == {"initial_budget_yuan": "approved", "adjusted_budget_yuan": "adjusted", "executed_yuan": "executed"}
    for name in ("budget-lines", "project-funding"):
        constants = {field["name"]: field["constant"] for field in told[name]["extraFields"] if "constant" in field}
        assert constants["currency"] == "CNY"


def test_every_amount_of_the_marts_is_in_the_package(package: Path, sample_warehouse: Settings) -> None:
    lines = package / "data" / "budget-lines.csv"
    found = duckdb.execute(f"select count(*), sum(cast(amount_yuan as decimal(24,4))) from read_csv('{lines}', all_varchar = true)")
    assert (
        found.fetchall()
        == run_query(sample_warehouse.database, "select count(amount_yuan), sum(amount_yuan) from fct_account where known_to is null")[1]
    )


def test_a_phase_is_only_told_where_the_report_tells_it(package: Path) -> None:
    lines = package / "data" / "budget-lines.csv"
    told = duckdb.execute(f"""
        select distinct phase from read_csv('{lines}', all_varchar = true) where column_name = '预算数' and table_no = '07'
        union all select distinct phase from read_csv('{lines}', all_varchar = true) where column_name = '决算数' and table_no = '07'
    """).fetchall()
    assert told == [(None,), ("executed",)]
