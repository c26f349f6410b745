"""Rows → frames that keep to their table's definition (pandera); what breaks it is handed back with the rule it broke."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from flows.tables.definitions import DECIMALS, TableDefinition, tables

_POLARS: dict[str, Any] = {
    "text": pl.String,
    "int": pl.Int32,
    "bigint": pl.Int64,
    "bool": pl.Boolean,
    "date": pl.Date,
    "timestamp": pl.Datetime("us"),
    **{name: pl.Decimal(precision, scale) for name, (precision, scale) in DECIMALS.items()},
}
_YEARS = (1990, 2100)
_CHECKS: dict[str, Any] = {
    "fiscal_year": pa.Check.in_range(*_YEARS),
    "code": pa.Check.str_matches(r"^\d{1,9}$"),
    "operator": pa.Check.isin(["≥", "≤", "=", ">", "<"]),
    "side": pa.Check.isin(["income", "expenditure"]),
    "form_kind": pa.Check.isin(
        [
            "project_self_evaluation",
            "department_self_evaluation",
            "transfer_payment_self_evaluation",
            "key_evaluation",
            "project_target",
            "project_monitoring",
            "task_list",
        ]
    ),
    "amount_unit": pa.Check.isin(["元", "千元", "万元", "百万元", "千万元", "亿元"]),
    "status": pa.Check.isin(["complete", "partial", "set_aside"]),
    "disposition": pa.Check.isin(["fact", "context", "unclaimed"]),
    "kind": pa.Check.isin(["amount", "count", "rate", "score", "change"]),
    "level3": pa.Check.str_length(min_value=1, max_value=400),
}


@cache
def schema(name: str) -> pa.DataFrameSchema:
    """The pandera schema of a staged table."""
    table = tables("staged")[name]
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(_POLARS[column.type], nullable=column.name not in table.required, checks=_CHECKS.get(column.name))
            for column in table.columns
        },
        strict=True,
        name=name,
    )


def _polars_schema(table: TableDefinition) -> dict[str, Any]:
    return {column.name: _POLARS[column.type] for column in table.columns}


def _too_wide(table: TableDefinition, row: dict[str, Any]) -> str | None:
    """The first decimal that its column cannot hold exactly: digits would be lost."""
    for column in table.columns:
        value = row.get(column.name)
        if column.type not in DECIMALS or value is None:
            continue
        precision, scale = DECIMALS[column.type]
        number = Decimal(value)
        try:
            exact = number == number.quantize(Decimal(1).scaleb(-scale))
        except InvalidOperation:
            exact = False
        if not exact or abs(number) >= Decimal(10) ** (precision - scale):
            return f"{column.name}：数值超出 {precision} 位（{scale} 位小数）"
    return None


def broken_rule(name: str, column: str, value: Any) -> str | None:
    """The rule of staged table ``name`` that ``value`` breaks in ``column``, None where it keeps to all."""
    too_wide = _too_wide(tables("staged")[name], {column: value})
    if too_wide:
        return too_wide
    frame = pl.DataFrame({column: [value]}, schema={column: _polars_schema(tables("staged")[name])[column]})
    try:
        pa.DataFrameSchema({column: schema(name).columns[column]}).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return f"{column}：不符合规则 {errors.failure_cases['check'][0]}"
    return None


def validate(name: str, rows: Sequence[dict[str, Any]]) -> tuple[pl.DataFrame, list[tuple[dict[str, Any], str]]]:
    """The rows that keep to staged table ``name`` as a frame, and those that do not with the rule each broke.

    Keys of a row that are no column of the table are left out (values kept only for reading).
    """
    table = tables("staged")[name]
    refused: list[tuple[dict[str, Any], str]] = []
    kept: list[dict[str, Any]] = []
    for row in rows:
        broken = _too_wide(table, row)
        if broken:
            refused.append((row, broken))
        else:
            kept.append({column: row.get(column) for column in table.column_names})
    frame = pl.DataFrame(kept, schema=_polars_schema(table), orient="row")
    try:
        schema(name).validate(frame, lazy=True)
    except SchemaErrors as errors:
        bad: dict[int, str] = {}
        for failure in errors.failure_cases.iter_rows(named=True):
            index = failure.get("index")
            if index is None:
                raise
            bad.setdefault(int(index), f"{failure['column']}：不符合规则 {failure['check']}")
        refused += [(kept[index], rule) for index, rule in sorted(bad.items())]
        frame = frame.filter(~pl.Series([index in bad for index in range(frame.height)], dtype=pl.Boolean))
    return frame, refused
