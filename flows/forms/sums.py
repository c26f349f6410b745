"""What the sums of evaluation forms prove: weights that make 100, scores that make the total, sources that make the funds, rates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from flows.findings import Row
from flows.money.sums import Sum, sum_of
from flows.values.text import label_key

_FULL = Decimal(100)
_MONEY = ("initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan")


def form_sums(rows: Mapping[str, Iterable[Row]]) -> Iterator[Sum]:
    """All sums that the forms offer. ``rows``: of the staged tables, as read."""
    forms: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table in ("evaluations", "fundings", "tasks", "indicators"):
        for row in rows.get(table, ()):
            if row.get("form_no") is not None:
                forms[row["form_no"]][table].append(row)
    for form in forms.values():
        yield from _weights_and_scores(form)
        yield from _funds(form["fundings"])
        for row in [*form["fundings"], *form["tasks"]]:
            yield from _rate(row)


def _weights_and_scores(form: dict[str, list[Row]]) -> Iterator[Sum]:
    weights = _printed(form["indicators"], "weight")
    scores = _printed(form["indicators"], "score")
    money_weights = _printed([*form["fundings"], *form["tasks"]], "weight")
    money_scores = _printed([*form["fundings"], *form["tasks"]], "score")
    if weights:
        yield _best("权重之和为 100", _FULL, None, weights, money_weights)
    total = next((row for row in form["evaluations"] if row.get("total_score") is not None), None)
    if total is not None and scores:
        yield _best("总分等于各项得分之和", total["total_score"], (total, "total_score"), scores, money_scores)


def _best(name: str, whole: Decimal, holder: tuple[Row, str] | None, parts: list[tuple[Row, str]], more: list[tuple[Row, str]]) -> Sum:
    """Parts alone, or with the first or all of what stands in the money part: which of them counts, the form does not say."""
    first = [holder] if holder else []
    sums = []
    for added in ([], more[:1], more):
        taken = [*parts, *added]
        sums.append(Sum(name, (*first, *taken), whole - sum((row[column] for row, column in taken), Decimal(0))))
    return min(sums, key=lambda one: abs(one.off))


def _printed(rows: Iterable[Row], column: str) -> list[tuple[Row, str]]:
    return [(row, column) for row in rows if row.get(column) is not None]


def _funds(rows: list[Row]) -> Iterator[Sum]:
    """年度资金总额 = its sources, column by column."""
    if len(rows) < 2 or not any(word in label_key(rows[0]["funding_source"] or "") for word in ("总额", "合计", "总计")):
        return
    parts = [row for row in rows[1:] if not any(word in label_key(row["funding_source"] or "") for word in ("总额", "合计", "年初预算"))]
    for column in _MONEY:
        printed = _printed(parts, column)
        if rows[0].get(column) is not None and printed:
            yield sum_of("资金总额等于各来源之和", (rows[0], column), printed)


def _rate(row: Row) -> Iterator[Sum]:
    """The rate of execution = executed / budget, to its last printed digit."""
    rate, executed = row.get("execution_rate_pct"), row.get("executed_yuan")
    budgets = [name for name in ("adjusted_budget_yuan", "initial_budget_yuan", "budget_yuan", "budget_total_yuan") if row.get(name)]
    if rate is None or executed is None or not budgets:
        return
    half = Decimal(1).scaleb(int(rate.as_tuple().exponent)) / 2
    for name in budgets:
        off = rate - executed / row[name] * 100
        one = Sum("执行率等于执行数除以预算数", ((row, "execution_rate_pct"), (row, "executed_yuan"), (row, name)), Decimal(0))
        if abs(off) <= half:
            yield one
            return
    yield Sum(one.name, one.figures, off)
