"""What dbt is told beside contracts: bounds of computed figures, freshness of sources, descriptions of inner models, who uses the marts."""

import re
from pathlib import Path
from typing import Any

from flows.tables.definitions import TableDefinition, published_tables, tables

# The one group of the project: staging and intermediate models are private to it, everything else is public.
GROUP = "warehouse"
_ANY_COUNT = (0, None)
# Bounds of what models compute, by column. Figures that reports print have none here: a report may print anything, and is kept as printed.
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "confidence": (0, 1),
    "attainment_pct": (0, 100),
    "unclaimed_pct": (0, 100),
    "number_no": (1, None),
    "flag_no": (1, None),
    **dict.fromkeys(
        (
            "mentions",
            "occurrences",
            "stated_amounts",
            "indicators",
            "indicators_attained",
            "indicators_missed",
            "forms",
            "projects",
            "reports",
            "lines",
            "numbers",
            "facts",
            "context",
            "unclaimed",
            "digits_in_file",
            "digits_read",
            "counted",
            "before",
            "now",
            "pages",
            "ocr_pages",
            "size_bytes",
        ),
        _ANY_COUNT,
    ),
}
# Reports come once or twice a year, runs every night.
_YEARLY = {"warn_after": {"count": 370, "period": "day"}}
_NIGHTLY = {"warn_after": {"count": 2, "period": "day"}, "error_after": {"count": 14, "period": "day"}}
_FRESHNESS: dict[tuple[str, str], dict[str, Any]] = {
    ("landing", "runs"): {"loaded_at_field": "started_at", "freshness": _NIGHTLY},
    ("landing", "files"): {"loaded_at_field": "first_seen_at", "freshness": _YEARLY},
    ("staged", "reports"): {
        "loaded_at_query": "select max(first_seen_at) from landing.files where outcome = 'present'",
        "freshness": _YEARLY,
    },
}
_SOURCE = re.compile(r"^\s*select \* from \{\{ (?:source\('(?P<schema>\w+)', |staged\()'(?P<table>\w+)'\) \}\}(?: as \w+)?\s*$", re.DOTALL)
# The rows that a build made anew, as macros/scope.sql has it for models.
_IN_SCOPE = {
    "report": "report_key in (select report_key from landing.scope_reports where is_replaced)",
    "bureau": "bureau_key in (select bureau_key from intermediate.int_scope_bureaus)",
}
_OWNER = "Jixiao"


def both(en: str, zh: str) -> str:
    """A description in both languages."""
    return f"{zh}｜{en}"


def grain(table: TableDefinition) -> str:
    return both(f"Grain: {table.grain_en}.", f"粒度：{table.grain_zh}。")


def scoped_test(table: TableDefinition, name: str, **arguments: Any) -> dict[str, Any]:
    """A generic test; of a table whose rows are replaced in part it looks at the replaced rows."""
    test: dict[str, Any] = {}
    if arguments:
        test["arguments"] = arguments
    if table.scope in _IN_SCOPE:
        test["config"] = {"where": _IN_SCOPE[table.scope]}
    return {name: test}


def model_tests(table: TableDefinition) -> list[dict[str, Any]]:
    """Tests of a model as a whole: its grain, its spans of years, the bounds of what is computed."""
    tests: list[dict[str, Any]] = []
    if len(table.key) > 1:
        tests.append(scoped_test(table, "unique_together", columns=list(table.key)))
    if {"valid_from_year", "valid_to_year", "is_current"} <= set(table.column_names) and len(table.key) == 2:
        (key,) = (name for name in table.key if name != "valid_from_year")
        spans = {"key": key, "starts": "valid_from_year", "ends": "valid_to_year", "current": "is_current"}
        tests.append(scoped_test(table, "spans_apart", **spans))
    ranges = {name: list(_RANGES[name]) for name in table.column_names if name in _RANGES}
    if ranges:
        tests.append(scoped_test(table, "within", ranges=ranges))
    return tests


def freshness(schema: str, table: str) -> dict[str, Any]:
    """``config`` of a source table: how its age is told and how old it may be; empty where nobody waits for it."""
    return {"config": _FRESHNESS[schema, table]} if (schema, table) in _FRESHNESS else {}


def inner_models(folder: Path) -> list[dict[str, Any]]:
    """Name and description of each model in ``folder``: its first comment, or the grain of the table it takes as it is."""
    return [{"name": path.stem, "description": _first_comment(path.read_text(encoding="utf8"))} for path in sorted(folder.glob("*.sql"))]


def _first_comment(sql: str) -> str:
    as_it_is = _SOURCE.match(sql)
    if as_it_is:
        return grain(tables(as_it_is["schema"] or "staged")[as_it_is["table"]])
    said = []
    for line in sql.splitlines():
        if line.startswith("--"):
            said.append(line.removeprefix("--").strip())
        elif said or line.startswith(("with ", "select ")):
            break
    return " ".join(said)


def exposures() -> list[dict[str, Any]]:
    """Who uses the published tables."""
    everything = [{"ref": table.name} for table in published_tables()]
    marts = [{"ref": table.name} for table in tables("marts").values()]
    told = [
        ("export", "application", "high", "The tables as files: jixiao export.", "导出的文件：jixiao export。", everything),
        ("dashboard", "dashboard", "low", "The dashboard: jixiao dashboard.", "看板：jixiao dashboard。", marts),
        ("explain", "application", "high", "Where a fact comes from: jixiao explain.", "一条数据的来历：jixiao explain。", everything),
        ("question_gallery", "analysis", "medium", "25 questions of analysts, dashboards/questions.", "分析问题集，dashboards/questions。", everything),
    ]  # fmt: skip
    return [
        {
            "name": name,
            "type": kind,
            "maturity": maturity,
            "owner": {"name": _OWNER},
            "description": both(en, zh),
            "depends_on": [f"ref('{entry['ref']}')" for entry in used],
        }
        for name, kind, maturity, en, zh, used in told
    ]


def groups() -> list[dict[str, Any]]:
    return [{"name": GROUP, "owner": {"name": _OWNER}}]
