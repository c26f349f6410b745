"""Writes the dbt YAML - sources, contracts, tests, docs - from the definitions: ``python -m flows.tables.dbt_yaml``.

``tests/test_tables.py`` fails when the files are not what this writes.
"""

from pathlib import Path
from typing import Any

import yaml

from flows.tables.definitions import TableDefinition, tables

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
_HEADER = "# Generated from flows/tables/*.toml by `python -m flows.tables.dbt_yaml`; change those, not this.\n"
_ACCEPTED = {
    "operator": ["≥", "≤", "=", ">", "<"],
    "side": ["income", "expenditure"],
    "bureau_kind": ["department", "unit"],
    "classification": ["function", "economic", "income", "other"],
    "status": ["complete", "partial", "set_aside"],
    "severity": ["error", "warning", "info"],
    "disposition": ["fact", "context", "unclaimed"],
    "state": ["applied", "refused", "report_absent"],
    "compared_with": ["last_year", "previous_build"],
    "source": ["table", "text"],
    "stage": ["budget", "final"],
}


def _both(en: str, zh: str) -> str:
    return f"{zh}｜{en}"


def _column(table: TableDefinition, name: str) -> dict[str, Any]:
    column = next(c for c in table.columns if c.name == name)
    entry: dict[str, Any] = {"name": name, "data_type": column.sql_type, "description": _both(column.en, column.zh)}
    if name in table.required:
        entry["constraints"] = [{"type": "not_null"}]
    tests: list[Any] = []
    if table.key == (name,):
        tests.append("unique")
    if name in table.relations:
        target = table.relations[name]
        tests.append({"relationships": {"arguments": {"to": f"ref('{target}')", "field": name}}})
    if name in _ACCEPTED and name not in ("bureau_kind",):
        tests.append({"accepted_values": {"arguments": {"values": _ACCEPTED[name]}}})
    if tests:
        entry["data_tests"] = tests
    return entry


def _model(table: TableDefinition) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": table.name,
        "description": _both(f"Grain: {table.grain_en}.", f"粒度：{table.grain_zh}。"),
        "config": {"contract": {"enforced": True}},
        "columns": [_column(table, name) for name in table.column_names],
    }
    if len(table.key) > 1:
        entry["data_tests"] = [{"unique_together": {"arguments": {"columns": list(table.key)}}}]
    return entry


def _source(schema: str) -> dict[str, Any]:
    return {
        "name": schema,
        "schema": schema,
        "tables": [
            {
                "name": table.name,
                "description": _both(f"Grain: {table.grain_en}.", f"粒度：{table.grain_zh}。"),
                "columns": [{"name": c.name, "data_type": c.sql_type, "description": _both(c.en, c.zh)} for c in table.columns],
            }
            for table in tables(schema).values()
        ],
    }


def documents() -> dict[str, str]:
    """File below ``dbt_project/models`` → its text."""
    content: dict[str, dict[str, Any]] = {
        "staging/_sources.yml": {"version": 2, "sources": [_source("staged"), _source("landing")]},
        "marts/_marts.yml": {"version": 2, "models": [_model(table) for table in tables("marts").values()]},
        "audit/_audit.yml": {"version": 2, "models": [_model(table) for table in tables("audit").values()]},
        "ops/_ops.yml": {"version": 2, "models": [_model(table) for table in tables("ops").values()]},
    }
    return {name: _HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=150) for name, data in content.items()}


def main() -> None:
    for name, text in documents().items():
        path = PROJECT / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
