"""Loads the definitions of columns and tables. Everything else about tables is derived from these."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

# A fact of a staged table or mart has these beside its own columns.
STAGED_FACT = ("fact_id", "report_key", "fiscal_year", "source_ref", "source_text", "inferred", "correction")
MART_FACT = ("fact_id", "report_key", "bureau_key", "fiscal_year", "source_ref", "source_text", "inferred", "correction")
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
DECIMALS = {"money": (24, 4), "number": (28, 8), "percent": (20, 6)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: type of the dictionary, and what it means in both languages."""

    name: str
    type: str
    en: str
    zh: str

    @property
    def sql_type(self) -> str:
        return _SQL[self.type]


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A table: schema (staged, marts, ops), grain in both languages, columns in order, columns never null, key, relations."""

    schema: str
    name: str
    grain_en: str
    grain_zh: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: tuple[str, ...] = ()
    relations: dict[str, str] = field(default_factory=dict)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def columns() -> dict[str, Column]:
    """The dictionary: name → column."""
    data = tomllib.loads(files("flows.tables").joinpath("columns.toml").read_text(encoding="utf8"))
    return {name: Column(name, entry["type"], entry["en"], entry["zh"]) for name, entry in data.items()}


@cache
def tables(schema: str) -> dict[str, TableDefinition]:
    """The tables of a schema by name. An unknown column in a table's list is an error (KeyError), not a new column."""
    data = tomllib.loads(files("flows.tables").joinpath("tables.toml").read_text(encoding="utf8"))[schema]
    defined = {}
    for name, entry in data.items():
        names, required = list(entry["columns"]), list(entry["required"])
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
        )
    return defined
