"""What was read of a report, typeset anew: its facts alone as forms, tables and prose, to be read back in any format.

Nothing of the report's own layout is kept. Reading the new file must give the same facts, so that a format, not a layout, is on trial.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from flows.document import Document, parse_ref
from flows.findings import Row
from flows.forms import words
from flows.typeset.account_grid import account_grid
from flows.typeset.document import Block, Cover, Paragraph, Table, TableCaption
from flows.typeset.facts import AccountBlock, AccountLine, AccountTable, LabelColumn
from flows.typeset.grid import Cell, Grid
from flows.understand import Understood

# What is no fact of the report: where it stands, how it was found.
_NO_FACT = frozenset(
    ["source_ref", "source_text", "inferred", "table_ref", "section", "form_no", "amount_printed", "note", "occurrence", "block_no"]
)
_WIDTH = 32
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_OPERATORS = {
    "≥": ("≥", ">=", "大于等于", "不低于", "不少于"),
    "≤": ("≤", "<=", "小于等于", "不高于", "不超过", "以内"),
    "=": ("=", "等于"),
}
Column = tuple[tuple[str, ...], str]  # header words from the top, staged column


def facts_of(rows: dict[str, list[Row]]) -> Counter[tuple[Any, ...]]:
    """Every fact with all that it says, as often as it is said; a form's facts with the form's number, notes with their form."""
    found: Counter[tuple[Any, ...]] = Counter()
    for table, listed in rows.items():
        for row in listed:
            said = {name: value for name, value in row.items() if name not in _NO_FACT and value is not None}
            if table not in ("accounts", "account_tables"):
                said["form_no"] = row.get("form_no")
            if table == "evaluations":
                said["note"] = row.get("note")
            found[(table, *sorted((name, _compared(value)) for name, value in said.items()))] += 1
    return found


def _plain(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _compared(value: Any) -> str:
    """Blanks aside: on a page they are distances, not characters."""
    return re.sub(r"\s+", "", _plain(value))


def blocks(document: Document, understood: Understood) -> list[Block]:
    """The report's facts as blocks to typeset: prose first, then money tables, then forms, each with a title of its own."""
    rows = understood.findings.rows
    identity = understood.identity
    bureau = identity.bureau.name if identity.bureau else ""
    found: list[Block] = [Cover((identity.title or bureau, f"{identity.fiscal_year}年度"))]
    found += [Paragraph(block.text) for block in document.paragraphs() if block.text.strip()]
    for table in rows.get("account_tables", []):
        cells = [row for row in rows.get("accounts", []) if row["table_ref"] == table["table_ref"]]
        found.append(_account_table(table, cells, bureau, f"{identity.fiscal_year}年度"))
    for form in rows.get("evaluations", []):
        found += _form(form, {name: [row for row in listed if row.get("form_no") == form["form_no"]] for name, listed in rows.items()})
    return found


# -- money tables ----------------------------------------------------------------------------------------------------------


def _account_table(table: Row, cells: Sequence[Row], bureau: str, year: str) -> Table:
    sides = list(dict.fromkeys(row["side"] for row in cells))
    parts = [[row for row in cells if row["side"] == side] for side in sides] or [[]]
    if len(sides) == 1:  # blocks side by side of one side, such as 人员经费 | 公用经费
        heads = list(dict.fromkeys(row["column_name"].split("/")[0] for row in cells))
        by_head = [[row for row in cells if row["column_name"].split("/")[0] == head] for head in heads]
        lines = [{(row["code"], row["line_name"]) for row in part if row["code"]} for part in by_head]
        if len(by_head) > 1 and not set.intersection(*lines):
            parts = by_head
    title = str(table["table_title"])
    built = AccountTable(table["table_no"], title, table["amount_unit"], tuple(_account_block(part, len(parts) > 1) for part in parts))
    caption = TableCaption(
        (title,), f"公开{table['table_no']}表" if table["table_no"] else None, (f"部门：{bureau}", year, f"单位：{built.unit}")
    )
    notes = tuple(filter(None, [table["note"]]))
    return Table(caption, account_grid(built, grouped=False, indented=False), broad=True, notes=notes)


def _account_block(cells: Sequence[Row], is_one_of_several: bool) -> AccountBlock:
    columns = list(dict.fromkeys(tuple(row["column_name"].split("/")) for row in cells)) or [("金额",)]
    shared = columns[0][0] if is_one_of_several and all(len(path) > 1 for path in columns) else None
    above = (shared,) if shared else ()
    labels = [LabelColumn((*above, "项目"), "name")]
    if any(row["code"] for row in cells):
        labels = [LabelColumn((*above, "科目编码"), "code"), LabelColumn((*above, "科目名称"), "name")]
    if any(row["line_no"] for row in cells):
        labels.append(LabelColumn((*above, "行次"), "line_no"))

    def line_of(row: Row) -> tuple[Any, ...]:
        place = parse_ref(row["source_ref"])
        return (place.row, row["code"], row["line_name"], row["line_no"])

    lines = []
    for (_, code, name, number), group in groupby(cells, key=line_of):
        amounts = {tuple(row["column_name"].split("/")): row["amount_yuan"] for row in group}
        lines.append(AccountLine(name, tuple(amounts.get(path) for path in columns), code, number))
    side = cells[0]["side"] if cells else None
    return AccountBlock(tuple(labels), tuple(columns), tuple(lines), side)


# -- forms -----------------------------------------------------------------------------------------------------------------


def _form(form: Row, rows: dict[str, list[Row]]) -> list[Block]:
    title = (form["form_title"], f"（{form['fiscal_year']}年度）") if form["form_title"] else ()
    labels = _labels(form, rows)
    units = [row["amount_unit"] for name in ("fundings", "tasks") for row in rows.get(name, []) if row.get("amount_unit")]
    unit = units[0] if units else "万元"
    is_list = form["form_kind"] == "task_list" and not any(form[name] for name in ("project_name", "department_name"))
    totals = rows.get("fundings", []) if is_list else []
    printed: list[tuple[Cell, ...]] = []
    if not is_list:
        printed += _head(form)
        money = rows.get("fundings", [])
        by_source = [row for row in money if not words.role("funding", row["funding_source"])]
        printed += [_money_line(row) for row in money if words.role("funding", row["funding_source"])]
        printed += _part(labels["funding"], [("", "funding_source")], _FUNDING, by_source, unit, keep=("adjusted_budget_yuan",))
    tasks = _part("" if is_list else "年度主要任务", [("任务名称", "task_name")], _TASK, rows.get("tasks", []), unit, totals=totals)
    goals = rows.get("goals", [])
    if any(row["result_text"] for row in goals):
        aims = _part(labels["goal"], [], _GOAL, goals, unit)
    else:
        aims = [_across(("年度绩效目标", 2), (row["goal_text"], 30)) for row in goals]
    printed += [*tasks, *aims, *_indicators(labels["indicator"], rows.get("indicators", []), unit)]
    printed += _scores(form)
    printed += [_across((label, 2), (form[name], _WIDTH - 2)) for label, name in _TEXTS if form.get(name)]
    printed += _advice(rows.get("advices", []))
    if not printed:
        return []
    grid = Grid((5,) * _WIDTH, tuple(printed))
    return [*([] if title else [Paragraph(_SEPARATOR)]), Table(TableCaption(title), grid, broad=True)]


# Stands before a table without a title, long enough that no line above it is taken for one.
_SEPARATOR = "以下是没有印出名称的表，前面各段文字的标题与它无关，也不是它的名称；它只列出本报告在其他地方没有再说明的有关事项和数字，供核对时使用，此外别无含义。"


def _labels(form: Row, rows: dict[str, list[Row]]) -> dict[str, str]:
    """The names of a form's parts; a measured number that stands in such a name (项目资金（20分）) is kept in it."""
    labels = {"funding": "资金情况", "goal": "年度总体目标", "indicator": "绩效指标"}
    printed = " ".join(str(value) for name, listed in rows.items() if name != "statements" for row in listed for value in row.values())
    for row in rows.get("statements", []):
        if row["sentence"] not in printed:
            part = next(
                (
                    part
                    for word, part in (("指标", "indicator"), ("目标", "goal"), ("资金", "funding"), ("执行", "funding"))
                    if word in row["sentence"]
                ),
                None,
            )
            if part:
                labels[part] = row["sentence"]
    return labels


def _money_line(row: Row) -> tuple[Cell, ...]:
    """A label that says itself what its figure is, with the other figures beside it: 项目预算金额（万元） 40 全年执行数 32 执行率 80%."""
    unit = row["amount_unit"]
    own = words.role("funding", row["funding_source"])
    cells: list[tuple[str | None, int]] = [(row["funding_source"], 4), (_figure(f"{own}_yuan", row[f"{own}_yuan"], unit), 2)]
    if row.get("executed_yuan") is not None:
        cells += [("全年执行数", 2), (_figure("executed_yuan", row["executed_yuan"], unit), 2)]
    if row.get("execution_rate_pct") is not None:
        cells += [("执行率", 2), (_rate(row), 2)]
    return _across(*cells)


def _rate(row: Row) -> str:
    """As printed: some reports print 1 for 100 %."""
    printed, rate = row.get("rate_printed"), row.get("execution_rate_pct")
    return "" if rate is None else f"{_plain(rate)}%" if printed in (None, rate) else _plain(printed)


_TEXTS = (
    ("自评结论", "conclusion"),
    ("存在问题", "problems"),
    ("改进措施", "improvements"),
    ("项目概况", "implementation"),
    ("说明", "note"),
)
_FUNDING: list[Column] = [
    (("年初预算数",), "initial_budget_yuan"),
    (("全年预算数",), "adjusted_budget_yuan"),
    (("全年执行数",), "executed_yuan"),
    (("执行率",), "execution_rate_pct"),
    (("分值",), "weight"),
    (("得分",), "score"),
    (("原因",), "reason"),
]
_TASK: list[Column] = [
    (("主要内容",), "content"),
    (("绩效目标",), "goal_text"),
    (("完成情况",), "result_text"),
    (("全年预算数",), "budget_yuan"),
    (("全年预算数", "财政拨款"), "budget_fiscal_yuan"),
    (("调整数",), "adjustment_yuan"),
    (("合计",), "budget_total_yuan"),
    (("全年执行数",), "executed_yuan"),
    (("全年执行数", "财政拨款"), "executed_fiscal_yuan"),
    (("执行率",), "execution_rate_pct"),
    (("分值",), "weight"),
    (("得分",), "score"),
    (("自评等级",), "grade"),
]
_GOAL: list[Column] = [(("年初设定目标",), "goal_text"), (("全年实际完成情况",), "result_text"), (("自评分",), "score")]
_LONG = frozenset(["content", "goal_text", "result_text", "reason", "improvement"])


def _across(*cells: tuple[str | None, int]) -> tuple[Cell, ...]:
    """Cells with their widths, the last one as wide as the row asks."""
    taken = sum(width for _, width in cells[:-1])
    return (*(Cell(text or "", width) for text, width in cells[:-1]), Cell(cells[-1][0] or "", _WIDTH - taken))


def _head(form: Row) -> list[tuple[Cell, ...]]:
    printed = []
    if form["project_name"]:
        printed.append(_across(("项目名称", 2), (form["project_name"], 30)))
    if form["central_department_name"]:
        printed.append(_across(("中央主管部门", 2), (form["central_department_name"], 30)))
    if form["department_name"]:
        label = "主管部门" if form["project_name"] else "部门名称"
        unit = [("实施单位", 2), (form["unit_name"], 16)] if form["unit_name"] else []
        printed.append(_across((label, 2), (form["department_name"], 12), *unit))
    if form["evaluated_on"]:
        printed.append(_across(("自评时间", 2), (form["evaluated_on"], 30)))
    return printed


def _scores(form: Row) -> list[tuple[Cell, ...]]:
    """One after another, so that no figure stands beside the label of another."""
    named = (
        ("指标自评得分小计", "indicator_score"),
        ("预算执行率得分", "execution_score"),
        ("减分项", "deduction"),
        ("自评总分", "total_score"),
    )
    printed = [_across((label, 4), (_plain(form[name]), 28)) for label, name in named if form[name] is not None]
    return printed + ([_across(("自评等次", 4), (form["grade"], 28))] if form["grade"] else [])


def _figure(column: str, value: Any, unit: str) -> str:
    if value is None:
        return ""
    if column.endswith("_yuan"):
        return f"{value / _YUAN[unit]:f}"
    if column.endswith("_pct"):
        return f"{_plain(value)}%"
    return _plain(value)


def _part(
    label: str,
    names: Sequence[tuple[str, str]],
    known: Sequence[Column],
    rows: Sequence[Row],
    unit: str,
    totals: Sequence[Row] = (),
    keep: tuple[str, ...] = (),
) -> list[tuple[Cell, ...]]:
    """A part of a form: its header, of one or two rows, and its rows, with the part's name merged beside them."""
    if not rows:
        return []
    money = {"adjusted_budget_yuan": "budget_yuan", "initial_budget_yuan": "budget_total_yuan"} if totals else {}
    columns = [(path, name) for path, name in known if name in keep or any(row.get(name) is not None for row in rows)]
    subtotals = {path[0] for path, _ in columns if len(path) > 1}
    columns = [((path[0], "总额") if path[0] in subtotals and len(path) == 1 else path, name) for path, name in columns]
    beside = 2 if label else 0
    room = _WIDTH - beside - 4 * len(names)
    weights = [3 if name in _LONG else 1 for _, name in columns]
    spans = _shares(room, weights)
    first = [Cell(label, beside, 1 + bool(subtotals) + len(rows) + len(totals))] if label else []
    depth = 1 + bool(subtotals)
    head = [*first, *(Cell(word, 4, depth) for word, _ in names)]
    below: list[Cell] = []
    for (path, name), span in zip(columns, spans, strict=True):
        word = f"{path[0]}（{unit}）" if name.endswith("_yuan") else path[0]
        if len(path) == 1:
            head.append(Cell(word, span, depth))
        else:
            if path[1] == "总额":
                width = sum(s for (p, _), s in zip(columns, spans, strict=True) if p[0] == path[0])
                head.append(Cell(word, width))
            below.append(Cell(path[1], span))
    printed = [tuple(head), *([tuple(below)] if below else [])]
    for row in [*rows, *totals]:
        cells = [Cell(row.get(column) or row.get("funding_source") or "", 4) for _, column in names]
        for (_, column), span in zip(columns, spans, strict=True):
            value = row.get(column)
            if column == "execution_rate_pct":
                cells.append(Cell(_rate(row), span))
                continue
            if value is None and row in totals:
                value = next((row[other] for other, own in money.items() if own == column and row.get(other) is not None), None)
            cells.append(Cell(_figure(column, value, unit), span))
        printed.append(tuple(cells))
    return printed


def _shares(room: int, weights: Sequence[int]) -> list[int]:
    """Grid columns for each printed column, all of the room, at least one each."""
    spans = [max(1, room * weight // sum(weights)) for weight in weights]
    spans[-1] += room - sum(spans)
    return spans


def _indicators(label: str, rows: Sequence[Row], unit: str) -> list[tuple[Cell, ...]]:
    apart = any(row["operator"] and not _names_operator(row["target_text"] or "", row["operator"]) for row in rows)
    columns: list[Column] = [(("一级指标",), "level1"), (("二级指标",), "level2"), (("三级指标",), "level3")]
    if apart:
        columns += [(("指标性质",), "operator"), (("指标值",), "target_text"), (("度量单位",), "unit")]
    else:
        columns += [(("指标值",), "target_text")]
    columns += [(("实际完成值",), "actual_text"), (("完成程度",), "completion_text"), (("分值",), "weight"), (("得分",), "score")]
    kinds = (*_REASON_KINDS, "原因说明") if any(row["reason_kind"] for row in rows) else ()
    if not kinds:
        columns += [(("偏差原因分析",), "reason")]
    columns += [(("指标解释",), "explanation"), (("评分标准",), "criterion"), (("改进措施",), "improvement")]
    columns = [(path, name) for path, name in columns if name in _ALWAYS or any(row[name] is not None for row in rows)]
    if not rows:
        return []
    spans = _shares(_WIDTH - 2 - 3 * len(kinds), [2 if name in _WORDY else 1 for _, name in columns])
    beside = Cell(label, 2, 1 + bool(kinds) + len(rows))
    head = [beside, *(Cell(path[0], span, 2 if kinds else 1) for (path, _), span in zip(columns, spans, strict=True))]
    printed = [(*head, *([Cell("偏差原因分析", 3 * len(kinds))] if kinds else []))]
    if kinds:
        printed.append(tuple(Cell(kind, 3) for kind in kinds))
    for row in rows:
        cells = [Cell(_figure(name, row[name], unit), span) for (_, name), span in zip(columns, spans, strict=True)]
        printed.append(
            (
                *cells,
                *(
                    Cell(row["reason"] or "" if kind == "原因说明" else "√" if kind in (row["reason_kind"] or "") else "", 3)
                    for kind in kinds
                ),
            )
        )
    return printed


_REASON_KINDS = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
_WORDY = frozenset(["level3", "improvement", "reason", "explanation", "criterion"])
_ALWAYS = frozenset(["level1", "level2", "level3", "target_text"])


def _names_operator(text: str, operator: str) -> bool:
    return operator in text or any(word in text for word in _OPERATORS.get(operator, ()))


def _advice(rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    printed: list[tuple[Cell, ...]] = []
    for block, listed in groupby(rows, key=lambda row: row["block"]):
        options = list(listed)
        if options[0]["option"] is None:
            printed += [_across((block, 4), (row["text"], 28)) for row in options]
            continue
        if not printed:
            printed.append((Cell(block, 4), Cell(f"{block}选项", 10), Cell("具体建议内容", _WIDTH - 14)))
        for number, row in enumerate(options):
            name = [Cell(block, 4, len(options))] if number == 0 else []
            printed.append(
                (*name, Cell(row["option"] or "", 8), Cell("√" if row["is_checked"] else "", 2), Cell(row["text"] or "", _WIDTH - 14))
            )
    return printed


def missing(expected: Counter[Any], found: Counter[Any]) -> Iterable[str]:
    """What was not read back, and what was read that is not there: a line each."""
    for sign, facts in (("-", expected - found), ("+", found - expected)):
        for (table, *said), times in sorted(facts.items(), key=str):
            yield f"{sign}{times} {table} " + " ".join(f"{name}={value[:60]}" for name, value in said)
