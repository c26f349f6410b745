"""Sentences made from a ledger: the running text of a report, in wording of our own."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flows.typeset.facts import Bureau, DepartmentForm, Form, ProjectForm, Section
from flows.typeset.figures import half_up, known, ordinal, percent, percent_of, plain, total, wan
from flows.typeset.ledger import Ledger, Spending, operating_of
from flows.typeset.source import Facts

_TERMS = (
    "财政拨款收入：本级财政在当年拨给本部门的资金。",
    "其他收入：除财政拨款以外，本部门依照规定取得的零星收入。",
    "基本支出：用于人员和机关日常运转的支出。",
    "项目支出：为完成特定任务而安排的支出，不含基本支出。",
    "年末结转和结余：当年没有用完、按规定留到以后年度使用或上缴的资金。",
    "“三公”经费：因公出国（境）费、公务用车购置及运行维护费、公务接待费三项的统称。",
    "机关运行经费：机关用于日常运转的公用经费，不含人员经费。",
)


def overview(facts: Facts, bureau: Bureau, year: int) -> tuple[Section, ...]:
    """What the bureau does, what it did in the year, and its units."""
    units = [f"{number}.{unit}" for number, unit in enumerate(bureau.units, 1)]
    achievements = facts["overview"]["achievements"]
    return (
        Section("overview", "一、主要职责", tuple(_counted(facts["overview"]["duties"]))),
        Section("overview", f"二、{year}年主要工作", tuple(_counted(achievements))),
        Section("overview", "三、机构设置", (f"本部门共有预算单位{len(units)}个，名单如下：", *units)),
    )


def budget_overview(facts: Facts, bureau: Bureau) -> tuple[Section, ...]:
    """The same without results, which a budget cannot know yet."""
    units = [f"{number}.{unit}" for number, unit in enumerate(bureau.units, 1)]
    return (
        Section("overview", "一、主要职责", tuple(_counted(facts["overview"]["duties"]))),
        Section("overview", "二、机构设置", (f"本部门共有预算单位{len(units)}个，名单如下：", *units)),
    )


def terms() -> tuple[Section, ...]:
    """A glossary; it holds no figures."""
    return (Section("terms", "名词解释", tuple(f"{n}.{term}" for n, term in enumerate(_TERMS, 1))),)


def explanation(facts: Facts, ledger: Ledger, previous: Facts, forms: Sequence[Form]) -> tuple[Section, ...]:
    """情况说明: each of its parts compares the year with the one before."""
    parts = (
        ("收入支出决算总体情况", _totals(facts, ledger, previous)),
        ("收入决算情况", _income(ledger)),
        ("支出决算情况", _expenditure(ledger)),
        ("一般公共预算财政拨款支出决算情况", _items(ledger)),
        ("一般公共预算财政拨款基本支出决算情况", _basic(ledger)),
        ("“三公”经费支出决算情况", _three_public(facts, ledger, previous)),
        ("机关运行经费支出情况", _running(facts, ledger, previous)),
        ("政府采购支出情况", _procurement(facts, ledger)),
        ("国有资产占用情况", _assets(facts, ledger)),
        ("预算绩效情况", _performance(ledger, forms)),
        ("政府性基金和国有资本经营预算情况", _nothing(ledger)),
    )
    return tuple(
        Section("explanation", f"{ordinal(number)}、{title}", tuple(paragraphs)) for number, (title, paragraphs) in enumerate(parts, 1)
    )


def budget_explanation(facts: Facts, ledger: Ledger, previous: Ledger) -> tuple[Section, ...]:
    """编制说明: the plan of the year beside the plan of the year before."""
    fiscal, own = ledger.sum.fiscal_budget, ledger.sum.own_budget
    projects = ledger.sum.project_budget + own
    public = ledger.three_public_budget
    office = operating_of(ledger.economic_budget)
    yesteryear = f"{previous.year}年"
    before = previous.sum.fiscal_budget + previous.sum.own_budget
    change = _against(yesteryear, fiscal + own, before)
    public_change = _against(yesteryear, public.total, previous.three_public_budget.total)
    office_change = _against(yesteryear, office, operating_of(previous.economic_budget))
    totals = (
        f"{ledger.year}年，本部门收入预算{wan(fiscal + own)}，其中财政拨款收入{wan(fiscal)}，"
        f"其他收入{wan(own)}。收入预算{change}，原因是{facts['budget']['reason']}。",
        f"支出预算{wan(fiscal + own)}，其中基本支出{wan(ledger.sum.basic_budget)}，项目支出{wan(projects)}。",
    )
    others = (
        f"“三公”经费预算{wan(public.total)}，{public_change}。其中：因公出国（境）费{wan(public.abroad)}，"
        f"公务用车购置及运行费{wan(public.cars)}，公务接待费{wan(public.reception)}。",
        f"机关运行经费预算{wan(office)}，{office_change}。",
        f"{ledger.year}年编制绩效目标的项目{len(facts['project'])}个，涉及预算资金{wan(projects)}。",
    )
    return (
        Section("explanation", "一、收支预算编制说明", totals),
        Section("explanation", "二、其他相关情况说明", others),
    )


def _counted(sentences: Sequence[str]) -> Iterator[str]:
    return (f"（{ordinal(number)}）{sentence}" for number, sentence in enumerate(sentences, 1))


def _against(year: str, now: Decimal, before: Decimal) -> str:
    """比2021年增加5.00万元，增长2.50% - or the other way round, or 与2021年持平."""
    if now == before:
        return f"与{year}持平"
    more, faster = ("增加", "增长") if now > before else ("减少", "下降")
    rate = f"，{faster}{percent(half_up(abs(now - before) * 100 / before))}" if before else ""
    return f"比{year}{more}{wan(abs(now - before))}{rate}"


def _of(part: Decimal, whole: Decimal) -> str:
    return percent(percent_of(part, whole))


def _totals(facts: Facts, ledger: Ledger, previous: Facts) -> Iterator[str]:
    before = Decimal(previous["total"])
    yesteryear = ledger.year - 1
    change = _against("上年", ledger.grand_total, before)
    yield (
        f"{ledger.year}年度，本部门收入总计和支出总计都是{wan(ledger.grand_total)}。与{yesteryear}年相比，{yesteryear}年度收入总计"
        f"和支出总计为{wan(before)}，本年{change}，主要原因是{facts['reasons']['total']}。"
    )
    yield f"{ledger.year}年末在职人员{facts['overview']['staff']}人。"


def _income(ledger: Ledger) -> Iterator[str]:
    yield (
        f"本年收入合计{wan(ledger.income)}，其中：一般公共预算财政拨款收入{wan(ledger.fiscal_income)}，"
        f"占{_of(ledger.fiscal_income, ledger.income)}；其他收入{wan(ledger.sum.own)}，"
        f"占{_of(ledger.sum.own, ledger.income)}。年初结转和结余{wan(ledger.opening)}。"
    )


def _expenditure(ledger: Ledger) -> Iterator[str]:
    spent = ledger.sum
    yield (
        f"本年支出合计{wan(spent.spent)}，其中：基本支出{wan(spent.basic)}，"
        f"占{_of(spent.basic, spent.spent)}；"
        f"项目支出{wan(spent.all_projects)}，占{_of(spent.all_projects, spent.spent)}。"
        f"年末结转和结余{wan(ledger.closing)}。"
    )


def _items(ledger: Ledger) -> Iterator[str]:
    whole = ledger.sum
    yield (
        f"{ledger.year}年度一般公共预算财政拨款支出{wan(whole.fiscal)}，年初预算{wan(whole.fiscal_budget)}，"
        f"完成年初预算的{_of(whole.fiscal, whole.fiscal_budget)}。按功能分类分列如下："
    )
    lines = ((code, spent) for code, spent in ledger.rolled_up() if len(code) == 7)
    for number, (code, spent) in enumerate(lines, 1):
        levels = ((3, "类"), (5, "款"), (7, "项"))
        path = "".join(f"{ledger.names[code[:end]]}（{level}）" for end, level in levels)
        yield (
            f"{number}.{path}：年初预算{wan(spent.fiscal_budget)}，支出决算{wan(spent.fiscal)}，"
            f"完成年初预算的{_of(spent.fiscal, spent.fiscal_budget)}，{_reason(spent)}。"
        )


def _reason(spent: Spending) -> str:
    if spent.fiscal == spent.fiscal_budget:
        return "决算数与年初预算数持平"
    return "按项目实际进度列支" if spent.project else "按实际人数和标准列支"


def _basic(ledger: Ledger) -> Iterator[str]:
    yield (
        f"{ledger.year}年度一般公共预算财政拨款基本支出{wan(ledger.sum.basic)}，其中："
        f"人员经费{wan(ledger.personnel)}，包括工资、津贴补贴、奖金、社会保险缴费、住房公积金和退休费等；公用经费{wan(ledger.operating)}，"
        "包括办公、水电、邮电、差旅、培训、工会、公务用车和办公设备等。"
    )


def _three_public(facts: Facts, ledger: Ledger, previous: Facts) -> Iterator[str]:
    planned, spent, counts = ledger.three_public_budget, ledger.three_public, ledger.counts
    change = _against(f"{ledger.year - 1}年度", spent.total, Decimal(previous["three_public"]))
    yield (
        f"{ledger.year}年度“三公”经费年初预算{wan(planned.total)}，支出决算{wan(spent.total)}，"
        f"完成年初预算的{_of(spent.total, planned.total)}；支出决算{change}，"
        f"主要原因是{facts['reasons']['three_public']}。"
    )
    yield (
        f"（一）因公出国（境）费支出{wan(spent.abroad)}，全年出国（境）团组{counts['trips_abroad']}个，累计{counts['trips_abroad']}人次。"
    )
    yield (
        f"（二）公务用车购置及运行维护费支出{wan(spent.cars)}，其中：公务用车购置费{wan(spent.purchase)}，"
        f"全年购置公务用车0辆；公务用车运行维护费{wan(spent.running)}，年末公务用车保有量{counts['vehicles']}辆。"
    )
    yield (
        f"（三）公务接待费支出{wan(spent.reception)}，全年国内公务接待{counts['reception_batches']}批次{counts['reception_people']}人次。"
    )


def _running(facts: Facts, ledger: Ledger, previous: Facts) -> Iterator[str]:
    change = _against(f"{ledger.year - 1}年度", ledger.operating, Decimal(previous["running"]))
    yield (f"{ledger.year}年度机关运行经费支出{wan(ledger.operating)}，{change}，主要原因是{facts['reasons']['running']}。")


def _procurement(facts: Facts, ledger: Ledger) -> Iterator[str]:
    goods, works, services, small = (Decimal(facts["procurement"][name]) for name in ("goods", "works", "services", "small_business"))
    whole = goods + works + services
    yield (
        f"{ledger.year}年度政府采购支出总额{wan(whole)}，其中：货物{wan(goods)}，工程{wan(works)}，服务{wan(services)}。"
        f"授予中小企业合同金额{wan(small)}，占政府采购支出总额的{_of(small, whole)}。"
    )


def _assets(facts: Facts, ledger: Ledger) -> Iterator[str]:
    yield (
        f"截至{ledger.year}年12月31日，本部门共有车辆{ledger.counts['vehicles']}辆，{ledger.counts['vehicle_use']}；单价100万元以上的设备0台（套）。"
    )


def _performance(ledger: Ledger, forms: Sequence[Form]) -> Iterator[str]:
    projects = [form for form in forms if isinstance(form, ProjectForm) and form.kind == "project_self_evaluation"]
    if not projects:
        yield f"{ledger.year}年度没有开展绩效自评的项目。"
        return
    money = total(form.fundings[0].adjusted_budget for form in projects)
    mean = half_up(total(form.total_score for form in projects) / len(projects))
    yield (f"本部门对{ledger.year}年度{len(projects)}个项目开展绩效自评，涉及全年预算资金{wan(money)}，平均得分{plain(mean)}分：")
    for number, project in enumerate(projects, 1):
        funding = project.fundings[0]
        adjusted, executed = known(funding.adjusted_budget), known(funding.executed)
        yield (
            f"{number}.{project.project_name}：全年预算数{wan(adjusted)}，执行数{wan(executed)}，"
            f"执行率{_of(executed, adjusted)}，自评得分{plain(known(project.total_score))}分。"
        )
    for form in forms:
        if isinstance(form, DepartmentForm):
            yield f"部门整体支出自评得分{plain(form.total_score)}分。各表见附件。"


def _nothing(ledger: Ledger) -> Iterator[str]:
    yield f"{ledger.year}年度，本部门没有政府性基金预算财政拨款收支，也没有国有资本经营预算财政拨款收支。"
