"""What a sample report states: plain facts, no logic. All amounts are Decimal in 元."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ReportKind = Literal["department_final_accounts", "department_budget"]
FormKind = Literal["project_self_evaluation", "transfer_payment_self_evaluation", "project_target"]
Side = Literal["income", "expenditure"]
LabelKind = Literal["name", "code", "class", "group", "item", "line_no"]


@dataclass(frozen=True)
class Bureau:
    """A fictional bureau and the fictional region it works in."""

    name: str
    province: str
    prefecture: str
    county: str | None
    admin_level: str
    sector: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A piece of prose: the part of the report it belongs to, its headline, its paragraphs."""

    part: Literal["overview", "explanation", "terms"]
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class LabelColumn:
    """A column that says what a line is: its header words from top to bottom, and what it holds."""

    path: tuple[str, ...]
    holds: LabelKind


@dataclass(frozen=True)
class AccountLine:
    """One line of a standard table; an amount of None is an empty cell."""

    name: str
    amounts: tuple[Decimal | None, ...]
    code: str | None = None
    line_no: str | None = None


@dataclass(frozen=True)
class AccountBlock:
    """Lines under one set of columns; two-sided tables have two of them, 公开06 has three."""

    labels: tuple[LabelColumn, ...]
    columns: tuple[tuple[str, ...], ...]
    lines: tuple[AccountLine, ...]
    side: Side | None = None


@dataclass(frozen=True)
class AccountTotal:
    """A total under the blocks, whose label is merged over several columns."""

    name: str
    amount: Decimal
    label_span: int


@dataclass(frozen=True)
class AccountTable:
    """A standard table of a budget or of final accounts; number is 01 … 09 or None."""

    number: str | None
    title: str
    unit: str
    blocks: tuple[AccountBlock, ...]
    totals: tuple[AccountTotal, ...] = ()
    notes: tuple[str, ...] = ()
    numbers_columns: bool = False
    blank_lines: int = 0


@dataclass(frozen=True)
class Funding:
    """Money of a form by source; the rate is in percent."""

    source: str
    initial_budget: Decimal | None
    adjusted_budget: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Indicator:
    """One indicator; target is the value as words or digits, without operator and unit."""

    level1: str
    level2: str
    name: str
    operator: str | None
    target: str
    unit: str
    actual: str
    weight: Decimal | None
    score: Decimal | None
    attained: bool
    reason: str = ""
    improvement: str = ""


@dataclass(frozen=True)
class Goal:
    """What was meant to be reached, and what was reached."""

    target: str
    result: str


@dataclass(frozen=True)
class Task:
    """A main task of the year in a department form."""

    name: str
    content: str
    budget: Decimal
    executed: Decimal
    rate: Decimal
    result: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class Advice:
    """An option of an advice block, ticked or not, with what was written beside it."""

    block: str
    option: str
    is_checked: bool
    text: str


@dataclass(frozen=True)
class ProjectForm:
    """A project's (or transfer payment's) form: targets before the year, results after it."""

    kind: FormKind
    title: str
    fiscal_year: int
    project_name: str
    department_name: str
    unit_name: str
    fundings: tuple[Funding, ...]
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    central_department: str | None = None
    total_weight: Decimal | None = None
    total_score: Decimal | None = None
    grade: str | None = None
    conclusion: str = ""
    problems: str = ""
    improvements: str = ""
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class DepartmentForm:
    """The form by which a bureau evaluates itself as a whole."""

    title: str
    fiscal_year: int
    department_name: str
    initial_income: Decimal
    initial_expenditure: Decimal
    fundings: tuple[Funding, ...]
    tasks: tuple[Task, ...]
    task_total: Task
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    total_weight: Decimal
    total_score: Decimal
    grade: str | None = None
    conclusion: str = ""
    problems: str = ""
    improvements: str = ""
    advice: tuple[Advice, ...] = ()


Form = ProjectForm | DepartmentForm


@dataclass(frozen=True)
class Measure:
    """A figure that a sentence of the running text states, as printed: its unit and the year it is about."""

    sentence: str
    value: Decimal
    unit: str
    fiscal_year: int


@dataclass(frozen=True)
class Report:
    """A published report: everything that its files print. ``edition``: the word of a later edition in the file name, 更正 …"""

    bureau: Bureau
    fiscal_year: int
    kind: ReportKind
    title: str
    published_on: date
    unit: str
    sections: tuple[Section, ...]
    tables: tuple[AccountTable, ...]
    forms: tuple[Form, ...]
    measures: tuple[Measure, ...] = ()
    edition: str = ""
