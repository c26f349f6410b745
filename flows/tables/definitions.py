"""Loads the definitions of columns and tables. Everything else about tables is derived from these."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

# A fact of a staged table or mart has these beside its own columns.
STAGED_FACT = ("fact_id", "report_key", "fiscal_year", "source_ref", "source_text", "inferred", "correction")
MART_FACT = (
    "fact_id",
    "report_key",
    "bureau_key",
    "fiscal_year",
    "source_ref",
    "source_text",
    "inferred",
    "correction",
    "known_from",
    "known_to",
)
SCOPES = {"report": "report_key", "bureau": "bureau_key", "global": None}  # scope → the column by which rows are replaced
FACT_REQUIRED = ("fact_id", "report_key", "source_ref")

_SQL = {
    "text": "varchar",
    "int": "integer",
    "bigint": "bigint",
    "money": "decimal(24,4)",
    "number": "decimal(28,8)",
    "percent": "decimal(20,6)",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}
# The schemas that people ask; ``cn`` has a view of each of their tables.
PUBLIC = ("marts", "audit", "ops")
_CHINESE_NAME = re.compile(r"[一-鿿A-Za-z]{2,10}")
DECIMALS = {"money": (24, 4), "number": (28, 8), "percent": (20, 6)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: type of the dictionary, what it means in both languages, and its name in schema ``cn`` (None: it has none yet)."""

    name: str
    type: str
    en: str
    zh: str
    cn: str | None = None

    @property
    def sql_type(self) -> str:
        return _SQL[self.type]


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table: schema (staged, marts, ops), grain in both languages, columns in order, columns never null, key, relations, name in ``cn``.

    ``scope`` of a published table says what its rows belong to, so that a build can replace just some: a report, a bureau, or global
    (made of other whole tables, and always made anew).
    """

    schema: str
    name: str
    grain_en: str
    grain_zh: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: tuple[str, ...] = ()
    relations: dict[str, str] = field(default_factory=dict)
    cn: str | None = None
    scope: str | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def columns() -> dict[str, Column]:
    """The dictionary: name → column."""
    data = tomllib.loads(files("flows.tables").joinpath("columns.toml").read_text(encoding="utf8"))
    chinese = chinese_names()["columns"]
    return {name: Column(name, entry["type"], entry["en"], entry["zh"], chinese.get(name)) for name, entry in data.items()}


@cache
def tables(schema: str) -> dict[str, TableDefinition]:
    """The tables of a schema by name. An unknown column in a table's list is an error (KeyError), not a new column.

    ``versions`` holds, of each mart that says ``versions = true``, what it said at any time.
    """
    data = tomllib.loads(files("flows.tables").joinpath("tables.toml").read_text(encoding="utf8"))
    if schema == "versions":
        return {f"{name}_version": _versions_of(tables("marts")[name]) for name, entry in data["marts"].items() if entry.get("versions")}
    data = data[schema]
    defined = {}
    for name, entry in data.items():
        names, required = list(entry["columns"]), list(entry["required"])
        if entry.get("versions"):
            names, required = [*names, "known_from"], [*required, "known_from"]
        if entry.get("fact"):
            common = STAGED_FACT if schema == "staged" else MART_FACT
            names = [*common, *names]
            required = [*FACT_REQUIRED, *(["bureau_key"] if schema == "marts" else []), *required]
        defined[name] = TableDefinition(
            schema,
            name,
            entry["grain"]["en"],
            entry["grain"]["zh"],
            tuple(columns()[column] for column in names),
            tuple(required),
            tuple(entry.get("key", ())),
            dict(entry.get("relations", {})),
            chinese_names()["tables"].get(name) if schema in PUBLIC else None,
            _scope(schema, name, entry) if schema in PUBLIC else None,
        )
    return defined


def _versions_of(mart: TableDefinition) -> TableDefinition:
    """The table that keeps what ``mart`` said at any time: its rows with the days from and to which they were known."""
    return replace(
        mart,
        schema="versions",
        name=f"{mart.name}_version",
        grain_en=f"{mart.grain_en}, and span of days in which the same was known",
        grain_zh=f"{mart.grain_zh}，并按所知内容不变的时段分行",
        columns=(*mart.columns, columns()["known_to"]),
        key=(*mart.key, "known_from"),
        relations={},
        cn=None,
    )


def _scope(schema: str, name: str, entry: dict[str, Any]) -> str:
    scope = entry.get("scope", "report" if entry.get("fact") else None)
    if scope not in SCOPES:
        raise ValueError(f'{schema}.{name}: say in tables.toml what its rows belong to: scope = "report", "bureau" or "global"')
    return scope


def published_tables() -> list[TableDefinition]:
    """Every table of the published warehouse, marts first; each has a view in schema ``cn``."""
    return [table for schema in PUBLIC for table in tables(schema).values()]


def missing_names() -> list[str]:
    """What is wrong with the Chinese names of schema ``cn``, a line for each with what to do; empty where nothing is."""
    wrong: list[str] = []
    taken: dict[str, str] = {}
    for table in published_tables():
        if table.cn is None:
            wrong.append(f'{table.schema}.{table.name} has no Chinese name: add `{table.name} = "…"` to [tables] of flows/tables/cn.toml')
        elif taken.setdefault(table.cn, table.name) != table.name:
            wrong.append(f"{table.name} and {taken[table.cn]} have the same Chinese name {table.cn}: change one in flows/tables/cn.toml")
        seen: dict[str, str] = {}
        for column in table.columns:
            at = f"{column.name} (in {table.schema}.{table.name}; {column.zh})"
            if column.cn is None:
                wrong.append(f'{at} has no Chinese name: add `{column.name} = "…"` to [columns] of flows/tables/cn.toml')
            elif seen.setdefault(column.cn, column.name) != column.name:
                wrong.append(f"{at} and {seen[column.cn]} have the same Chinese name {column.cn}: change one in flows/tables/cn.toml")
    for name in {table.cn for table in published_tables()} | {c.cn for table in published_tables() for c in table.columns}:
        if name is not None and not _CHINESE_NAME.fullmatch(name):
            wrong.append(
                f"{name} is no name for schema cn: 2 to 10 Chinese characters or Latin letters, nothing else (flows/tables/cn.toml)"
            )
    return sorted(dict.fromkeys(wrong))


@cache
def chinese_names() -> dict[str, dict[str, str]]:
    """The names of schema ``cn``: ``tables`` and ``columns``, by the English name."""
    data = tomllib.loads(files("flows.tables").joinpath("cn.toml").read_text(encoding="utf8"))
    return {"tables": data["tables"], "columns": data["columns"]}
