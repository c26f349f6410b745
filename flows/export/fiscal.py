"""The Open Fiscal Data Package: CSV files and ``datapackage.json``, which says of each column what it is in any country's budget.

It keeps to specification 1.0-rc.1 (a Tabular Data Package whose columns have a ``columnType``) and to the published JSON schema of the
profile, which still asks for the ``model`` of 0.3: both are written from ``fiscal.toml``.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from flows.export.flat import copy_csv
from flows.export.published import Wanted, harmless, identifier, quoted, sorted_sql, wanted
from flows.tables.definitions import Column, columns, tables

_TYPES = {
    "text": "string",
    "int": "integer",
    "bigint": "integer",
    "money": "number",
    "number": "number",
    "percent": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
}
_CURRENCY = "CNY"
_NO_SPREADSHEET = "utf-8"


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the package: its SQL, its columns in order, what each is, its keys and relations."""

    name: str
    title: str
    description: str
    sql: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    column_types: dict[str, str]
    relations: dict[str, str]
    measures: dict[str, str]

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("flows.export").joinpath("fiscal.toml").read_text(encoding="utf8"))


def needed() -> list[Wanted]:
    """The marts that the package is made of."""
    return wanted(["marts"], ["fct_account", "fct_funding", "dim_account", "dim_cofog", "dim_bureau", "dim_project", "dim_report"])


def resources() -> list[Resource]:
    """The package's files, as ``fiscal.toml`` and the data dictionary say."""
    return [_of_table(entry) if "table" in entry else _of_sql(entry) for entry in _data()["resources"]]


def _of_table(entry: dict[str, Any]) -> Resource:
    table = tables("marts")[entry["table"]]
    kept = tuple(column for column in table.columns if column.name not in entry.get("without", ()))
    (one,) = wanted(["marts"], [table.name])
    about = f"{table.grain_en[:1].upper()}{table.grain_en[1:]}. {table.grain_zh}。"
    return Resource(entry["name"], entry["title"], about, sorted_sql(one), kept, table.required, table.key, {}, {}, {})


def _of_sql(entry: dict[str, Any]) -> Resource:
    own = {name: Column(name, c["type"], c["en"], c["zh"]) for name, c in _data()["columns"].items()}
    directions = " ".join(f"when {quoted(side)} then {quoted(direction)}" for side, direction in _data()["directions"].items())
    order = ", ".join(entry["key"])
    sql = f"select * from ({entry['sql'].format(directions=directions, phases=_phases())}) order by {order}"
    kinds = {name: kind for name, kind in entry["columns"].items() if kind}
    described = tuple(own[name] if name in own else columns()[name] for name in entry["columns"])
    return Resource(
        entry["name"],
        entry["title"],
        entry["description"],
        sql,
        described,
        tuple(entry["key"]),
        tuple(entry["key"]),
        kinds,
        dict(entry.get("relations", {})),
        dict(entry.get("measures", {})),
    )


def _phases() -> str:
    """SQL: the phase that the words of a column's name tell, else whether it was planned or carried out; null where neither does."""
    by_words = [
        f"when contains(cells.column_name, {quoted(rule['has'])}) then nullif({quoted(rule['phase'])}, '')" for rule in _data()["phases"]
    ]
    by_stage = [f"when cells.stage = {quoted(rule['stage'])}{_own_year(rule)} then {quoted(rule['phase'])}" for rule in _data()["stages"]]
    return f"case {' '.join([*by_words, *by_stage])} end"


def _own_year(rule: dict[str, str]) -> str:
    if "own_year_of" not in rule:
        return ""
    return f" and reports.report_kind like {quoted('%' + rule['own_year_of'])} and cells.fiscal_year = reports.fiscal_year"


def write_resource(connection: duckdb.DuckDBPyConnection, resource: Resource, folder: Path) -> None:
    """The resource's CSV below ``folder``: UTF-8 without byte order mark, as the specification has it."""
    path = folder / resource.path
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen = ", ".join(f"{harmless(column.name, column)} as {identifier(column.name)}" for column in resource.columns)
    copy_csv(connection, f"select {chosen} from ({resource.sql})", path)


def write_descriptor(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """``datapackage.json`` of the files that are below ``folder``."""
    package = _data()["package"]
    years = connection.execute("select min(fiscal_year), max(fiscal_year) from marts.fct_account").fetchone()
    descriptor: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": package["name"],
        "title": package["title"],
        "description": package["description"],
        "keywords": package["keywords"],
        "countryCode": "CN",
        "granularity": "aggregated",
        "columnTypes": ["https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"],
        "resources": [_described(resource, folder) for resource in resources()],
        "model": _model(),
    }
    if years and years[0] is not None:
        descriptor["fiscalPeriod"] = {"start": f"{years[0]}-01-01", "end": f"{years[1]}-12-31"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def _described(resource: Resource, folder: Path) -> dict[str, Any]:
    path = folder / resource.path
    schema: dict[str, Any] = {
        "fields": [_field(resource, column) for column in resource.columns],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    if resource.relations:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": target, "fields": [name]}} for name, target in resource.relations.items()
        ]
    extra: list[dict[str, Any]] = []
    if resource.measures:
        extra += [
            {"name": "amount_yuan", "type": "number", "columnType": "value", "normalizationTarget": True},
            {"name": "phase", "type": "string", "columnType": "phase:id"},
            {"name": "direction", "type": "string", "columnType": "direction", "constant": "expenditure"},
        ]
    if resource.column_types:
        extra.append({"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": _CURRENCY})
        schema["extraFields"] = extra
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": _NO_SPREADSHEET,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(resource: Resource, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.cn or column.zh,
        "description": f"{column.zh}｜{column.en}",
    }
    if column.name in resource.column_types:
        field["columnType"] = resource.column_types[column.name]
    if column.name in resource.measures:
        field["normalize"] = {"phase": resource.measures[column.name]}
    if column.name in resource.required:
        field["constraints"] = {"required": True}
    return field


def _model() -> dict[str, Any]:
    """Measures and dimensions, as the published schema of the profile has them."""
    by_name = {resource.name: resource for resource in resources()}
    lines, funds = by_name["budget-lines"], by_name["project-funding"]
    measures = {"amount_yuan": {"source": "amount_yuan", "resource": lines.name, "currency": _CURRENCY}}
    for name, phase in funds.measures.items():
        measures[name] = {"source": name, "resource": funds.name, "currency": _CURRENCY, "phase": phase, "direction": "expenditure"}
    dimensions = {}
    for name, entry in _data()["dimensions"].items():
        known = [column.name for column in lines.columns]
        resource = lines if entry["columns"][0] in known else funds
        attributes: dict[str, dict[str, str]] = {column: {"source": column, "resource": resource.name} for column in entry["columns"]}
        for label in entry["columns"][1:]:
            attributes[label]["labelfor"] = entry["columns"][0]
        kinds = {kind: entry[kind] for kind in ("dimensionType", "classificationType") if kind in entry}
        dimensions[name] = {**kinds, "primaryKey": entry["columns"][0], "attributes": attributes}
    return {"measures": measures, "dimensions": dimensions}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
