"""The nine tables of final accounts, 公开01 to 公开09, from a ledger."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, AccountTotal, LabelColumn, Side
from flows.typeset.figures import ordinal
from flows.typeset.ledger import Ledger, Spending, economic_sum
from flows.typeset.source import Facts

UNIT = "万元"
Amounts = tuple[Decimal | None, ...]
_Row = tuple[str, Amounts]

_CODED = (
    LabelColumn(("项目", "功能分类科目编码"), "code"),
    LabelColumn(("项目", "科目名称"), "name"),
)
_EMPTY_NOTE = "注：本部门{year}年度没有{fund}收支，本表无数据。"


def final_accounts_tables(ledger: Ledger, classification: Facts, bureau: Facts) -> tuple[AccountTable, ...]:
    """All nine, in order; how 公开01, 公开04 and 公开07 look depends on the bureau."""
    classes = classification["function_classes"]
    numbered = bureau["line_numbers"]
    return (
        _income_and_expenditure(ledger, classes, numbered),
        _income(ledger),
        _expenditure(ledger),
        _treasury_income_and_expenditure(ledger, classes, numbered),
        _general_budget_expenditure(ledger),
        _basic_expenditure(ledger, classification),
        _three_public(ledger, as_lines=bureau["three_public_table"] == "lines"),
        _government_funds(ledger),
        _state_capital(ledger),
    )


def blank_if_zero(amount: Decimal) -> Decimal | None:
    """Most tables leave a cell empty rather than print a zero."""
    return amount or None


def coded_lines(ledger: Ledger, amounts: Callable[[str, Spending], Amounts]) -> tuple[AccountLine, ...]:
    """The line 合计 and a line for each 类, 款 and 项."""
    lines = [AccountLine("合计", amounts("", ledger.sum))]
    lines += [AccountLine(ledger.names[code], amounts(code, spent), code) for code, spent in ledger.rolled_up()]
    return tuple(lines)


def _class_rows(classes: Sequence[str], amounts: Callable[[str], Amounts]) -> list[_Row]:
    return [(f"{ordinal(number)}、{name}", amounts(name)) for number, name in enumerate(classes, 1)]


def _empty_rows(count: int, columns: int) -> list[_Row]:
    return [("", (None,) * columns)] * count


def _two_sided(
    number: str,
    title: str,
    income: list[_Row],
    expenditure: list[_Row],
    columns: Sequence[str],
    numbered: bool,
) -> AccountTable:
    """Income on the left, expenditure on the right; line numbers, if any, go on from left to right."""

    def block(name: str, rows: list[_Row], names: Sequence[str], first: int, side: Side) -> AccountBlock:
        labels = [LabelColumn((name, "项目"), "name")]
        if numbered:
            labels.append(LabelColumn((name, "行次"), "line_no"))
        lines = (
            AccountLine(row_name, amounts, line_no=str(line_no) if numbered else None)
            for line_no, (row_name, amounts) in enumerate(rows, first)
        )
        return AccountBlock(tuple(labels), tuple((name, column) for column in names), tuple(lines), side)

    blocks = (
        block("收入", income, ("金额",), 1, "income"),
        block("支出", expenditure, columns, len(income) + 1, "expenditure"),
    )
    notes = ("注：本表列示本部门全年的收支和年末结转结余。",)
    return AccountTable(number, title, UNIT, blocks, notes=notes, numbers_columns=numbered)


def _income_and_expenditure(ledger: Ledger, classes: Sequence[str], numbered: bool) -> AccountTable:
    income: list[_Row] = [
        ("一、一般公共预算财政拨款收入", (ledger.fiscal_income,)),
        ("二、政府性基金预算财政拨款收入", (None,)),
        ("三、国有资本经营预算财政拨款收入", (None,)),
        ("四、上级补助收入", (None,)),
        ("五、事业收入", (None,)),
        ("六、经营收入", (None,)),
        ("七、附属单位上缴收入", (None,)),
        ("八、其他收入", (blank_if_zero(ledger.sum.own),)),
    ]
    income += [
        *_empty_rows(len(classes) - len(income), 1),
        ("本年收入合计", (ledger.income,)),
        ("使用非财政拨款结余", (None,)),
        ("年初结转和结余", (ledger.opening,)),
        *_empty_rows(1, 1),
        ("总计", (ledger.grand_total,)),
    ]
    spent = ledger.class_amounts(lambda spending: spending.spent)
    expenditure: list[_Row] = [
        *_class_rows(classes, lambda name: (spent.get(name),)),
        ("本年支出合计", (ledger.sum.spent,)),
        ("结余分配", (None,)),
        ("年末结转和结余", (ledger.closing,)),
        *_empty_rows(1, 1),
        ("总计", (ledger.grand_total,)),
    ]
    return _two_sided("01", "收入支出决算总表", income, expenditure, ("金额",), numbered)


def _income(ledger: Ledger) -> AccountTable:
    columns = (
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    )

    def amounts(code: str, spent: Spending) -> Amounts:
        fiscal = ledger.income_at(code)
        return (fiscal + spent.own, blank_if_zero(fiscal), None, None, None, None, blank_if_zero(spent.own))

    block = AccountBlock(_CODED, tuple((name,) for name in columns), coded_lines(ledger, amounts))
    return AccountTable(
        "02",
        "收入决算表",
        UNIT,
        (block,),
        notes=("注：本表列示本部门全年取得的收入。",),
        numbers_columns=True,
    )


def _expenditure(ledger: Ledger) -> AccountTable:
    columns = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")

    def amounts(_code: str, spent: Spending) -> Amounts:
        return (spent.spent, blank_if_zero(spent.basic), blank_if_zero(spent.all_projects), None, None, None)

    block = AccountBlock(_CODED, tuple((name,) for name in columns), coded_lines(ledger, amounts))
    return AccountTable(
        "03",
        "支出决算表",
        UNIT,
        (block,),
        notes=("注：本表列示本部门全年发生的支出。",),
        numbers_columns=True,
    )


def _treasury_income_and_expenditure(ledger: Ledger, classes: Sequence[str], numbered: bool) -> AccountTable:
    income: list[_Row] = [
        ("一、一般公共预算财政拨款", (ledger.fiscal_income,)),
        ("二、政府性基金预算财政拨款", (None,)),
        ("三、国有资本经营预算财政拨款", (None,)),
    ]
    income += [
        *_empty_rows(len(classes) - len(income), 1),
        ("本年收入合计", (ledger.fiscal_income,)),
        ("年初财政拨款结转和结余", (ledger.opening,)),
        ("一般公共预算财政拨款", (ledger.opening,)),
        ("政府性基金预算财政拨款", (None,)),
        ("国有资本经营预算财政拨款", (None,)),
        ("总计", (ledger.fiscal_income + ledger.opening,)),
    ]
    spent = ledger.class_amounts(lambda spending: spending.fiscal)

    def both(amount: Decimal | None) -> Amounts:
        return (amount, amount, None, None)

    expenditure: list[_Row] = [
        *_class_rows(classes, lambda name: both(spent.get(name))),
        ("本年支出合计", both(ledger.sum.fiscal)),
        ("年末财政拨款结转和结余", both(ledger.closing)),
        *_empty_rows(3, 4),
        ("总计", both(ledger.sum.fiscal + ledger.closing)),
    ]
    columns = ("合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    return _two_sided("04", "财政拨款收入支出决算总表", income, expenditure, columns, numbered)


def _general_budget_expenditure(ledger: Ledger) -> AccountTable:
    def amounts(_code: str, spent: Spending) -> Amounts:
        return (spent.fiscal, spent.basic, spent.project)

    columns = (("本年支出", "小计"), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    return AccountTable(
        "05",
        "一般公共预算财政拨款支出决算表",
        UNIT,
        (AccountBlock(_CODED, columns, coded_lines(ledger, amounts)),),
        notes=("注：本表列示本部门一般公共预算财政拨款的全年支出。",),
        numbers_columns=True,
    )


def economic_lines(codes: list[str], economic: dict[str, Decimal], names: dict[str, str]) -> tuple[AccountLine, ...]:
    """Economic classes and their lines; what was not spent stays empty."""
    return tuple(AccountLine(names[code], (blank_if_zero(economic_sum(economic, code)),), code) for code in codes)


def _basic_expenditure(ledger: Ledger, classification: Facts) -> AccountTable:
    names = classification["economic_names"]
    blocks = []
    for part in classification["economic"]:
        codes = sorted(code for code in names if int(code[:3]) in part["classes"])
        labels = (
            LabelColumn((part["head"], "经济分类科目编码"), "code"),
            LabelColumn((part["head"], "科目名称"), "name"),
        )
        lines = economic_lines(codes, ledger.economic, names)
        blocks.append(AccountBlock(labels, ((part["head"], "决算数"),), lines))
    return AccountTable(
        "06",
        "一般公共预算财政拨款基本支出决算表",
        UNIT,
        tuple(blocks),
        totals=(
            AccountTotal("人员经费合计", ledger.personnel, 2),
            AccountTotal("公用经费合计", ledger.operating, 5),
        ),
        notes=("注：本表列示本部门一般公共预算财政拨款基本支出的明细。",),
    )


def _three_public(ledger: Ledger, as_lines: bool) -> AccountTable:
    planned, spent = ledger.three_public_budget, ledger.three_public
    title, note = "财政拨款“三公”经费支出决算表", "注：预算数为年初预算数，决算数为全年实际支出。"
    if as_lines:
        lines = (
            AccountLine("合计", (planned.total, spent.total)),
            AccountLine("1.因公出国（境）费", (planned.abroad, spent.abroad)),
            AccountLine("2.公务接待费", (planned.reception, spent.reception)),
            AccountLine("3.公务用车购置及运行维护费", (planned.cars, spent.cars)),
            AccountLine("其中：（1）公务用车运行维护费", (planned.running, spent.running)),
            AccountLine("（2）公务用车购置费", (planned.purchase, spent.purchase)),
        )
        block = AccountBlock((LabelColumn(("项目",), "name"),), (("预算数",), ("决算数",)), lines)
        return AccountTable("07", title, UNIT, (block,), notes=(note,))
    cars = "公务用车购置及运行维护费"
    columns = (
        ("合计",),
        ("因公出国（境）费",),
        (cars, "小计"),
        (cars, "公务用车购置费"),
        (cars, "公务用车运行维护费"),
        ("公务接待费",),
    )
    paths = tuple((side, *path) for side in ("预算数", "决算数") for path in columns)
    amounts = tuple(
        amount
        for public in (planned, spent)
        for amount in (
            public.total,
            public.abroad,
            public.cars,
            public.purchase,
            public.running,
            public.reception,
        )
    )
    return AccountTable("07", title, UNIT, (AccountBlock((), paths, (AccountLine("", amounts),)),), notes=(note,))


def _government_funds(ledger: Ledger) -> AccountTable:
    columns = (
        ("年初结转和结余",),
        ("本年收入",),
        ("本年支出", "小计"),
        ("本年支出", "基本支出"),
        ("本年支出", "项目支出"),
        ("年末结转和结余",),
    )
    return _without_data(ledger, "08", "政府性基金预算财政拨款收入支出决算表", columns, "政府性基金预算财政拨款")


def _state_capital(ledger: Ledger) -> AccountTable:
    columns = (("本年支出", "合计"), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    return _without_data(ledger, "09", "国有资本经营预算财政拨款支出决算表", columns, "国有资本经营预算财政拨款")


def _without_data(ledger: Ledger, number: str, title: str, columns: tuple[tuple[str, ...], ...], fund: str) -> AccountTable:
    block = AccountBlock(_CODED, columns, (AccountLine("合计", (None,) * len(columns)),))
    note = _EMPTY_NOTE.format(year=ledger.year, fund=fund)
    return AccountTable(number, title, UNIT, (block,), notes=(note,), numbers_columns=True, blank_lines=1)
