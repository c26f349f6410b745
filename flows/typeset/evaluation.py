"""Fills evaluation forms: rates, scores and totals follow from targets and results."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from flows.typeset.facts import (
    Advice,
    DepartmentForm,
    Funding,
    Goal,
    Indicator,
    ProjectForm,
    Task,
)
from flows.typeset.figures import ZERO, half_up, percent_of, plain, total
from flows.typeset.ledger import Ledger
from flows.typeset.source import Facts

EXECUTION_WEIGHT = Decimal(10)
_FULL = Decimal(100)
_Scored = Funding | Task | Indicator


def project_form(project: Facts, facts: Facts, year: int) -> ProjectForm:
    """The self-evaluation of a project."""
    fundings = _fundings(project["funds"], EXECUTION_WEIGHT)
    indicators = _indicators(project["indicators"])
    scored: tuple[_Scored, ...] = (*fundings, *indicators)
    score = total(entry.score for entry in scored)
    return ProjectForm(
        kind="project_self_evaluation",
        title="项目支出绩效自评表",
        fiscal_year=year,
        project_name=project["name"],
        department_name=facts["bureau"]["name"],
        unit_name=project["unit"],
        fundings=fundings,
        goals=(Goal(project["goal"], project["result"]),),
        indicators=indicators,
        total_weight=total(entry.weight for entry in scored),
        total_score=score,
        grade=_grade(score) if facts["bureau"].get("graded") else None,
        conclusion=f"{project['name']}自评得分{plain(score)}分，{_attainment(indicators)}",
        problems=project["problems"],
        improvements=project["improvements"],
        advice=_advice(project, facts, "project_options"),
    )


def transfer_form(transfer: Facts, facts: Facts, year: int) -> ProjectForm:
    """The form for money from higher levels; it has no scores."""
    return ProjectForm(
        kind="transfer_payment_self_evaluation",
        title="转移支付区域（项目）绩效目标自评表",
        fiscal_year=year,
        project_name=transfer["name"],
        department_name=transfer["department"],
        unit_name=transfer["unit"],
        fundings=_fundings(transfer["funds"], None),
        goals=(Goal(transfer["goal"], transfer["result"]),),
        indicators=_indicators(transfer["indicators"]),
        central_department=transfer["central"],
        problems="无",
    )


def project_targets(project: Facts, facts: Facts, year: int) -> ProjectForm:
    """The targets of a project as the budget publishes them: money planned, no results yet."""
    planned = [Funding(entry["source"], Decimal(entry["initial"]), None, None, None) for entry in project["funds"]]
    everything = Funding("年度资金总额", total(entry.initial_budget for entry in planned), None, None, None)
    targets = (
        Indicator(i.level1, i.level2, i.name, i.operator, i.target, i.unit, "", None, None, attained=False)
        for i in _indicators(project["indicators"])
    )
    return ProjectForm(
        kind="project_target",
        title="项目支出绩效目标表",
        fiscal_year=year,
        project_name=project["name"],
        department_name=facts["bureau"]["name"],
        unit_name=project["unit"],
        fundings=(everything, *planned),
        goals=(Goal(project["goal"], ""),),
        indicators=tuple(targets),
    )


def department_form(facts: Facts, ledger: Ledger) -> DepartmentForm:
    """The self-evaluation of the whole bureau; its tasks are its basic expenditure and its projects."""
    department = facts["department"]
    tasks = _tasks(facts, ledger)
    task_total = _task_total(tasks)
    planned = ledger.sum.fiscal_budget + ledger.sum.own_budget
    indicators = _indicators(department["indicators"], task_total.rate)
    # Where tasks are scored they take the place of the money rows and of their ten points for execution.
    fundings = () if "task_weight" in department else _department_fundings(ledger, planned, tasks, task_total)
    scored: tuple[_Scored, ...] = (*tasks, *fundings, *indicators)
    score = total(entry.score for entry in scored)
    return DepartmentForm(
        title="部门整体支出绩效自评表",
        fiscal_year=ledger.year,
        department_name=facts["bureau"]["name"],
        initial_income=planned,
        initial_expenditure=planned,
        fundings=fundings,
        tasks=tasks,
        task_total=task_total,
        goals=(Goal(department["goal"], department["result"]),),
        indicators=indicators,
        total_weight=total(entry.weight for entry in scored),
        total_score=score,
        grade=_grade(score) if facts["bureau"].get("graded") else None,
        conclusion=f"部门整体自评得分{plain(score)}分，{_attainment(indicators)}",
        problems=department["problems"],
        improvements=department["improvements"],
        advice=_advice(department, facts, "department_options"),
    )


def _funding(source: str, initial: Decimal | None, adjusted: Decimal, executed: Decimal, weight: Decimal | None) -> Funding:
    rate = percent_of(executed, adjusted) if adjusted else None
    return Funding(source, initial, adjusted, executed, rate, weight, _execution_score(weight, rate))


def _fundings(funds: list[Facts], weight: Decimal | None) -> tuple[Funding, ...]:
    """The total, which alone is scored, and its sources."""
    sources = [
        _funding(
            entry["source"],
            Decimal(entry["initial"]) if "initial" in entry else None,
            Decimal(entry["adjusted"]),
            Decimal(entry["executed"]),
            None,
        )
        for entry in funds
    ]
    initial = None if sources[0].initial_budget is None else total(entry.initial_budget for entry in sources)
    adjusted = total(entry.adjusted_budget for entry in sources)
    executed = total(entry.executed for entry in sources)
    return (_funding("年度资金总额", initial, adjusted, executed, weight), *sources)


def _department_fundings(ledger: Ledger, planned: Decimal, tasks: Sequence[Task], task_total: Task) -> tuple[Funding, ...]:
    """The total, which alone is scored, then basic expenditure and projects."""
    spent = ledger.sum
    parts = (
        ("其中：基本支出", spent.basic_budget, tasks[:2]),
        ("项目支出", spent.project_budget + spent.own_budget, tasks[2:]),
    )
    return (
        _funding("年度资金总额", planned, task_total.budget, task_total.executed, EXECUTION_WEIGHT),
        *(
            _funding(
                source,
                initial,
                total(task.budget for task in part),
                total(task.executed for task in part),
                None,
            )
            for source, initial, part in parts
        ),
    )


def _task_total(tasks: Sequence[Task]) -> Task:
    budget, executed = total(task.budget for task in tasks), total(task.executed for task in tasks)
    scored = any(task.weight is not None for task in tasks)
    return Task(
        name="金额合计",
        content="",
        budget=budget,
        executed=executed,
        rate=percent_of(executed, budget),
        weight=total(task.weight for task in tasks) if scored else None,
        score=total(task.score for task in tasks) if scored else None,
    )


def _tasks(facts: Facts, ledger: Ledger) -> tuple[Task, ...]:
    department = facts["department"]
    people, office = department["basic_results"]
    # Basic expenditure is re-budgeted to what it came to before the year ends.
    rows = [
        ("基本支出人员经费", "工资、津贴补贴和社会保险缴费", people, ledger.personnel, ledger.personnel),
        ("基本支出公用经费", "机关日常运转", office, ledger.operating, ledger.operating),
    ]
    for project in facts["project"]:
        budget, executed = (total(Decimal(entry[name]) for entry in project["funds"]) for name in ("adjusted", "executed"))
        rows.append((project["name"], project["content"], project["result"], budget, executed))
    weight = Decimal(department["task_weight"]) / len(rows) if "task_weight" in department else None
    return tuple(_task(name, content, result, budget, executed, weight) for name, content, result, budget, executed in rows)


def _task(name: str, content: str, result: str, budget: Decimal, executed: Decimal, weight: Decimal | None) -> Task:
    rate = percent_of(executed, budget)
    return Task(name, content, budget, executed, rate, result, weight, _execution_score(weight, rate))


def _execution_score(weight: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """In proportion to the rate, but never more than the weight."""
    return None if weight is None or rate is None else half_up(weight * min(rate, _FULL) / _FULL)


def _indicators(entries: Iterable[Facts], execution_rate: Decimal = ZERO) -> tuple[Indicator, ...]:
    return tuple(_indicator(entry, execution_rate) for entry in entries if entry.get("weight") != 0)


def _indicator(entry: Facts, execution_rate: Decimal) -> Indicator:
    target, actual = entry["target"], entry["actual"]
    if actual == "execution_rate":
        actual = execution_rate
    sign, unit = entry.get("sign"), entry.get("unit", "")
    share = _share(sign, target, actual) if sign else Decimal(entry.get("share", 1))
    weight = Decimal(entry["weight"]) if "weight" in entry else None
    level1, level2 = entry["at"].split("/")
    return Indicator(
        level1=level1,
        level2=level2,
        name=entry["name"],
        operator=sign,
        target=plain(target) if sign else target,
        unit=unit,
        actual=plain(actual) + unit if sign else actual,
        weight=weight,
        score=None if weight is None else half_up(weight * share),
        attained=share == 1,
        reason=entry.get("reason", ""),
        improvement=entry.get("improvement", ""),
    )


def _share(sign: str, target: Any, actual: Any) -> Decimal:
    """Reached: all points; missed: in proportion to how much of the target was reached (财预〔2020〕10号)."""
    target, actual = Decimal(target), Decimal(actual)
    match sign:
        case "≥":
            return Decimal(1) if actual >= target else actual / target
        case "≤":
            return Decimal(1) if actual <= target else target / actual
        case "=":
            return Decimal(1) if actual == target else min(actual, target) / max(actual, target)
    raise ValueError(f"no such operator: {sign}")


def _grade(score: Decimal) -> str:
    return next(word for least, word in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if score >= least)


def _attainment(indicators: tuple[Indicator, ...]) -> str:
    missed = [entry for entry in indicators if not entry.attained]
    if not missed:
        return f"{len(indicators)}项指标全部完成。"
    return f"{len(indicators)}项指标中{len(missed)}项未完成。"


def _advice(subject: Facts, facts: Facts, options: str) -> tuple[Advice, ...]:
    """Every option of both blocks; the fiscal authority ticks exactly one of its own."""
    if "advice" not in facts:
        return ()
    own_block, review_block = facts["advice"]["blocks"]
    ticks = subject["ticks"]
    own = [Advice(own_block, name, name in ticks, ticks.get(name, "")) for name in facts["advice"][options]]
    review = [
        Advice(review_block, name, name == subject["review"], "同意自评结果" if name == subject["review"] else "")
        for name in facts["advice"]["review_options"]
    ]
    return (*own, *review)
