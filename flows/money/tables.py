"""Money tables: captions, headers, blocks side by side, codes → a row per money cell, and one per table.

A value belongs to the labels (code, name, line number) that stand before it in its own block; a table may hold several blocks side by side
(收入 | 支出, three blocks of economic classes), each beginning with a label column after a value column.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flows.document import Cell, Place, Table
from flows.findings import Findings
from flows.grids.columns import Column, exact_columns, ragged_columns
from flows.grids.fit import fit_row
from flows.money import words
from flows.money.captions import Caption
from flows.values.numbers import fold_digits, parse_amount, parse_bracketed
from flows.values.text import is_blank, label_key, squash
from flows.values.units import money_unit_in, yuan

Row = Sequence[Cell]
_CODE = re.compile(r"^\d{2,9}$")
_LISTED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.、．]|其中[:：]?)")
_MAX_HEADER_ROWS = 7


@dataclass(slots=True)
class _Layout:
    """Columns with what each holds: code, code_level, name, line_no, sequence, value, other."""

    columns: list[Column]
    kinds: list[str]
    levels: dict[int, list[str]] = field(default_factory=dict)  # of each block, the code levels of the row before

    def block_of(self, value: int) -> list[int]:
        """The label columns of a value column's block: those before it back to the value column of the block before."""
        start = value
        while start > 0 and self.kinds[start] in ("value", "other"):
            start -= 1
        labels = []
        while start >= 0 and self.kinds[start] not in ("value", "other"):
            labels.append(start)
            start -= 1
        return labels[::-1]


@dataclass(slots=True)
class MoneyTable:
    """A money table as understood, before its amounts are scaled."""

    table: Table
    caption: Caption
    cells: list["_MoneyCell"] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)  # those of amounts
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _MoneyCell:
    place: Place
    printed: str
    value: Decimal
    line_no: str | None
    code: str | None
    line_name: str | None
    column: Column
    side: str | None
    inferred: str | None
    cell: Cell
    block: int | None  # where the labels of its block begin


def header_end(rows: Sequence[Row]) -> int:
    """How many rows from the top are header: up to the first row of figures, codes, listed names or totals."""
    for index, row in enumerate(rows[:_MAX_HEADER_ROWS]):
        filled = [cell for cell in row if not is_blank(cell.text)]
        if not filled:
            if index and not any(cell.covered for cell in row):
                return index
            continue
        first = filled[0].text
        if is_column_numbers(row):
            return index
        if index and _is_year_row(filled):
            continue
        if _CODE.match(squash(first)) or any(parse_amount(cell.text) is not None or _holds_figures(cell) for cell in filled):
            return index
        if index and (_LISTED.match(first) or (words.is_a("total", first) and len(filled) == 1)):
            return index
    return min(len(rows), _MAX_HEADER_ROWS)


def _holds_figures(cell: Cell) -> bool:
    """Several figures below one another in one cell."""
    lines = [line for line in cell.raw.split("\n") if not is_blank(line)]
    return len(lines) > 1 and all(parse_amount(line) is not None for line in lines)


def is_column_numbers(row: Row) -> bool:
    """A row that only numbers the columns: 栏次 1 2 3, 类 款 项 1 2, * * 1=2+3 2 3, A B 1 2."""
    filled = [squash(cell.text) for cell in row if not is_blank(cell.text) and not cell.covered]
    numbers = []
    for text in filled:
        bare = re.sub(r"^[(（〔]|[)）〕]$", "", text)
        match = re.match(r"^(\d{1,2})(?:[=＝].*)?$", bare)
        if match:
            numbers.append(int(match.group(1)))
        elif not (
            words.is_a("column_numbers", bare) or words.is_a("code_level", bare) or re.fullmatch(r"[*＊×—-]+|[A-Za-z甲乙丙丁]", bare)
        ):
            return False
    if any(words.is_a("column_numbers", text) for text in filled):
        return bool(numbers)
    # Without their label they count up from 1 or 2; one misprint among many does not make them amounts.
    in_order = sum(1 for a, b in itertools.pairwise(numbers) if b == a + 1)
    if len(numbers) < 4:
        return len(numbers) >= 2 and numbers[0] <= 2 and in_order == len(numbers) - 1
    return in_order >= len(numbers) - 3


def _is_year_row(filled: list[Cell]) -> bool:
    """Header cells that are bare years: 2023 | 2024."""
    return len(filled) >= 2 and all(re.fullmatch(r"20\d{2}(?:年度?)?", squash(cell.text)) for cell in filled)


def looks_like_money(table: Table, caption: Caption) -> bool:
    """A table of amounts: a money title or unit above it or a code column in it, and a header over figures or over nothing."""
    rows = _without_notes(table.rows)
    if not rows or table.width < 2:
        return False
    end = header_end(rows)
    if end == 0 or (end >= len(rows) and not caption.title):
        return False
    header = [cell.text for row in rows[:end] for cell in row]
    coded = any(words.is_a("code", text) for text in header)
    if any(words.is_a("sequence", text) for text in header) and not coded and not caption.title:
        return False
    numbered = any(words.is_a("line_number", text) for text in header)
    return bool(caption.title) or coded or numbered


def is_plain_amounts(table: Table, caption: Caption) -> bool:
    """A table without a title whose header names a money unit over a column of figures, beside names: 经费项目 | 支出（万元）.

    Where a unit stands above the table instead, every column of figures says that it holds money, or that it does not.
    """
    rows = _without_notes(table.rows)
    if len(rows) < 3 or len({len(row) for row in rows}) != 1:
        return False
    body = rows[1:]
    names_stand_first = all(not is_blank(row[0].text) and parse_amount(row[0].text) is None for row in rows)
    numeric = [i for i in range(1, len(rows[0])) if any(parse_amount(row[i].text) is not None for row in body)]
    figures = [i for i in numeric if money_unit_in(rows[0][i].text)]
    if caption.unit and not figures:
        money = [i for i in numeric if words.mentions("amount_column", rows[0][i].text)]
        figures = [i for i in money if not words.mentions("not_money", rows[0][i].text)]
        if any(i not in figures and not words.mentions("not_money", rows[0][i].text) for i in numeric):
            return False
    blank_or_figure = all(is_blank(row[i].text) or parse_amount(row[i].text) is not None for row in body for i in figures)
    return header_end(rows) == 1 and names_stand_first and bool(figures) and blank_or_figure


def _without_notes(rows: Sequence[Row]) -> list[Row]:
    kept = []
    for row in rows:
        filled = [cell for cell in row if not is_blank(cell.text)]
        if len(filled) == 1 and _is_note(filled[0].text):
            continue
        kept.append(row)
    return kept


def _is_note(text: str) -> bool:
    folded = squash(text)
    return bool(re.match(r"^(?:注|说明|备注)[:：]?", folded)) or (len(folded) > 18 and ("本表" in folded or "本部门" in folded))


def _kinds(columns: list[Column], body: Sequence[dict[int, Cell]]) -> list[str]:
    """What each column holds, by its header and, where that does not tell, by its cells."""
    kinds = []
    for index, column in enumerate(columns):
        cells = [row[index] for row in body if index in row and not is_blank(row[index].text)]
        texts = [cell.text for cell in cells]
        numeric = sum(1 for cell in cells if parse_amount(cell.text) is not None or _holds_figures(cell))
        label = column.label
        if words.is_a("code_level", label):
            kind = "code_level"
        elif words.is_a("code", label) or label_key(label).endswith(("科目编码", "科目代码")):
            kind = "code"
        elif words.is_a("line_number", label):
            kind = "line_no"
        elif words.is_a("sequence", label):
            kind = "sequence"
        elif words.is_a("unit_code", label):
            kind = "unit_code"
        elif numeric and re.search(r"20\d\d年度?[^年%％]*[(（]", label) and money_unit_in(label):
            kind = "value"  # 2020年度支出（万元）: the year is the figures', not the column's content
        elif words.mentions("not_money", label) or _counts_something(label) or re.search(r"[%％‰]|^占", label):
            kind = "other"
        elif words.is_stub(label) or label_key(label).endswith("名称"):
            kind = "name"
        elif numeric:
            kind = "value"
        elif texts and numeric == 0:
            kind = "name"
        else:
            kind = "value" if column.path else "name"
        kinds.append(kind)
    coded = [i for i, kind in enumerate(kinds) if kind == "code"]
    if len(coded) > 1 and all(b - a == 1 for a, b in itertools.pairwise(coded)):
        kinds = ["code_level" if kind == "code" else kind for kind in kinds]  # 科目编码（类）|（款）|（项）
    return kinds


_NEGATIVE = "括号里的金额按负数读"
_CODED_NAME = re.compile(r"^[(（\[【]?(\d{3}|\d{5}|\d{7})[)）\]】]?[\s\u3000_—-]*([\u4e00-\u9fff“].*)$")
_COUNTED = re.compile(r"[(（](?:人次?|个|辆|台|套|批次?|件|户|㎡|平方米|次|名|家|项|张|元/人|人/次)[)）]")


def _counts_something(label: str) -> bool:
    """A header or line that names a unit of things, not money: 国内公务接待人次（人）."""
    return bool(_COUNTED.search(label))


def _layout(rows: Sequence[Row], end: int, exact: bool) -> tuple[_Layout, list[dict[int, Cell]], list[Row]]:
    """Columns of a table and its body rows as column → cell."""
    header = rows[:end]
    body = [row for row in rows[end:] if not is_column_numbers(row) and not _repeats_header(row, header)]
    if exact:
        columns = _with_own_parents(exact_columns(header, body))
        placed = [_placed_exact(row, columns) for row in body]
        return _Layout(columns, _kinds(columns, placed)), placed, body
    usual = _usual_width(body)
    columns = ragged_columns([row for row in header if any(cell.text for cell in row)], words.is_stub, usual)
    if usual > len(columns):
        columns += [Column((), i, i + 1) for i in range(len(columns), usual)]
    identity = [dict(enumerate(row)) for row in body if len(row) == len(columns)]
    layout = _Layout(columns, _kinds(columns, identity))
    return layout, [_placed_ragged(row, layout) for row in body], body


def _repeats_header(row: Row, header: Sequence[Row]) -> bool:
    """A header row that is printed again further down."""
    texts = [squash(cell.text) for cell in row if not is_blank(cell.text)]
    return len(texts) >= 2 and any(texts == [squash(cell.text) for cell in above if not is_blank(cell.text)] for above in header)


def _with_own_parents(columns: list[Column]) -> list[Column]:
    """A value column stands under the same upper header as its label: a ruling that draws it under the next block's is put right."""
    result = list(columns)
    for i in range(1, len(columns) - 1):
        label, value, after = result[i - 1], result[i], result[i + 1]
        if (
            words.is_stub(label.label)
            and not words.is_stub(value.label)
            and words.is_stub(after.label)
            and len(label.path) == len(value.path) == len(after.path) > 1
            and value.path[:-1] == after.path[:-1] != label.path[:-1]
        ):
            result[i] = Column((*label.path[:-1], value.label), value.left, value.right)
    return result


def _usual_width(body: Sequence[Row]) -> int:
    counts: dict[int, int] = {}
    for row in body:
        counts[len(row)] = counts.get(len(row), 0) + 1
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _first(row: Row) -> str:
    return next((cell.text for cell in row if not is_blank(cell.text)), "")


def _placed_exact(row: Row, columns: list[Column]) -> dict[int, Cell]:
    placed: dict[int, Cell] = {}
    for cell in row:
        over = [i for i, c in enumerate(columns) if cell.col < c.right and c.left < cell.col + cell.colspan]
        for index in over:
            placed.setdefault(index, cell)
    return placed


def _placed_ragged(row: Row, layout: _Layout) -> dict[int, Cell]:
    if len(row) == len(layout.columns):
        return dict(enumerate(row))
    fit = fit_row(
        [cell.text for cell in row],
        len(layout.columns),
        lambda text, c: _suits(layout.kinds[c], text),
        lambda text: parse_amount(text) is None,
    )
    starts = [(c, cell) for cell, c in zip(row, fit.column, strict=True) if c is not None]
    placed = dict(starts)
    for (c, cell), (after, _) in itertools.pairwise(starts):
        if not is_blank(cell.text) and parse_amount(cell.text) is None:
            placed.update(dict.fromkeys(range(c + 1, after), cell))  # a label merged over columns
    return placed


def _suits(kind: str, text: str) -> float:
    blank, numeric = is_blank(text), parse_amount(text) is not None
    if kind in ("value", "other"):
        return 1.0 if blank else 3.0 if numeric else -4.0
    if kind in ("code", "code_level"):
        return 0.5 if blank else 4.0 if _CODE.match(squash(text)) else 0.5 if words.mentions("total", text) else -1.0
    if kind in ("line_no", "sequence", "unit_code"):
        return 0.5 if blank else 2.0 if numeric and "." not in text else -1.0
    return 0.5 if blank else -3.0 if numeric else 3.0


def understand(table: Table, caption: Caption, findings: Findings) -> MoneyTable:
    """Reads the money cells of a table. What is no money and no label is set aside."""
    rows = _without_notes(table.rows)
    result = MoneyTable(table, caption)
    kept = {id(row) for row in rows}
    result.notes = [_first(row) for row in table.rows if id(row) not in kept]
    end = header_end(rows)
    if end == 0:
        findings.refuse("table", "金额表没有表头", table.place, _first(rows[0]) if rows else "")
        return result
    layout, placed, body = _layout(rows, end, table.exact)
    if not table.exact and end > 1 and any(k == "value" and not c.path for c, k in zip(layout.columns, layout.kinds, strict=True)):
        # merged cells left nothing behind in the header: which label stands over which figures is a guess
        findings.refuse("table", "表头的格数少于数据，栏目不能确定", table.place, _first(rows[0]))
        return result
    _mark_labels(rows, end, layout, placed, findings)
    result.columns = [column for column, kind in zip(layout.columns, layout.kinds, strict=True) if kind == "value"]
    above: dict[int, Cell] = {}
    for cells, row in zip(placed, body, strict=True):
        for index, cell in cells.items():
            if not cell.covered:
                above[index] = cell
        _read_line(result, layout, cells, above, row, findings)
    return result


_MARKS = {
    "code": "科目编码",
    "code_level": "科目编码",
    "line_no": "行次",
    "sequence": "序号",
    "unit_code": "单位编码",
    "name": "名称中的数字",
}


def _mark_labels(rows: Sequence[Row], end: int, layout: _Layout, placed: list[dict[int, Cell]], findings: Findings) -> None:
    """Header, column numbers, codes, line numbers and names hold no amounts."""
    for row in rows[:end]:
        findings.mark(row, "表头")
    for row in rows[end:]:
        if is_column_numbers(row):
            findings.mark(row, "栏次")
        elif _repeats_header(row, rows[:end]):
            findings.mark(row, "表头")
    for cells in placed:
        for index, cell in cells.items():
            if layout.kinds[index] in _MARKS:
                findings.mark([cell], _MARKS[layout.kinds[index]])


def _read_line(result: MoneyTable, layout: _Layout, cells: dict[int, Cell], above: dict[int, Cell], row: Row, findings: Findings) -> None:
    seen: set[int] = set()
    for index, kind in enumerate(layout.kinds):
        cell = cells.get(index)
        if cell is None or is_blank(cell.text) or id(cell) in seen:
            continue
        if kind == "other":
            findings.refuse("cell", "比例或增减列，不是金额", cell.place, cell.text)
            continue
        if kind != "value":
            continue
        labels = layout.block_of(index)
        if any(cells.get(i) is cell for i in labels):
            continue  # a label that lies over the value column too (合计 over a whole line)
        seen.add(id(cell))
        value = parse_amount(cell.text)
        if value is None and _holds_figures(cell):
            findings.refuse("cell", "一个单元格里印有多行金额，各属哪一行不能确定", cell.place, cell.text)
            continue
        if value is None:
            if not words.is_stub(cell.text) and not words.is_a("total", cell.text) and not side_word(cell.text):
                findings.refuse("cell", "金额列中不是数字的内容", cell.place, cell.text)
            continue
        code, inferred = _code(layout, cells, labels)
        name = _line_name(layout, cells, above, labels)
        if parse_bracketed(cell.text) is not None:
            inferred = f"{inferred}；{_NEGATIVE}" if inferred else _NEGATIVE
        if code is None and name and (split := _CODED_NAME.match(name)) and words.mentions("classified", layout.columns[labels[0]].name):
            code, name = split.groups()  # 2080201 行政运行, [2080201]行政运行
        if name and _counts_something(name):
            findings.refuse("cell", "数量行，不是金额", cell.place, f"{name} {cell.text}")
            continue
        result.cells.append(
            _MoneyCell(
                cell.place,
                cell.text,
                value,
                _line_no(layout, cells, labels),
                code,
                name,
                layout.columns[index],
                _side(layout.columns[index], result.caption.title),
                inferred,
                cell,
                labels[0] if labels else None,
            )
        )


def side_word(text: str) -> bool:
    """A header word that a merged cell left in the body."""
    return words.side_of(text) is not None or label_key(text) in {"基本支出", "项目支出"}


def _code(layout: _Layout, cells: dict[int, Cell], labels: list[int]) -> tuple[str | None, str | None]:
    """The line's code; level columns (类 款 项) are joined, one digit where two belong is filled up."""
    whole = [squash(cells[i].text) for i in labels if layout.kinds[i] == "code" and i in cells]
    whole = [text for text in dict.fromkeys(whole) if _CODE.match(fold_digits(text))]
    if whole:
        return fold_digits(whole[0]), None
    levels = [i for i in labels if layout.kinds[i] == "code_level"]
    printed = [fold_digits(squash(cells[i].text)) if i in cells else "" for i in levels]
    printed = [text if text.isdigit() else "" for text in printed]
    if not any(printed):
        return None, None
    inferred = None
    deepest = max(i for i, text in enumerate(printed) if text)
    before = layout.levels.get(levels[0], [])
    for i in range(deepest):
        if not printed[i] and i < len(before) and before[i]:
            printed[i], inferred = before[i], "科目编码的上级取自上面的行"
    if not printed[0]:
        return None, None  # without its first level no code is known
    layout.levels[levels[0]] = printed[: deepest + 1]
    parts = [text for text in printed if text]
    joined = parts[0]
    for part in parts[1:]:
        if part.startswith(joined):
            joined = part
            continue
        if len(part) == 1:
            part, inferred = f"0{part}", "科目编码的款、项级只印一位，按两位补零"
        joined += part
    return joined, inferred


def _line_no(layout: _Layout, cells: dict[int, Cell], labels: list[int]) -> str | None:
    return next((cells[i].text for i in labels if layout.kinds[i] == "line_no" and i in cells and cells[i].text), None)


def _line_name(layout: _Layout, cells: dict[int, Cell], above: dict[int, Cell], labels: list[int]) -> str | None:
    names: list[Cell] = []
    for i in labels:
        cell = cells.get(i)
        if cell is not None and cell.covered:
            cell = above.get(i)
        if cell is None or is_blank(cell.text) or layout.kinds[i] in ("line_no", "sequence", "unit_code"):
            continue
        is_code = layout.kinds[i] in ("code", "code_level")
        if is_code and fold_digits(squash(cell.text)).isdigit():
            continue
        if not any(cell is other for other in names):
            names.append(cell)
    if not names and labels:  # a total's label lies over the block before too: 公用经费合计 over two blocks
        before = next((cells[i] for i in range(labels[0] - 1, -1, -1) if i in cells and not is_blank(cells[i].text)), None)
        if before is not None and words.mentions("total", before.text):
            names.append(before)
    return "/".join(cell.text for cell in names) or None


def _side(column: Column, title: str | None) -> str | None:
    for label in column.path:
        side = words.side_of(label)
        if side:
            return side
    key = label_key(title or "")
    income, expenditure = "收入" in key, "支出" in key or "三公" in key
    if "收支" in key or income == expenditure:
        return None
    return "income" if income else "expenditure"


def _column_year(name: str, fiscal_year: int | None) -> int | None:
    """The year a column is of: 2023年决算数, 上年数; a year it is only compared with (比2022年增减) is not its own."""
    bare = re.sub(r"(?:较|比|与)(?:20\d{2}年?|上年|去年)", "", name)
    match = re.search(r"(20\d{2})(?:年|$|/)", bare)
    if match:
        return int(match.group(1))
    if fiscal_year and re.search(r"(?:^|/)(?:上年|上一年|去年)(?:度)?(?!结转|结余)", bare):
        return fiscal_year - 1
    return None


def _line_year(name: str | None) -> int | None:
    match = re.fullmatch(r"(20\d{2})年度?", squash(name)) if name else None
    return int(match.group(1)) if match else None


def _own_unit(column: Column) -> str | None:
    """The unit that the column's header declares."""
    return next((unit for label in reversed(column.path) if (unit := money_unit_in(f"({label})") or money_unit_in(label))), None)


def stage(result: MoneyTable, unit: str | None, unit_inferred: str | None, fiscal_year: int | None, findings: Findings) -> None:
    """Scales and adds the table's cells to ``findings``; ``unit`` is the table's own or, marked, the report's."""
    title = result.caption.title
    own_units = {_own_unit(column) for column in result.columns}
    if not result.caption.unit and len(own_units) == 1 and None not in own_units:
        unit = own_units.pop()  # every amount's header says it
    number = result.caption.number or (words.standard_number(title) if title else None)
    table_ref = result.table.place.ref
    for cell in result.cells:
        own = _own_unit(cell.column)
        used = own or unit
        year = _column_year(cell.column.name, fiscal_year) or _line_year(cell.line_name)
        inferred = cell.inferred or (unit_inferred if not own else None)
        if used is None:
            findings.refuse("cell", "金额单位未知：表上、页上和报告里都没有印单位", cell.place, cell.printed)
        findings.add(
            "accounts",
            cell.place,
            cell.printed,
            {"amount": [cell.cell]},
            table_ref=table_ref,
            table_no=number,
            table_title=title,
            side=cell.side,
            line_no=cell.line_no,
            code=cell.code,
            line_name=cell.line_name,
            block_no=cell.block,
            column_name=cell.column.name or None,
            amount_printed=cell.value,
            amount_yuan=yuan(cell.value, used),
            amount_unit=used,
            fiscal_year=year or fiscal_year,
            inferred=inferred,
        )
    note = " ".join(result.notes)[:200]
    findings.add(
        "account_tables",
        result.table.place,
        title or "",
        table_ref=table_ref,
        table_no=number,
        table_title=title,
        amount_unit=unit,
        fiscal_year=fiscal_year,
        lines=len({(cell.place.row, cell.line_name, cell.side, cell.code) for cell in result.cells}),
        numbers=len(result.cells),
        is_empty=not result.cells,
        note=note or None,
    )
