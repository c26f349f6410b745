"""Golden values: an answer key made by reading the reports (tests/golden/*.csv), held against the marts."""

import csv
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from flows.query import connect

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_FORM_COLUMNS = ("project_name", "form_title", "form_kind", "department_name", "unit_name")


@dataclass(frozen=True)
class Value:
    """One expected value: which row of which table, which column, what it must say."""

    source: str
    line: int
    file: str
    table: str
    where: dict[str, Any]
    column: str
    expected: str
    note: str


def load() -> list[Value]:
    values = []
    for path in sorted(GOLDEN.glob("*.csv")):
        with path.open(encoding="utf8", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), start=2):
                values.append(
                    Value(
                        path.name, number, row["file"], row["table"], json.loads(row["where"]), row["column"], row["expected"], row["note"]
                    )
                )
    return values


def _same_text(left: str, right: str) -> bool:
    return unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right)


def _squash(text: Any) -> str:
    return re.sub(r"\s+", "", str(text))


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text).replace(",", ""))
    except InvalidOperation:
        return None


def agrees(found: Any, expected: str) -> bool:
    """Numbers as numbers, truth as truth, long texts by hash, other texts to the letter."""
    if expected == "null" or expected == "":
        return found is None or found == ""
    if found is None:
        return False
    if expected in ("true", "false"):
        return found is (expected == "true")
    hashed = re.fullmatch(r"sha256:([0-9a-f]{64});len:(\d+)", expected)
    if hashed:
        text = str(found)
        return hashlib.sha256(text.encode()).hexdigest() == hashed.group(1)
    left, right = _number(found), _number(expected)
    if left is not None and right is not None:
        return left == right
    return _same_text(str(found), expected)


def _matches(row: dict[str, Any], key: str, wanted: Any) -> bool:
    if key.endswith("__has"):
        return _squash(wanted) in _squash(row.get(key.removesuffix("__has")) or "")
    found = row.get(key)
    if wanted is None:
        return found is None
    number = _number(wanted)
    if key == "value" and number is not None:
        return _number(found) == number
    if key in ("column_name", "table_title", "line_name", "form_title"):
        return _squash(found or "") == _squash(wanted)
    return str(found) == str(wanted)


class Warehouse:
    """The marts of a published warehouse, by report file."""

    def __init__(self, database: Path) -> None:
        self._connection = connect(database)
        self._cache: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def rows(self, file: str, table: str) -> list[dict[str, Any]]:
        """The rows of a table that come from ``file``, in reading order, form columns joined."""
        if (file, table) not in self._cache:
            form = ""
            if table not in ("dim_report", "fct_evaluation", "fct_account", "fct_account_table"):
                form = ", ".join(f"forms.{c} as {c}" for c in _FORM_COLUMNS)
            join = "left join marts.fct_evaluation as forms using (form_key)" if form else ""
            columns = f"facts.*{', ' + form if form else ''}"
            order = "" if table == "dim_report" else " order by (select rowid from staged_order where fact_id = facts.fact_id)"
            if table != "dim_report":
                staged = {
                    "fct_evaluation": "evaluations",
                    "fct_funding": "fundings",
                    "fct_task": "tasks",
                    "fct_goal": "goals",
                    "fct_indicator": "indicators",
                    "fct_advice": "advices",
                    "fct_account": "accounts",
                    "fct_statement": "statements",
                }[table]
                order = order.replace("staged_order", f"staged.{staged}")
            sql = f"select {columns} from marts.{table} as facts {join} where facts.report_key in (select report_key from marts.dim_report where file_name = ?){order}"
            result = self._connection.execute(sql, [file])
            names = [column[0] for column in result.description]
            self._cache[(file, table)] = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return self._cache[(file, table)]

    def check(self, value: Value) -> str | None:
        """None where the warehouse agrees, else what is wrong."""
        where = dict(value.where)
        nth = where.pop("nth", None)
        fitting = [row for row in self.rows(value.file, value.table) if all(_matches(row, key, wanted) for key, wanted in where.items())]
        if not fitting:
            return "no such row"
        if nth is not None:
            if len(fitting) < nth:
                return f"only {len(fitting)} such rows"
            fitting = [fitting[nth - 1]]
        found = [row.get(value.column) for row in fitting]
        if any(agrees(item, value.expected) for item in found) and (
            len(fitting) == 1 or all(agrees(item, value.expected) for item in found)
        ):
            return None
        more = f" in {len(fitting)} rows" if len(fitting) > 1 else ""
        return f"found {found[0]!r}{more}" if len(fitting) == 1 else f"found {found[:4]!r}{more}"
