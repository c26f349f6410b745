"""The facts of a random bureau in one year, in the shape of the sample files."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.typeset.figures import plain
from flows.typeset.random.choices import Choices
from flows.typeset.source import Facts

_BASIC = (
    30101, 30102, 30103, 30108, 30109, 30110, 30113, 30199, 30302, 30305,
    30201, 30202, 30205, 30206, 30207, 30211, 30212, 30213, 30215, 30216, 30217, 30226, 30228, 30231, 30239, 30299,
    31002, 31013,
)  # fmt: skip
_BASIC_FUNCTION = {"30302": 2080501, "30108": 2080505, "30109": 2080506, "30110": 2101101, "30113": 2210201}
# Points for execution and points for all indicators.
INDICATOR_POINTS = 90  # of 100; the rest is for the execution of the budget


def random_facts(choices: Choices, pools: Facts, sector: Facts, year: int, bureau: str) -> Facts:
    """Everything that a sample file says of a year."""
    projects = [_project(choices, pools, sector, year, bureau, number) for number in range(choices.integer(0, 3))]
    before = [Decimal(choices.integer(1, 90_000)) * 1000 for _ in range(3)]
    return {
        "bureau": {
            "name": bureau,
            "main_code": sector["main_code"],
            "line_numbers": choices.flag(),
            "three_public_table": choices.pick(("lines", "columns")),
            "graded": choices.flag(),
        },
        "published_on": date(year + 1, 8, choices.integer(1, 28)),
        "overview": {
            "duties": pools["reasons"]["duties"][: choices.integer(1, 3)],
            "staff": choices.integer(1, 300),
        },
        "accounts": {
            "closing": choices.integer(0, 500) * 1000,
            "carried_code": str(sector["main_code"]),
        },
        "previous": dict(zip(("total", "three_public", "running"), before, strict=True)),
        "reasons": {name: choices.pick(pools["reasons"]["total"]) for name in ("total", "three_public", "running")},
        "budget": {"reason": choices.pick(pools["reasons"]["total"]), "published_on": date(year, 2, choices.integer(1, 28))},
        "counts": {
            "vehicles": choices.integer(0, 9),
            "vehicle_use": "全部为一般公务用车",
            "reception_batches": choices.integer(0, 60),
            "reception_people": choices.integer(0, 900),
            "trips_abroad": choices.integer(0, 3),
        },
        "procurement": {name: choices.integer(0, 900) * 1300 for name in ("goods", "works", "services", "small_business")},
        "basic": _basic(choices),
        "basic_function": _BASIC_FUNCTION,
        "project": projects,
        "transfer": [_transfer(choices, pools, sector, year, bureau)] if choices.flag() else [],
        "department": _department(choices, pools, year),
        **({"advice": _advice(pools)} if choices.flag() else {}),
    }


def _basic(choices: Choices) -> Facts:
    """Basic expenditure by economic class; someone is always paid, and something is bought."""
    codes = {30101, 30201} | {choices.pick(_BASIC) for _ in range(choices.integer(0, 12))}
    return {str(code): {"budget": _amount(choices), "final": _amount(choices)} for code in sorted(codes)}


def _amount(choices: Choices) -> int:
    """Whole 元, small or large."""
    return choices.integer(1, 99_999) * choices.pick((100, 1, 10, 1000))


def _project(choices: Choices, pools: Facts, sector: Facts, year: int, bureau: str, number: int) -> Facts:
    pool = pools["project"]
    subject = choices.pick(sector["subjects"])
    # A number keeps two projects of a report apart: who reads them tells them by name.
    name = f"{subject}{choices.pick(pool['endings'])}{('', '二', '三')[number]}"
    funds: list[Facts] = []
    for source in choices.pick(pool["sources"]):
        adjusted = 0 if funds and choices.flag() else _amount(choices)
        executed = adjusted if choices.flag() else adjusted * choices.integer(0, 100) // 100
        entry: Facts = {"source": source, "initial": _amount(choices), "adjusted": adjusted, "executed": executed}
        funds.append(entry | ({"own_income": True} if source == "其他资金" else {}))
    return {
        "name": name,
        "unit": choices.pick((bureau, f"{bureau}（本级）", f"{bureau}服务中心")),
        "code": choices.pick(sector["project_codes"]),
        "content": choices.pick(pool["contents"]),
        "funds": funds,
        "goal": choices.pick(pool["goals"]),
        "result": choices.pick(pool["results"]),
        "problems": choices.pick(pool["problems"]),
        "improvements": choices.pick(pool["improvements"]),
        "indicators": _indicators(choices, pools, pools["kind"], sector["subjects"], year, INDICATOR_POINTS),
        "ticks": {choices.pick(pools["advice"]["project_options"]): choices.pick(pools["advice"]["texts"])} if choices.flag() else {},
        "review": choices.pick(pools["advice"]["review_options"]),
    }


def _transfer(choices: Choices, pools: Facts, sector: Facts, year: int, bureau: str) -> Facts:
    project = _project(choices, pools, sector, year, bureau, 0)
    funds = [{key: value for key, value in entry.items() if key in ("source", "adjusted", "executed")} for entry in project["funds"]]
    indicators = [{key: value for key, value in entry.items() if key != "weight"} for entry in project["indicators"]]
    return {
        "name": f"{choices.pick(sector['subjects'])}转移支付资金",
        "central": choices.pick(pools["project"]["central"]),
        "department": bureau,
        "unit": choices.pick((bureau, f"{bureau}服务中心")),
        "funds": funds,
        "goal": project["goal"],
        "result": project["result"],
        "indicators": indicators,
    }


def _department(choices: Choices, pools: Facts, year: int) -> Facts:
    pool = pools["department"]
    task_points = choices.pick((0, 20, 10))
    points = 100 - task_points if task_points else INDICATOR_POINTS
    return {
        "goal": choices.pick(pool["goals"]),
        "result": choices.pick(pool["results"]),
        "basic_results": ["人员经费按时发放", "机关运转正常"],
        "problems": choices.pick(pools["project"]["problems"]),
        "improvements": choices.pick(pools["project"]["improvements"]),
        "indicators": _indicators(choices, pools, pool["kind"], ("", "年度", "部门"), year, points),
        "ticks": {},
        "review": choices.pick(pools["advice"]["review_options"]),
        **({"task_weight": task_points} if task_points else {}),
    }


def _indicators(choices: Choices, pools: Facts, kinds: list[Facts], subjects: Sequence[str], year: int, points: int) -> list[Facts]:
    """Indicators in the order of their levels; their weights add up to ``points``."""
    chosen = [(kind, choices.pick(subjects)) for kind in kinds for _ in range(choices.integer(0, 2))]
    chosen = chosen or [(kinds[0], subjects[0])]
    weights = _split(choices, points, len(chosen))
    indicators: list[Facts] = []
    names: set[str] = set()
    for (kind, subject), weight in zip(chosen, weights, strict=True):
        entry = _indicator(choices, pools, kind, subject, year)
        while entry["name"] in names:
            entry["name"] += "（其他）"
        names.add(entry["name"])
        indicators.append(entry | {"weight": weight})
    return indicators


def _split(choices: Choices, points: int, parts: int) -> list[int]:
    """Whole points, at least one for each part, that add up."""
    weights, left = [], points
    for after in range(parts - 1, 0, -1):
        weight = choices.integer(1, max(1, min(left - after, 2 * left // (after + 1))))
        weights.append(weight)
        left -= weight
    return [*weights, left]


def _indicator(choices: Choices, pools: Facts, kind: Facts, subject: str, year: int) -> Facts:
    said = {
        "reason": choices.pick(pools["project"]["reasons"]),
        "improvement": choices.pick(pools["project"]["remedies"]),
        "at": kind["at"],
    }
    if kind.get("words") and choices.flag():
        aspect, target, actual = choices.pick(kind["words"])
        target, actual = target.format(year=year), actual.format(year=year)
        share = 1 if actual == target or target.endswith("月底前") else Decimal("0.8")
        return {"name": subject + aspect, "target": target, "actual": actual, "share": share, **said}
    aspect, unit = choices.pick(kind["measures"])
    sign = choices.pick(("≥", "=", "≤"))
    top = 100 if unit == "%" else choices.pick((100, 10, 10_000, 1_000_000))
    scale = choices.pick((1, 10, 100))
    target = Decimal(choices.integer(1, top * scale)) / scale
    actual = target if choices.flag() else Decimal(choices.integer(1, top * scale)) / scale
    return {"name": subject + aspect, "sign": sign, "unit": unit, "target": target, "actual": actual, **said}


def _advice(pools: Facts) -> Facts:
    return {name: pools["advice"][name] for name in ("blocks", "project_options", "department_options", "review_options")}


def printed_figures(choices: Choices) -> dict[str, str]:
    """One figure for every brace a sentence may have."""
    return {
        **{name: f"{Decimal(choices.integer(1, 999_999)) / 100:.2f}" for name in ("amount", "amount2")},
        **{name: str(choices.integer(1, 30_000)) for name in ("count", "count2")},
        **{name: plain(Decimal(choices.integer(1, 1000)) / 10) for name in ("rate", "rate2")},
        **{name: plain(Decimal(choices.integer(1, 9999)) / 100) for name in ("small", "small2")},
    }
