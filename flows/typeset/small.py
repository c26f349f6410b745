"""Small reports of fictional bureaus: a little prose and one table each, for what takes many bureaus or editions to show.

A file of ``samples/small`` holds ``layouts`` (a file of the report in each; a report may name its own) and a list of ``report``: bureau,
year, published_on, duties, lines of 公开03 (code, basic, project, in 元), ``previous`` (the total of the year before), and ``history``: a
sentence about the bureau itself. Lines with ``before`` make a column of the year before; ``edition`` is a word of a later edition (更正)
in title and file name.
"""

from decimal import Decimal

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, Bureau, LabelColumn, Report, Section
from flows.typeset.figures import wan
from flows.typeset.source import Facts

_LABELS = (LabelColumn(("项目", "功能分类科目编码"), "code"), LabelColumn(("项目", "科目名称"), "name"))
_COLUMNS = (("本年支出合计",), ("基本支出",), ("项目支出",))
_BEFORE = ("上年决算数",)
_PROVINCE, _PREFECTURE = "示例省", "示例市"


def small_report(facts: Facts, classification: Facts) -> Report:
    """The final accounts of one year."""
    name, year = facts["bureau"], facts["year"]
    spent = {str(line["code"]): (Decimal(line["basic"]), Decimal(line["project"])) for line in facts["lines"]}
    before = {str(line["code"]): Decimal(line["before"]) for line in facts["lines"] if "before" in line}
    total = sum((basic + project for basic, project in spent.values()), Decimal(0))
    county = name[:3] if name[2] in "县区" else None
    return Report(
        bureau=Bureau(name, _PROVINCE, _PREFECTURE, county, "county" if county else "prefecture", name[3:], (name,)),
        fiscal_year=year,
        kind="department_final_accounts",
        title=f"{name}{year}年度部门决算" + (f"（{facts['edition']}）" if "edition" in facts else ""),
        published_on=facts["published_on"],
        unit="万元",
        sections=(
            Section("overview", "一、主要职责", tuple(f"{number}.{duty}" for number, duty in enumerate(facts["duties"], 1))),
            *([Section("overview", "二、机构沿革", (facts["history"],))] if "history" in facts else []),
            Section("explanation", "一、支出决算情况", (_compared(year, total, Decimal(facts["previous"])),)),
        ),
        tables=(_expenditure(spent, before, classification),),
        forms=(),
        edition=facts.get("edition", ""),
    )


def _compared(year: int, total: Decimal, before: Decimal) -> str:
    word = "增加" if total > before else "减少"
    return f"{year}年度，本部门支出总计{wan(total)}。与{year - 1}年相比，支出总计{word}{wan(abs(total - before))}，主要原因是工作任务变化。"


def _expenditure(spent: dict[str, tuple[Decimal, Decimal]], before: dict[str, Decimal], classification: Facts) -> AccountTable:
    names = classification["function"]
    codes = sorted({code[:length] for code in spent for length in (3, 5, 7)})

    def line(name: str, beginning: str) -> AccountLine:
        basic = sum((amounts[0] for code, amounts in spent.items() if code.startswith(beginning)), Decimal(0))
        project = sum((amounts[1] for code, amounts in spent.items() if code.startswith(beginning)), Decimal(0))
        last = sum((amount for code, amount in before.items() if code.startswith(beginning)), Decimal(0))
        amounts = (basic + project, basic or None, project or None, *([last or None] if before else []))
        return AccountLine(name, amounts, beginning or None)

    lines = (line("合计", ""), *(line(names[code], code) for code in codes))
    columns = (*_COLUMNS, _BEFORE) if before else _COLUMNS
    return AccountTable("03", "支出决算表", "万元", (AccountBlock(_LABELS, columns, lines),))
