"""What the sums of account tables prove: totals against their parts, down the lines and across the columns.

A ``Sum`` states one of them as read. An amount that takes part in a sum that holds is proved; ``unproved`` gives what takes part in sums
that do not hold and in none that does: where digits were recognised from a picture, one of these was misread.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.findings import Row
from flows.money import words
from flows.values.text import label_key

Figure = tuple[int, str]  # id() of a row, and its column


@dataclass(frozen=True, slots=True)
class Sum:
    """``figures`` (a row and one of its columns each) of which the first should be the others together; ``off`` by how much it is not."""

    name: str
    figures: tuple[tuple[Row, str], ...]
    off: Decimal

    @property
    def holds(self) -> bool:
        return self.off == 0


def sum_of(name: str, whole: tuple[Row, str], parts: Sequence[tuple[Row, str]]) -> Sum:
    """The sum that ``parts`` should make of ``whole``; what is not printed counts as nothing."""
    total = sum((row[column] for row, column in parts if row[column] is not None), Decimal(0))
    return Sum(name, (whole, *parts), whole[0][whole[1]] - total)


def unproved(sums: Iterable[Sum]) -> list[tuple[Row, str, Sum]]:
    """Row and column of each figure that takes part in a sum that fails and in none that holds, with the first such sum."""
    proved: set[Figure] = set()
    failed: dict[Figure, tuple[Row, str, Sum]] = {}
    for one in sums:
        for row, column in one.figures:
            if one.holds:
                proved.add((id(row), column))
            else:
                failed.setdefault((id(row), column), (row, column, one))
    return [found for figure, found in failed.items() if figure not in proved]


# -- account tables --------------------------------------------------------------------------------------------------------

_AMOUNT = "amount_printed"
_Lines = list[Row]


def account_sums(rows: Iterable[Row]) -> Iterator[Sum]:
    """All sums that the account tables offer. ``rows``: of the staged table ``accounts``, as read."""
    tables: dict[str, _Lines] = defaultdict(list)
    for row in rows:
        tables[row["table_ref"]].append(row)
    for table in tables.values():
        columns: dict[tuple[str | None, str | None], _Lines] = defaultdict(list)
        for row in table:
            columns[(row["side"], row["column_name"])].append(row)
        for lines in columns.values():
            yield from _by_code(lines)
            yield from _by_order(lines)
        yield from _across(table)
        yield from _balanced(table)


def _by_code(lines: _Lines) -> Iterator[Sum]:
    """类 = its 款, 款 = its 项, and the total = all 类."""
    coded = [row for row in lines if row["code"]]
    codes = {row["code"] for row in coded}
    if len(codes) < len(coded):
        return  # a code twice: lines of several units
    parent = {code: max((other for other in codes if other != code and code.startswith(other)), key=len, default="") for code in codes}
    for row in coded:
        parts = [(other, _AMOUNT) for other in coded if parent[other["code"]] == row["code"]]
        if parts:
            yield sum_of("上级科目等于下级科目之和", (row, _AMOUNT), parts)
    tops = [(row, _AMOUNT) for row in coded if not parent[row["code"]]]
    totals = [row for row in lines if not row["code"] and _is_total(row["line_name"])]
    if tops and len(totals) == 1:
        yield sum_of("合计等于各科目之和", (totals[0], _AMOUNT), tops)


def _is_total(name: str | None) -> bool:
    return bool(name) and (words.is_a("total", name or "") or label_key(name or "").endswith(("合计", "总计")))


def _by_order(lines: _Lines) -> Iterator[Sum]:
    """本年收入合计 = the lines above it; 总计 = 本年合计 and the lines between. For tables without codes."""
    if any(row["code"] for row in lines) or not any(label_key(row["line_name"] or "").startswith("本年") for row in lines):
        return
    parts: list[tuple[Row, str]] = []
    for row in lines:
        name = label_key(row["line_name"] or "")
        if name.startswith("其中") or name.startswith(("(", "（")):
            continue
        if _is_total(row["line_name"]):
            if parts:
                yield _whichever_holds("合计等于以上各行之和", row, parts)
            parts = []
        parts.append((row, _AMOUNT))


def _whichever_holds(name: str, whole: Row, parts: list[tuple[Row, str]]) -> Sum:
    """All lines, or all but those that only break down the one above them (年初结转和结余 and its two funds)."""
    plain = sum_of(name, (whole, _AMOUNT), parts)
    for at in range(len(parts)):
        for end in range(at + 2, len(parts) + 1):
            broken_down = sum_of(name, parts[at], parts[at + 1 : end])
            fewer = sum_of(name, (whole, _AMOUNT), [*parts[: at + 1], *parts[end:]])
            if not plain.holds and broken_down.holds and fewer.holds:
                return fewer
    return plain


def _across(table: _Lines) -> Iterator[Sum]:
    """A line's total column = the columns beside it under the same header. Where most lines of a table say otherwise, it is no sum."""
    lines: dict[tuple[str, str], dict[tuple[str, ...], Row]] = defaultdict(dict)
    for row in table:
        path = tuple((row["column_name"] or "").split("/"))
        line = row["source_ref"].split("/c")[0]
        lines[(line, str(row["code"] or row["line_name"]))][path] = row
    offered: dict[tuple[str, ...], list[Sum]] = defaultdict(list)
    for columns in lines.values():
        for path, row in columns.items():
            beside = _beside(path, columns)
            if beside:
                offered[path].append(sum_of("合计栏等于各栏之和", (row, _AMOUNT), [(other, _AMOUNT) for other in beside]))
    for sums in offered.values():
        if 2 * sum(one.holds for one in sums) >= len(sums):
            yield from sums


def _beside(path: tuple[str, ...], columns: dict[tuple[str, ...], Row]) -> list[Row]:
    """Of a total column the columns it sums up: its siblings, and of sibling groups their own total or else all they hold."""
    if not label_key(path[-1]).endswith(("合计", "小计", "总计")):
        return []
    above = path[:-1]
    groups: dict[str, dict[tuple[str, ...], Row]] = defaultdict(dict)
    for other, row in columns.items():
        if other != path and other[: len(above)] == above and len(other) > len(above):
            groups[other[len(above)]][other] = row
    found: list[Row] = []
    for members in groups.values():
        totals = [row for other, row in members.items() if len(other) > len(above) + 1 and label_key(other[-1]).endswith(("合计", "小计"))]
        found += totals if len(totals) == 1 else list(members.values())
    return found


def _balanced(table: _Lines) -> Iterator[Sum]:
    """收入总计 = 支出总计, where a table has one of each."""
    totals = [row for row in table if label_key(row["line_name"] or "").endswith("总计")]
    income, expenditure = ([row for row in totals if row["side"] == side] for side in ("income", "expenditure"))
    if len(income) == 1 and len(expenditure) >= 1:
        whole = next(
            (row for row in expenditure if label_key((row["column_name"] or "").split("/")[-1]) in ("合计", "小计")), expenditure[0]
        )
        if len(expenditure) == 1 or whole is not expenditure[0] or "合计" in (whole["column_name"] or ""):
            yield sum_of("收入总计等于支出总计", (income[0], _AMOUNT), [(whole, _AMOUNT)])
