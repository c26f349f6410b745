"""The tables of a budget in 元, with function codes split over the columns 类, 款 and 项."""

from collections.abc import Callable
from decimal import Decimal

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, AccountTotal, LabelColumn
from flows.typeset.figures import ordinal
from flows.typeset.ledger import Ledger, Spending, is_personnel, operating_of, personnel_of
from flows.typeset.source import Facts
from flows.typeset.standard_tables import Amounts, blank_if_zero, coded_lines, economic_lines

UNIT = "元"

_SPLIT_CODE = (
    LabelColumn(("项目", "功能分类科目编码", "类"), "class"),
    LabelColumn(("项目", "功能分类科目编码", "款"), "group"),
    LabelColumn(("项目", "功能分类科目编码", "项"), "item"),
    LabelColumn(("项目", "功能分类科目名称"), "name"),
)


def budget_tables(ledger: Ledger, classification: Facts) -> tuple[AccountTable, ...]:
    """Totals, income, expenditure, treasury funds, functions, two empty funds, economic classes, 三公."""
    year = f"{ledger.year}年部门"
    names = classification["economic_names"]
    general, funds, capital = ("一般公共预算支出", "政府性基金预算支出", "国有资本经营预算支出")
    return (
        _totals(ledger, f"{year}财务收支预算总表"),
        _income(ledger, f"{year}收入预算总表"),
        _expenditure(ledger, f"{year}支出预算总表"),
        _treasury(ledger, f"{year}财政拨款收支预算总表"),
        _by_function(ledger, f"{year}{general}功能分类预算表", general, with_data=True),
        _by_function(ledger, f"{year}{funds}功能分类预算表", funds, with_data=False),
        _by_function(ledger, f"{year}{capital}功能分类预算表", capital, with_data=False),
        _by_economic_class(ledger, f"{year}一般公共预算基本支出经济分类预算表", names),
        _three_public(ledger, f"{year}“三公”经费和机关运行经费预算表"),
    )


def _planned(spending: Spending) -> Decimal:
    return spending.fiscal_budget + spending.own_budget


def _names(side: str) -> tuple[LabelColumn, ...]:
    return (LabelColumn((side, "项目"), "name"),)


def _class_lines(ledger: Ledger, of: Callable[[Spending], Decimal], amounts: Callable[[Decimal], Amounts]) -> tuple[AccountLine, ...]:
    return tuple(
        AccountLine(f"{ordinal(number)}、{name}", amounts(amount))
        for number, (name, amount) in enumerate(ledger.class_amounts(of).items(), 1)
    )


def _totals(ledger: Ledger, title: str) -> AccountTable:
    fiscal, own = ledger.sum.fiscal_budget, ledger.sum.own_budget
    income = (
        AccountLine("一、财政拨款收入", (fiscal,)),
        AccountLine("1.一般公共预算资金", (fiscal,)),
        AccountLine("2.政府性基金", (None,)),
        AccountLine("3.国有资本经营预算", (None,)),
        AccountLine("二、事业收入", (None,)),
        AccountLine("三、事业单位经营收入", (None,)),
        AccountLine("四、其他收入", (blank_if_zero(own),)),
    )
    expenditure = _class_lines(ledger, _planned, lambda amount: (amount,))
    return AccountTable(
        None,
        title,
        UNIT,
        (
            AccountBlock(_names("本年收入"), (("本年收入", "预算数"),), income, "income"),
            AccountBlock(_names("本年支出"), (("本年支出", "预算数"),), expenditure, "expenditure"),
        ),
        totals=(AccountTotal("收入总计", fiscal + own, 1), AccountTotal("支出总计", _planned(ledger.sum), 1)),
    )


def _income(ledger: Ledger, title: str) -> AccountTable:
    def amounts(_code: str, spent: Spending) -> Amounts:
        own = blank_if_zero(spent.own_budget)
        return (_planned(spent), blank_if_zero(spent.fiscal_budget), None, None, own)

    columns = ("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入")
    return _coded(ledger, title, tuple(("收入预算", name) for name in columns), amounts)


def _expenditure(ledger: Ledger, title: str) -> AccountTable:
    def amounts(_code: str, spent: Spending) -> Amounts:
        projects = spent.project_budget + spent.own_budget
        return (_planned(spent), blank_if_zero(spent.basic_budget), blank_if_zero(projects))

    return _coded(ledger, title, tuple(("支出预算", name) for name in ("合计", "基本支出", "项目支出")), amounts)


def _treasury(ledger: Ledger, title: str) -> AccountTable:
    fiscal = ledger.sum.fiscal_budget
    income: tuple[AccountLine, ...] = (
        AccountLine("一、一般公共预算资金", (fiscal,)),
        AccountLine("二、政府性基金", (None,)),
        AccountLine("三、国有资本经营预算", (None,)),
    )
    expenditure = _class_lines(ledger, lambda spending: spending.fiscal_budget, lambda amount: (amount, amount, None, None))
    columns = ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    padding = (AccountLine("", (None,)),) * (len(expenditure) - len(income))
    income = (*income, *padding, AccountLine("收入总计", (fiscal,)))
    expenditure = (*expenditure, AccountLine("支出总计", (fiscal, fiscal, None, None)))
    spent_paths = tuple(("财政拨款支出", name) for name in columns)
    return AccountTable(
        None,
        title,
        UNIT,
        (
            AccountBlock(_names("财政拨款收入"), (("财政拨款收入", "预算数"),), income, "income"),
            AccountBlock(_names("财政拨款支出"), spent_paths, expenditure, "expenditure"),
        ),
    )


def _by_function(ledger: Ledger, title: str, head: str, with_data: bool) -> AccountTable:
    columns = tuple((head, name) for name in ("合计", "基本支出", "项目支出"))

    def amounts(_code: str, spent: Spending) -> Amounts:
        return (spent.fiscal_budget, blank_if_zero(spent.basic_budget), blank_if_zero(spent.project_budget))

    if with_data:
        return _coded(ledger, title, columns, amounts)
    block = AccountBlock(_SPLIT_CODE, columns, (AccountLine("合计", (None, None, None)),))
    note = f"注：本部门{ledger.year}年没有安排{head}，本表无数据。"
    return AccountTable(None, title, UNIT, (block,), notes=(note,), blank_lines=2)


def _coded(
    ledger: Ledger,
    title: str,
    columns: tuple[tuple[str, ...], ...],
    amounts: Callable[[str, Spending], Amounts],
) -> AccountTable:
    head, *lines = coded_lines(ledger, amounts)
    return AccountTable(None, title, UNIT, (AccountBlock(_SPLIT_CODE, columns, (*lines, head)),))


def _by_economic_class(ledger: Ledger, title: str, names: dict[str, str]) -> AccountTable:
    planned = {code: amount for code, amount in ledger.economic_budget.items() if amount}
    codes = sorted(planned.keys() | {code[:3] for code in planned})
    labels = (
        LabelColumn(("部门预算经济分类科目", "编码"), "code"),
        LabelColumn(("部门预算经济分类科目", "名称"), "name"),
    )
    columns = (("基本支出预算", "合计"), ("基本支出预算", "人员经费"), ("基本支出预算", "公用经费"))
    lines = [AccountLine(line.name, _people_or_office(line), line.code) for line in economic_lines(codes, planned, names)]
    people, office = personnel_of(planned), operating_of(planned)
    lines.append(AccountLine("合计", (people + office, people, office)))
    return AccountTable(None, title, UNIT, (AccountBlock(labels, columns, tuple(lines)),))


def _people_or_office(line: AccountLine) -> Amounts:
    (amount,) = line.amounts
    return (amount, amount, None) if is_personnel(line.code or "") else (amount, None, amount)


def _three_public(ledger: Ledger, title: str) -> AccountTable:
    planned = ledger.three_public_budget
    office = operating_of(ledger.economic_budget)
    head, cars = "“三公”经费预算数", "公务用车购置及运行费"
    columns = (
        (head, "合计"),
        (head, "因公出国（境）费"),
        (head, "公务接待费"),
        (head, cars, "小计"),
        (head, cars, "购置费"),
        (head, cars, "运行费"),
        ("机关运行经费预算数",),
    )
    amounts = (
        planned.total,
        planned.abroad,
        planned.reception,
        planned.cars,
        planned.purchase,
        planned.running,
        office,
    )
    return AccountTable(None, title, "万元", (AccountBlock((), columns, (AccountLine("", amounts),)),))
