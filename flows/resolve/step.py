"""The step between staged rows and models: distinct names in, matches out.

Reads the staged tables of a build's database and writes ``landing.bureau_matches``, ``landing.bureau_successions``, ``landing.project_matches``,
``landing.project_listings``, ``landing.indicator_matches``, ``landing.match_candidates`` and ``landing.match_overrides``. What means the same
depends on the names alone, never on the order of files or on the run.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import duckdb

from flows.resolve import bureaus, indicators, projects
from flows.resolve.overrides import Overrides
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

# Names of projects: of forms, and of the lines by which a department lists its projects - tasks, tables of projects, headings and figures of text.
_PROJECT_NAMES = """
    with publishers as (
        select reports.report_key, matches.entity_identity
        from staged.reports as reports
        inner join landing.bureau_matches as matches
            on reports.report_key = matches.report_key and reports.bureau_identity = matches.bureau_identity
        where reports.status <> 'set_aside'
    ),
    budgets as (
        select form_key, max(coalesce(adjusted_budget_yuan, initial_budget_yuan)) as budget_yuan from staged.fundings group by form_key
    ),
    named as (
        select
            report_key, fact_id, project_name, fiscal_year, 'form' as listed_in, form_kind as place, budget_yuan
        from staged.evaluations left join budgets using (form_key)
        union all
        select report_key, fact_id, task_name, fiscal_year, 'task', form_key, coalesce(budget_total_yuan, budget_yuan, executed_yuan)
        from staged.tasks
        union all
        select report_key, min(fact_id), line_name, fiscal_year, 'table', table_ref, max(amount_yuan)
        from staged.accounts
        where code is null and line_name is not null and regexp_matches(table_match, ?)
        group by report_key, line_name, fiscal_year, table_ref
        union all
        select report_key, min(fact_id), said, fiscal_year, 'text', '', null
        from (
            select report_key, fact_id, fiscal_year, subject as said from staged.statements where form_key is null
            union all
            select report_key, fact_id, fiscal_year, scope from staged.statements where form_key is null
        )
        where length(said) between 4 and 60
        group by report_key, said, fiscal_year
        union all
        select report_key, min(fact_id), section, min(fiscal_year), 'heading', '', null
        from staged.statements
        where form_key is null and section like '%项目%'
        group by report_key, section
    )
    select named.*, publishers.entity_identity
    from named
    inner join publishers using (report_key)
    where project_name is not null
    order by all
"""

_BUREAU_ALIASES = """
    select distinct matches.entity_identity, names.alias
    from (
        select report_key, bureau_identity, alias from staged.bureau_names
        union
        select report_key, bureau_identity, bureau_name from staged.reports where bureau_name is not null
    ) as names
    inner join landing.bureau_matches as matches using (report_key, bureau_identity)
    order by all
"""

_INDICATOR_NAMES = """
    select distinct level3, unit, operator, case when target_value is null then target_text end as target_shape
    from staged.indicators
    order by all
"""


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[dict[str, Any]]:
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def resolve(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> None:
    """Writes the landing tables of matches anew from the staged names and what people said of them."""

    def land(name: str, rows: Sequence[dict[str, Any]]) -> None:
        create_table(connection, "landing", name)
        append_rows(connection, "landing", name, rows)

    overrides.used.clear()
    matches, successions, candidates = bureaus.resolve(
        _rows(connection, _BUREAU_NAMES), _rows(connection, _STATED_SUCCESSIONS), overrides.of_bureaus(), overrides.used
    )
    land("bureau_matches", matches)
    land("bureau_successions", successions)
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in _rows(connection, _BUREAU_ALIASES):
        aliases[row["entity_identity"]].add(row["alias"])
    names = _rows(connection, _PROJECT_NAMES, projects.list_title())
    matches, listings, looked_at = projects.resolve(names, overrides, aliases)
    land("project_matches", matches)
    land("project_listings", listings)
    candidates = [row | {"entity_identity": None} for row in candidates] + looked_at
    matches, looked_at = indicators.resolve(_rows(connection, _INDICATOR_NAMES), overrides)
    land("indicator_matches", matches)
    land("match_candidates", candidates + looked_at)
    land("match_overrides", overrides.listing())
