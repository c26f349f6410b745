"""The books of one bureau in one year: every total is added up here, none is typed in the samples."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from flows.typeset.figures import ZERO, total
from flows.typeset.source import Facts

ABROAD, RECEPTION, CAR_RUNNING, CAR_PURCHASE = "30212", "30217", "30231", "31013"


@dataclass(frozen=True)
class Spending:
    """What was planned and spent at a function code; own is paid from 其他收入, the rest by the treasury."""

    basic_budget: Decimal = ZERO
    basic: Decimal = ZERO
    project_budget: Decimal = ZERO
    project: Decimal = ZERO
    own_budget: Decimal = ZERO
    own: Decimal = ZERO

    def __add__(self, other: "Spending") -> "Spending":
        return Spending(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def fiscal_budget(self) -> Decimal:
        """Planned out of the treasury."""
        return self.basic_budget + self.project_budget

    @property
    def fiscal(self) -> Decimal:
        """Spent out of the treasury."""
        return self.basic + self.project

    @property
    def all_projects(self) -> Decimal:
        """Spent on projects, whoever paid."""
        return self.project + self.own

    @property
    def spent(self) -> Decimal:
        """Spent on everything, whoever paid."""
        return self.fiscal + self.own


@dataclass(frozen=True)
class ThreePublic:
    """三公经费, as planned or as spent."""

    abroad: Decimal
    purchase: Decimal
    running: Decimal
    reception: Decimal

    @property
    def cars(self) -> Decimal:
        """公务用车购置及运行维护费."""
        return self.purchase + self.running

    @property
    def total(self) -> Decimal:
        """三公 in all."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True)
class Ledger:
    """Function codes to spending, economic codes to amounts, and what came over from year to year."""

    year: int
    items: dict[str, Spending]
    economic: dict[str, Decimal]
    economic_budget: dict[str, Decimal]
    opening: Decimal
    closing: Decimal
    carried_code: str
    names: dict[str, str]
    counts: Facts = field(default_factory=dict)

    @property
    def sum(self) -> Spending:
        """All function codes together."""
        return sum(self.items.values(), Spending())

    @property
    def fiscal_income(self) -> Decimal:
        """What the treasury gave: what was spent, and what was put by for the next year."""
        return self.sum.fiscal + self.closing - self.opening

    @property
    def income(self) -> Decimal:
        """本年收入合计."""
        return self.fiscal_income + self.sum.own

    @property
    def grand_total(self) -> Decimal:
        """总计: what there was to spend."""
        return self.income + self.opening

    @property
    def personnel(self) -> Decimal:
        """人员经费 as spent."""
        return personnel_of(self.economic)

    @property
    def operating(self) -> Decimal:
        """公用经费 as spent, which here is 机关运行经费 too."""
        return operating_of(self.economic)

    @property
    def three_public(self) -> ThreePublic:
        """三公 as spent."""
        return _three_public(self.economic)

    @property
    def three_public_budget(self) -> ThreePublic:
        """三公 as planned."""
        return _three_public(self.economic_budget)

    def rolled_up(self) -> list[tuple[str, Spending]]:
        """类, 款 and 项 in code order; a parent is the sum of its children."""
        codes = sorted({code[:length] for code in self.items for length in (3, 5, 7)})
        return [(code, sum((spent for item, spent in self.items.items() if item.startswith(code)), Spending())) for code in codes]

    def income_at(self, code: str) -> Decimal:
        """Treasury income by function code: what was spent there, and what was carried over there."""
        spent = total(spending.fiscal for item, spending in self.items.items() if item.startswith(code))
        carried = self.closing - self.opening if self.carried_code.startswith(code) else ZERO
        return spent + carried

    def class_amounts(self, amount: Callable[[Spending], Decimal]) -> dict[str, Decimal]:
        """Names of the function classes to amounts."""
        return {self.names[code]: amount(spent) for code, spent in self.rolled_up() if len(code) == 3}


def keep_ledger(facts: Facts, year: int, opening: Decimal, names: dict[str, str]) -> Ledger:
    """Books the basic expenditure by economic class and the projects at their function codes."""
    items: dict[str, Spending] = {}

    def book(code: str, spending: Spending) -> None:
        items[code] = items.get(code, Spending()) + spending

    functions = {economic: str(code) for economic, code in facts["basic_function"].items()}
    for economic, amounts in facts["basic"].items():
        code = functions.get(economic, str(facts["bureau"]["main_code"]))
        book(code, Spending(basic_budget=Decimal(amounts["budget"]), basic=Decimal(amounts["final"])))
    for project in facts["project"]:
        for funds in project["funds"]:
            planned, spent = Decimal(funds["initial"]), Decimal(funds["executed"])
            if funds.get("own_income"):
                book(str(project["code"]), Spending(own_budget=planned, own=spent))
            else:
                book(str(project["code"]), Spending(project_budget=planned, project=spent))
    return Ledger(
        year=year,
        items=items,
        economic={code: Decimal(amounts["final"]) for code, amounts in facts["basic"].items()},
        economic_budget={code: Decimal(amounts["budget"]) for code, amounts in facts["basic"].items()},
        opening=opening,
        closing=Decimal(facts["accounts"]["closing"]),
        carried_code=str(facts["accounts"]["carried_code"]),
        names=names,
        counts=facts["counts"],
    )


def is_personnel(economic_code: str) -> bool:
    """Whether the money goes to people (301, 303) rather than to the office."""
    return economic_code.startswith(("301", "303"))


def personnel_of(economic: dict[str, Decimal]) -> Decimal:
    """人员经费."""
    return total(amount for code, amount in economic.items() if is_personnel(code))


def operating_of(economic: dict[str, Decimal]) -> Decimal:
    """公用经费."""
    return total(amount for code, amount in economic.items() if not is_personnel(code))


def economic_sum(economic: dict[str, Decimal], code: str) -> Decimal:
    """The amount at a class (301) or at one of its lines (30101)."""
    return total(amount for line, amount in economic.items() if line.startswith(code))


def _three_public(economic: dict[str, Decimal]) -> ThreePublic:
    return ThreePublic(
        abroad=economic.get(ABROAD, ZERO),
        purchase=economic.get(CAR_PURCHASE, ZERO),
        running=economic.get(CAR_RUNNING, ZERO),
        reception=economic.get(RECEPTION, ZERO),
    )
