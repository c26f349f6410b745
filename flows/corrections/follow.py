"""What follows in a row from columns that were corrected, by the functions that read them: amounts in 元, measures, targets and results."""

from flows.findings import Row
from flows.values.numbers import fold_digits
from flows.values.targets import Quantity, is_attained, parse_quantity
from flows.values.text import is_blank
from flows.values.units import kind_of_measure, unit_at, yuan

_DECIDE_ATTAINED = frozenset(["operator", "target_text", "target_value", "unit", "actual_text", "actual_value"])


class CannotFollow(Exception):
    """What follows from the right value cannot be told; the message says what to do."""


def follow(table: str, read: Row, corrected: Row, right: frozenset[str]) -> Row:
    """The columns that change with the columns ``right`` of a row; ``read`` is the row before, ``corrected`` the row with the right values.

    A column that was itself corrected does not follow. Raises CannotFollow.
    """
    following: Row = {}
    if "amount_unit" in right:
        following |= _amounts(corrected)
    if table == "statements" and right & {"value", "unit", "direction"}:
        following |= _measure(corrected, right)
    if table == "indicators" and right & _DECIDE_ATTAINED:
        following |= _attainment(read, corrected, right)
    return {name: value for name, value in following.items() if name not in right}


def _amounts(row: Row) -> Row:
    printed = {name.removesuffix("_printed"): value for name, value in row.items() if name.endswith("_printed")}
    printed = {role: value for role, value in printed.items() if f"{role}_yuan" in row}
    return {f"{role}_yuan": yuan(value, row["amount_unit"]) for role, value in printed.items()}


def _measure(row: Row, right: frozenset[str]) -> Row:
    printed = fold_digits(row["unit"] or "")
    unit = unit_at(printed, 0) if printed else None
    if printed and (unit is None or len(unit.printed) != len(printed)):
        raise CannotFollow(f"不认识单位“{row['unit']}”，换算不出 value_base；请改用 flows/values/units.toml 里的单位，或把它加进去")
    if unit is None and row["base_unit"]:
        return {"value_base": row["value"]}  # a zero written 零 is of its base unit
    following: Row = {"value_base": row["value"] * unit.factor if unit else None, "base_unit": unit.base if unit else None}
    return following | ({"kind": kind_of_measure(unit, row["direction"])} if right & {"unit", "direction"} else {})


def _attainment(read: Row, corrected: Row, right: frozenset[str]) -> Row:
    """A corrected text says its number, operator and unit anew, as far as those were its own and are not corrected themselves."""
    row = dict(corrected)
    if "target_text" in right:
        old, new = parse_quantity(read["target_text"] or ""), parse_quantity(row["target_text"] or "")
        for name, before, after in (
            ("operator", old.operator, new.operator),
            ("target_value", old.value, new.value),
            ("unit", old.unit, new.unit),
        ):
            if name not in right and read[name] == before:
                row[name] = after
    actual = parse_quantity(row["actual_text"] or "")
    if "actual_text" in right and "actual_value" not in right:
        row["actual_value"] = actual.value
    target = Quantity(row["target_text"] or "", row["operator"], row["target_value"], row["unit"])
    actual = Quantity(actual.text, actual.operator, row["actual_value"], actual.unit)
    told = actual.value is not None or not is_blank(actual.text)
    row["attained"] = is_attained(target, actual) if told else None
    return {name: row[name] for name in ("operator", "target_value", "unit", "actual_value", "attained")}
