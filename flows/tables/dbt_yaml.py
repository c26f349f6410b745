"""Writes the dbt YAML - sources, contracts, tests, docs - and the views of schema ``cn``: ``python -m flows.tables.dbt_yaml``.

``tests/test_tables.py`` fails when the files are not what this writes.
"""

import sys
from pathlib import Path
from typing import Any

import yaml

from flows.tables.dbt_notes import both, exposures, freshness, grain, groups, inner_models, model_tests, scoped_test
from flows.tables.definitions import TableDefinition, missing_names, published_tables, tables

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
    "state": ["applied", "refused", "report_absent", "names_absent"],
    "compared_with": ["last_year", "previous_build"],
    "source": ["table", "text", "form"],
    "stage": ["budget", "adjusted", "final"],
    "fund_scope": ["total", "fiscal", "general_budget", "government_fund", "state_capital"],
    "code_list": ["function", "departmental_economic", "government_economic"],
    "known_basis": ["printed", "usual"],
    "band": ["attained", "partly", "missed"],
    "band_basis": ["wording", "score"],
    "peer_group": ["sector", "sector_in_province", "sector_in_prefecture", "province", "prefecture", "level", "all"],
}


def _column(table: TableDefinition, name: str) -> dict[str, Any]:
    column = next(c for c in table.columns if c.name == name)
    entry: dict[str, Any] = {"name": name, "data_type": column.sql_type, "description": both(column.en, column.zh)}
    if name in table.required:
        entry["constraints"] = [{"type": "not_null"}]
    tests: list[Any] = []
    if table.key == (name,):
        tests.append(scoped_test(table, "unique"))
    if name in table.relations:
        target = table.relations[name]
        tests.append(scoped_test(table, "relationships", to=f"ref('{target}')", field=name))
    if name in _ACCEPTED and name not in ("bureau_kind",):
        tests.append(scoped_test(table, "accepted_values", values=_ACCEPTED[name]))
    if tests:
        entry["data_tests"] = tests
    return entry


def _model(table: TableDefinition) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": table.name,
        "description": grain(table),
        "config": {"contract": {"enforced": True}} | _materialized(table),
        "columns": [_column(table, name) for name in table.column_names],
    }
    tests = model_tests(table)
    if tests:
        entry["data_tests"] = tests
    return entry


def _materialized(table: TableDefinition) -> dict[str, Any]:
    """Global tables are made anew; of the others a build may replace just the rows in scope (macros/scope.sql)."""
    return {"materialized": "table"} if table.scope == "global" else {"materialized": "incremental", "meta": {"scope": table.scope}}


def _source(schema: str) -> dict[str, Any]:
    return {
        "name": schema,
        "schema": schema,
        "tables": [
            {
                "name": table.name,
                "description": grain(table),
                **freshness(schema, table.name),
                "columns": [{"name": c.name, "data_type": c.sql_type, "description": both(c.en, c.zh)} for c in table.columns],
            }
            for table in tables(schema).values()
        ],
    }


def _view(table: TableDefinition) -> dict[str, Any]:
    """The view of a published table under its Chinese name: its contract has the same types, its docs say both names."""
    return {
        "name": f"cn_{table.name}",
        "description": both(f"{table.schema}.{table.name} under Chinese names.", f"{table.cn}：{table.grain_zh}。"),
        "config": {"alias": table.cn, "contract": {"enforced": True}},
        "columns": [
            {"name": column.cn, "data_type": column.sql_type, "description": f"{column.zh}｜{column.name}: {column.en}"}
            for column in table.columns
        ],
    }


def _has_as_of(table: TableDefinition) -> bool:
    """Can the mart be asked as of a day (``<mart>_as_of(day)``)? Those whose versions are kept, and the comparison, which is made of them."""
    return table.name == "bureau_comparison" or f"{table.name}_version" in tables("versions")


def _view_sql(table: TableDefinition) -> str:
    hook = f"{{{{ config(post_hook=\"{{{{ cn_as_of('{table.name}') }}}}\") }}}}\n" if _has_as_of(table) else ""
    columns = ",\n".join(f"    {column.name} as {column.cn}" for column in table.columns)
    return (
        f"-- Generated from flows/tables/*.toml by `make schema`. Grain: {table.grain_en}.\n"
        f"{hook}select\n{columns}\nfrom {{{{ ref('{table.name}') }}}}\n"
    )


def views() -> dict[str, str]:
    """File below ``dbt_project/models`` → SQL of a view of schema ``cn``. Raises ValueError where a name is missing, with what to do."""
    wrong = missing_names()
    if wrong:
        raise ValueError("\n".join(wrong))
    return {f"cn/cn_{table.name}.sql": _view_sql(table) for table in published_tables()}


def documents() -> dict[str, str]:
    """File below ``dbt_project/models`` → its text. Raises ValueError where a Chinese name is missing, with what to do."""
    return _documents() | views()


def _documents() -> dict[str, str]:
    content: dict[str, dict[str, Any]] = {
        "staging/_sources.yml": {"version": 2, "sources": [_source("staged"), _source("landing")]},
        "marts/_marts.yml": {"version": 2, "models": [_model(table) for table in tables("marts").values()]},
        "versions/_versions.yml": {"version": 2, "models": [_model(table) for table in tables("versions").values()]},
        "audit/_audit.yml": {"version": 2, "models": [_model(table) for table in tables("audit").values()]},
        "ops/_ops.yml": {"version": 2, "models": [_model(table) for table in tables("ops").values()]},
        "cn/_cn.yml": {"version": 2, "models": [_view(table) for table in published_tables()]},
        "staging/_staging.yml": {"version": 2, "models": inner_models(PROJECT / "models" / "staging")},
        "intermediate/_intermediate.yml": {"version": 2, "models": inner_models(PROJECT / "models" / "intermediate")},
        "_project.yml": {"version": 2, "groups": groups(), "exposures": exposures()},
    }
    return {name: _HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=150) for name, data in content.items()}


def main() -> None:
    """Writes the files; views of tables that are no more are removed."""
    try:
        content = documents()
    except ValueError as error:
        sys.exit(str(error))
    for stale in (PROJECT / "models" / "cn").glob("*.sql"):
        if f"cn/{stale.name}" not in content:
            stale.unlink()
    for name, text in content.items():
        path = PROJECT / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
