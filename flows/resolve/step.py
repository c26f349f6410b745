"""The step between staged rows and models: distinct names in, matches out.

Reads the staged tables of a build's database and writes ``landing.bureau_matches``, ``landing.bureau_successions``, ``landing.project_matches``,
``landing.indicator_matches`` and ``landing.match_candidates``. What means the same depends on the names alone, never on the order of files or on the run.
"""

from collections.abc import Iterable
from typing import Any

import duckdb

from flows.resolve import bureaus, indicators, projects
from flows.tables.loading import append_rows, create_table

# Every name a report uses for a bureau: for its publisher, for its form's departments and units.
_BUREAU_NAMES = """
    select report_key, bureau_identity, fiscal_year, true as is_publisher
    from staged.reports where status <> 'set_aside' and bureau_identity is not null
    union
    select report_key, bureau_identity, fiscal_year, false from staged.bureau_names
    union
    select report_key, unit_identity, fiscal_year, false from staged.evaluations where unit_identity is not null
    order by all
"""

_STATED_SUCCESSIONS = "select * from staged.successions order by all"

_PROJECT_NAMES = """
    select distinct evaluations.report_key, matches.entity_identity, evaluations.project_match, evaluations.fiscal_year
    from staged.evaluations as evaluations
    inner join staged.reports as reports on evaluations.report_key = reports.report_key
    inner join landing.bureau_matches as matches
        on reports.report_key = matches.report_key and reports.bureau_identity = matches.bureau_identity
    where evaluations.project_match is not null
    order by all
"""

_INDICATOR_NAMES = "select distinct indicator_match from staged.indicators order by all"


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterable[dict[str, Any]]:
    found = connection.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def resolve(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes the landing tables of matches anew from the staged names."""
    matches, successions, candidates = bureaus.resolve(_rows(connection, _BUREAU_NAMES), _rows(connection, _STATED_SUCCESSIONS))
    for name, rows in (("bureau_matches", matches), ("bureau_successions", successions)):
        create_table(connection, "landing", name)
        append_rows(connection, "landing", name, rows)
    for name, step, sql in (
        ("project_matches", projects.resolve, _PROJECT_NAMES),
        ("indicator_matches", indicators.resolve, _INDICATOR_NAMES),
    ):
        matches, looked_at = step(_rows(connection, sql))
        create_table(connection, "landing", name)
        append_rows(connection, "landing", name, matches)
        candidates += looked_at
    create_table(connection, "landing", "match_candidates")
    append_rows(connection, "landing", "match_candidates", candidates)
