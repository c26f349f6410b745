"""What in the warehouse touches a fact: the printed numbers it was read from, facts read from the same ones, its form, and every row that
names it, in whatever table."""

import re
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from flows.document import parse_ref
from flows.explain.find import Record, Subject, fact_tables, locate
from flows.query import records


@dataclass(frozen=True, slots=True)
class Use:
    """Rows of a table that touch the fact; ``why``: the columns by which they do."""

    schema: str
    table: str
    why: tuple[str, ...]
    rows: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _History:
    """A longitudinal table that facts enter by ``keys``. ``without``: forms of these kinds do not enter it, by fact table."""

    table: str
    keys: tuple[str, ...]
    without: dict[str, frozenset[str]]


# What the models of these tables leave out is said here again, so that no row is shown that the fact does not feed.
_HISTORIES = (
    _History(
        "project_history",
        ("project_key", "fiscal_year"),
        {"fct_evaluation": frozenset({"project_target", "task_list"}), "fct_indicator": frozenset({"project_target"})},
    ),
    _History("indicator_history", ("bureau_key", "indicator_key", "fiscal_year"), {"fct_indicator": frozenset({"project_target"})}),
)


def numbers_of(connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Record]:
    """The printed numbers that carry a fact, in printed order; of a printed number itself, that one."""
    if subject.is_number:
        return [subject.row]
    sql = "select * from ops.numbers where report_key = ? and (fact_id = ? or contains(other_fact_ids, ?)) order by number_no"
    found = records(connection, sql, [subject.report["report_key"], subject.fact_id, subject.fact_id])
    return [row for row in found if subject.fact_id in fact_ids(row)]


def numbers_beside(connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Record]:
    """The numbers printed in the very cell that a fact stands in, whatever became of them."""
    here = replace(subject.place, offset=None)
    if here.col is None:
        return []
    found = records(connection, "select * from ops.numbers where report_key = ? order by number_no", [subject.report["report_key"]])
    return [row for row in found if replace(parse_ref(row["source_ref"]), offset=None) == here]


def fact_ids(number: Record) -> list[str]:
    """The facts that carry a row of ops.numbers, the first first."""
    return [*([number["fact_id"]] if number["fact_id"] else []), *(number["other_fact_ids"] or "").split()]


def facts_beside(connection: duckdb.DuckDBPyConnection, subject: Subject, numbers: list[Record]) -> list[tuple[str, Record]]:
    """The facts - table and row - that carry any of ``numbers``, but for the one that is explained."""
    ids = dict.fromkeys(fact_id for number in numbers for fact_id in fact_ids(number))
    if not subject.is_number:
        ids.pop(subject.fact_id or "", None)
    return [found for fact_id in ids if (found := locate(connection, fact_id))]


def form_of(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Record | None:
    """The form that a fact hangs under, the form itself for a form; None where there is none."""
    key = subject.row.get("form_key")
    found = records(connection, "select * from marts.fct_evaluation where form_key = ?", [key]) if key else []
    return found[0] if found else None


def under_the_form(connection: duckdb.DuckDBPyConnection, form_key: str) -> dict[str, int]:
    """How many facts of each table hang under a form."""
    counted = {}
    for table in fact_tables(connection):
        if table != "fct_evaluation" and "form_key" in _columns(connection, "marts", table):
            sql = f"select count(*) as facts from marts.{table} where form_key = ?"
            counted[table] = records(connection, sql, [form_key])[0]["facts"]
    return {table: count for table, count in counted.items() if count}


def uses(connection: duckdb.DuckDBPyConnection, subject: Subject) -> list[Use]:
    """Every row of schemas marts, ops and audit that names the fact in a column of fact ids.

    Found by the columns' names alone, so that a table added later is found too. The fact's own row and the ledger's rows, which are shown
    apart, are left out.
    """
    if subject.is_number or subject.fact_id is None:
        return []
    whole = re.compile(rf"(?<![0-9A-Za-z]){re.escape(subject.fact_id)}(?![0-9A-Za-z])")
    found = []
    for (schema, table), columns in _naming_columns(connection).items():
        if (schema, table) == ("ops", "numbers"):
            continue
        names = [name for name in columns if not (name == "fact_id" and (schema, table) == (subject.schema, subject.table))]
        if not names:
            continue
        condition = " or ".join(f'contains(cast("{name}" as varchar), $1)' for name in names)
        rows = records(connection, f'select * from "{schema}"."{table}" where {condition}', [subject.fact_id])
        kept = [row for row in rows if any(whole.search(str(row[name])) for name in names)]
        if kept:
            why = tuple(name for name in names if any(whole.search(str(row[name])) for row in kept))
            found.append(Use(schema, table, why, tuple(kept)))
    return found


def histories(connection: duckdb.DuckDBPyConnection, subject: Subject, form: Record | None) -> list[Use]:
    """The rows of the longitudinal tables that a fact enters by its keys."""
    found = []
    for history in _HISTORIES:
        keys: list[Any] = [subject.row.get(key) for key in history.keys]
        left_out = form is not None and form["form_kind"] in history.without.get(subject.table, frozenset())
        if subject.is_number or left_out or None in keys:
            continue
        condition = " and ".join(f"{key} = ?" for key in history.keys)
        rows = records(connection, f"select * from marts.{history.table} where {condition}", keys)
        if rows:
            found.append(Use("marts", history.table, history.keys, tuple(rows)))
    return found


def _naming_columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Table → its columns that hold fact ids: ``fact_id``, ``fact_ids``, and names that end so."""
    sql = """
        select table_schema, table_name, column_name from information_schema.columns
        where table_schema in ('marts', 'ops', 'audit')
            and (column_name in ('fact_id', 'fact_ids') or suffix(column_name, '_fact_id') or suffix(column_name, '_fact_ids'))
        order by table_schema, table_name, ordinal_position
    """
    tables: dict[tuple[str, str], list[str]] = {}
    for row in records(connection, sql):
        tables.setdefault((row["table_schema"], row["table_name"]), []).append(row["column_name"])
    return tables


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> set[str]:
    sql = "select column_name from information_schema.columns where table_schema = ? and table_name = ?"
    return {row["column_name"] for row in records(connection, sql, [schema, table])}
