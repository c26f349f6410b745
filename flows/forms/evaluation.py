"""Evaluation forms, targets and task lists: rows of cells → evaluations, funding, tasks, goals, indicators, advice.

A form is read part by part. Every part begins with a header row, told by the roles of its labels; rows after it belong to it
until the next header or label. So the order of parts, their columns and their wording may be any.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.document import Cell, Paragraph, Place, Table
from flows.findings import Cells, Findings
from flows.findings import Row as Fact
from flows.forms import words
from flows.forms.advice import is_advice_row, read_advice
from flows.forms.form import Form, settle_target
from flows.forms.parts import (
    Part,
    PlacedRow,
    Row,
    goals_below,
    has_numbers,
    header_rows,
    indicators_below,
    is_goal_line,
    make_part,
    part_of_header,
    place_cells,
    roles_of,
)
from flows.forms.rows import amount, funding_values, indicator_values, points, task_values
from flows.values.numbers import fold_digits, parse_number, parse_rate
from flows.values.targets import parse_quantity
from flows.values.text import is_blank, squash
from flows.values.units import money_unit_in

_YEAR = re.compile(r"(20\d\d)年")
_PROSE_LENGTH = 8
_GRADES = frozenset({"优", "良", "中", "差", "优秀", "良好", "合格", "不合格"})
_SHORT_ROLES = frozenset(
    {
        "level1",
        "level2",
        "level3",
        "operator",
        "target",
        "unit",
        "actual",
        "completion",
        "weight",
        "score",
        "reviewed_score",
        "task_name",
        "number",
    }
)
_FULL_MARKS = Decimal(100)
_NOTE = re.compile(r"^\s*(?:注|备注|填表说明)\s*\d?\s*[:：]")
_OPEN_LABEL = re.compile(r"[:：]\s*$")
_FIGURE_IN_LABEL = re.compile(r"[:：]\s*[-−]?[\d,，]+(?:\.\d+)?\s*(?:千元|万元|亿元|元)?\s*$")
_NEXT_POINT = re.compile(r"^\s*(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）]|[①-⑳])")
_NOISE = re.compile(r"^[-—–=_\s|:]+$")


class FormReader:
    """Reads the forms of a document; feed it blocks in reading order, then ``finish``."""

    def __init__(self, findings: Findings, report_unit: str | None) -> None:
        self._findings = findings
        self._report_unit = report_unit
        self._form: Form | None = None
        self._part: Part | None = None
        self._unit: str | None = None
        self._above: list[Cell | None] = []
        self._levels: tuple[str, str] = ("", "")
        self._block = ""
        self._declared: str | None = None  # a money unit that a line above said, of this form or of the next
        self._noted = False  # a note stood below the form
        self._rules: set[int] = set()  # cells that say how points are given: no figures of the report's
        self._short: set[int] = set()  # cells read as names, values, scores: not prose unless they hold sentences
        self.forms: list[Form] = []
        self.owner: dict[Place, Form] = {}  # whose form each cell is part of

    @property
    def is_open(self) -> bool:
        return self._form is not None

    def finish(self) -> None:
        """Closes the form at hand."""
        if self._form and not self._form.is_empty:
            settle_target(self._form)
            self.forms.append(self._form)
        self._form = self._part = None

    def read_table(
        self, table: Table, title: str, title_year: int | None, unit: str | None = None, heads: Sequence[Paragraph] = ()
    ) -> None:
        """Reads a table that holds a form, part of one, or several. ``unit``: declared right above the table; ``heads``: lines there."""
        rows = [row for row in table.rows if any(not is_blank(cell.text) or cell.covered for cell in row)]
        if title and not self._goes_on(rows, title):
            self._begin(table.place, title, title_year)
        if unit:
            self._declare(unit)
        if self._form and self._form.is_empty:
            for line in heads:
                self._read_head([Cell(line.text, line.text, line.place, 0)])
        index = 0
        while index < len(rows):
            taken = self._read_row(rows, index, table.exact)
            if not self._is_unit_row(rows[index]):
                self._declared = None
            if self._form:
                read = [cell for row in rows[index : index + taken] for cell in row]
                self._form.prose += [c for c in read if _is_prose(c.text, id(c) in self._short) and id(c) not in self._rules]
                self.owner.update((cell.place, self._form) for cell in read)
            index += taken

    def _goes_on(self, rows: Sequence[Row], title: str) -> bool:
        """The same title again, or 续表, over rows that begin no new form: the form went on over a page."""
        form = self._form
        if form is None or form.is_empty:
            return False
        same = squash(title) in (squash(form.title), f"{squash(form.title)}(续)") or "续表" in squash(title)
        heads = {role for row in rows[:5] for role in roles_of("head", row)}
        if not heads & {"project_name", "department_name"}:
            return same
        project = form.head.get("project_name")
        again = project is not None and any(cell.text == project for row in rows[:5] for cell in row)
        return same and again and "total_score" not in form.scores  # the head is printed again on every page

    # -- rows -------------------------------------------------------------------------------------------------------

    def _read_row(self, rows: Sequence[Row], index: int, exact: bool) -> int:
        """Reads the row at ``index`` and returns how many rows it took."""
        row = rows[index]
        filled = [cell for cell in row if not is_blank(cell.text)]
        if not filled or all(_NOISE.match(cell.text) for cell in filled):
            return 1
        if len(filled) == 1 and words.is_form_title(filled[0].text):
            year = _YEAR.search(filled[0].text)
            self._begin(filled[0].place, filled[0].text, int(year.group(1)) if year else None)
            return 1
        if len(filled) == 1 and (year := re.fullmatch(r"[(（]?(20\d\d)年度?[)）]?", squash(filled[0].text))):
            if self._form and self._form.is_empty:
                self._form.title_year = int(year.group(1))
            return 1
        declared = next((unit for cell in filled if "单位" in cell.text and (unit := money_unit_in(cell.text))), None)
        if self._is_note(row, filled):
            self._findings.mark(filled, "表注")
            return 1
        if goals := goals_below(rows, index, exact):
            self._read_goals_below(row, goals)
            return 2
        kind = part_of_header(row)
        upper = exact and index + 1 < len(rows) and indicators_below(row, rows[index + 1])
        if kind or upper:
            taken = self._begin_part("indicator" if upper or kind is None else kind, rows, index, exact, 2 if upper else 0)
            if declared:
                self._declare(declared)
            return taken
        if self._form is None:
            self._begin(row[0].place, "", None)
        if declared:
            self._declare(declared)
            if len(filled) == 1:
                return 1
            if all(re.search(r"[:：]", cell.text) for cell in filled) and not self._pairs(row, "head"):
                return 1  # 部门：… 金额单位：…, a caption inside the ruling
        if all(words.is_signature(cell.text) for cell in filled):
            self._findings.mark(filled, "签名栏")
            return 1
        if self._read_labels(row, filled) or self._read_part_row(row, filled):
            return 1
        self._refuse(row, "表中未识别的行")
        return 1

    def _declare(self, unit: str) -> None:
        """Takes note of a money unit: of the form at hand, or of one that begins right after."""
        self._declared = unit
        if self._form:
            self._form.unit = unit

    @staticmethod
    def _is_unit_row(row: Row) -> bool:
        filled = [cell for cell in row if not is_blank(cell.text)]
        return len(filled) == 1 and "单位" in filled[0].text and money_unit_in(filled[0].text) is not None

    def _is_note(self, row: Row, filled: list[Cell]) -> bool:
        """A note over the table's whole width (注：…), or its next point. Notes stand at a form's end: no part goes on after one."""
        if len(filled) != 1 or filled[0] is not row[0] or self._form is None or self._form.is_empty:
            return False
        if _NOTE.match(filled[0].text):
            self._part = None
            self._noted = True
            return True
        return self._noted and bool(_NEXT_POINT.match(filled[0].text))

    def _begin(self, place: Place, title: str, year: int | None) -> None:
        if self._form is None or not self._form.is_empty or self._form.title:
            self.finish()
            self._form = Form(place)
            self._form.unit = self._declared
        self._form.title, self._form.title_year = title, year
        self._noted = False
        self._part = None

    def _begin_part(self, kind: str, rows: Sequence[Row], index: int, exact: bool, least: int = 0) -> int:
        """Begins a part at its header and returns how many rows that takes, ``least`` or more."""
        row = rows[index]
        repeated = self._part is not None and self._part.kind == kind == "indicator"
        if kind == "advice":
            self._part = None
            self._block = row[0].text or self._block
            return 1
        form = self._form
        if form is None or (kind in ("task", "goal") and form.count("indicators") and roles_of("head", row)):
            self._begin(row[0].place, "", None)
        header = list(rows[index : index + max(least, header_rows(kind, rows, index, exact))])
        self._findings.mark((cell for line in header for cell in line), "表头")
        self._part = make_part(kind, header, rows[index + len(header) :], exact)
        self._unit = self._unit_of(self._part.header)
        if kind == "indicator" and not repeated:
            self._levels = ("", "")
        if kind == "funding":
            self._read_head(row)
        return len(header)

    def _unit_of(self, cells: Sequence[Cell]) -> str | None:
        """The money unit the header or the part's label declares, else None."""
        return next((unit for cell in cells if (unit := money_unit_in(cell.text))), None)

    def _money_unit(self, *texts: str) -> tuple[str | None, str | None]:
        """The unit of a figure - its label's, its part's, its form's, the report's - and a remark where it is the report's."""
        own = next((unit for text in texts if (unit := money_unit_in(text) or money_unit_in(f"({text})"))), None)
        if own and self._part and self._part.kind == "funding":
            self._unit = own  # 年度资金总额（万元）: the rows below are of the same unit
        printed = own or self._unit or (self._form.unit if self._form else None)
        if printed or not self._report_unit:
            return printed, None
        return self._report_unit, "表单未印金额单位，取报告通篇使用的唯一单位"

    # -- labels with values beside them --------------------------------------------------------------------------------

    def _read_labels(self, row: Row, filled: list[Cell]) -> bool:
        """Label-value rows: head, scores, texts, money in one line, advice. True where the row was read so."""
        first = filled[0]
        if self._part and self._part.kind == "indicator" and not self._begins_with_label(row, first):
            return False
        if words.role("advice", first.text) == "block":
            self._part = None
            self._block = first.text
            return self._take_advice(row)
        if self._block and self._part is None and is_advice_row(row):
            return self._take_advice(row)
        if self._part and words.role("total", first.text) and self._read_total(row, filled):
            return True
        read = self._read_head(row)
        read = self._read_scores(row) or read
        read = self._read_texts(filled) or read
        read = self._read_money_line(row, filled) or read
        if not read and self._part is None:
            read = self._read_plain_money(row, filled)
        if not read and (self._part is None or self._part.kind in ("task", "funding", "goal")):
            read = self._read_single_goal(filled)
        if read and self._part and self._part.kind in ("goal", "task", "funding"):
            self._part = None
        return read

    def _begins_with_label(self, row: Row, first: Cell) -> bool:
        """In the indicators: is this row a label row (总分, 自评结论, the next form's head) and not an indicator of that name?"""
        assert self._part is not None
        if any(words.role(part, first.text) for part in ("text", "total", "advice")):
            return True
        at = next((i for i, cell in enumerate(row) if cell is first), 0)
        return at == 0 and any(words.role(part, first.text) for part in ("head", "score", "goal_single"))

    def _pairs(self, row: Row, part: str) -> list[tuple[str, Cell, Cell | None]]:
        """(role, label cell, value cell) of ``part`` in a row; ``label：value`` inside one cell counts too."""
        found = []
        for index, cell in enumerate(row):
            role = words.role(part, cell.text)
            if role:
                rest = (other for other in row[index + 1 :] if not is_blank(other.text))
                value = next(rest, None)
                if value is not None and self._is_label(value.text):
                    value = None
                found.append((role, cell, value))
                continue
            label, colon, inside = re.sub("：", ":", cell.text).partition(":")
            if colon and inside.strip() and len(inside) < 40 and (role := words.role(part, label)):
                start = cell.text.replace("：", ":").index(":") + 1
                value = Cell(cell.text[start:].strip(), cell.raw, cell.place, cell.col)
                found.append((role, cell, value))
        return found

    @staticmethod
    def _is_label(text: str) -> bool:
        return any(words.role(part, text) for part in ("head", "score", "funding"))

    def _read_head(self, row: Row) -> bool:
        pairs = self._pairs(row, "head")
        if not pairs:
            return False
        form = self._form
        named = next((value.text for role, _, value in pairs if role == "project_name" and value is not None), None)
        if form and named and form.facts and form.head.get("project_name") not in (None, named):
            self._begin(row[0].place, form.title, form.title_year)  # another project's head: the next form
            form = self._form
        elif form and named and "total_score" in form.scores and "project_name" in form.head:
            self._begin(row[0].place, form.title, form.title_year)
            form = self._form
        assert form is not None
        for role, label, value in pairs:
            self._short.add(id(label))
            if role == "year":
                year = re.match(r"(20\d{2})年?", squash(value.text)) if value is not None else None
                form.title_year = int(year.group(1)) if year else form.title_year
                if value is not None:
                    self._findings.mark([value], "年份")
                continue
            if value is not None:
                self._short.add(id(value))
                form.set(form.head, role, value.text, value)
        return True

    def _read_scores(self, row: Row) -> bool:
        assert self._form is not None
        read = False
        for role, label, value in self._pairs(row, "score"):
            number, cell, full = self._score_after(row, label, value)
            if number is not None and cell is not None:
                self._form.set(self._form.scores, role, number, cell)
                if full is not None:
                    self._findings.mark([full], "满分")
                read = True
            elif value is None:
                read = True
        return read

    def _score_after(self, row: Row, label: Cell, value: Cell | None) -> tuple[Decimal | None, Cell | None, Cell | None]:
        """The points beside a label with their cell, and the cell of the full marks before them (总分 100 97.5).

        A grade in the same row is taken along.
        """
        assert self._form is not None
        if value is None:
            return None, None, None
        numbers: list[tuple[Decimal, Cell]] = []
        after = list(row)[next((i for i, cell in enumerate(row) if cell is label), 0) + 1 :] or [value]
        for cell in after if any(cell is value for cell in after) else [value]:
            if is_blank(cell.text):
                continue
            if self._is_label(cell.text):
                break
            number = points(cell.text) if points(cell.text) is not None else parse_quantity(cell.text).value
            if number is None:
                if squash(cell.text) in _GRADES:
                    self._form.set(self._form.head, "grade", cell.text, cell)
                break
            numbers.append((number, cell))
        if not numbers:
            return None, None, None
        if len(numbers) == 2 and numbers[0][0] >= numbers[1][0]:
            return (*numbers[1], numbers[0][1])
        return (*numbers[0], None)

    def _read_texts(self, filled: list[Cell]) -> bool:
        assert self._form is not None
        if len(filled) == 1:
            label, colon, inside = filled[0].text.replace("：", ":").partition(":")
            role = words.role("text", label) if colon and inside.strip() else None
            if role:
                self._form.texts[role] = self._form.texts.get(role, "") + inside.strip()
                self._form.cells.setdefault(role, []).append(filled[0])
                self._part = None
                return True
        for index, cell in enumerate(filled[:3]):
            role = words.role("text", cell.text)
            if role and len(filled) <= index + 2 and (index == 0 or len(filled) == index + 2):
                value = filled[index + 1].text if len(filled) > index + 1 else ""
                if value:
                    self._form.texts[role] = self._form.texts.get(role, "") + value
                    self._form.cells.setdefault(role, []).append(filled[index + 1])
                self._part = None
                return True
        return False

    def _read_money_line(self, row: Row, filled: list[Cell]) -> bool:
        """项目预算金额（万元） 8376.38 全年执行数 8376.38 执行率 100%: labels and figures side by side."""
        pairs = [(role, label, value) for role, label, value in self._pairs(row, "funding") if value is not None]
        money = [(role, label, value) for role, label, value in pairs if role in ("initial_budget", "adjusted_budget", "executed")]
        figures = [parse_number(value.text) for _, _, value in money]
        if not money or all(figure is None for figure in figures):
            return False
        unit, inferred = self._money_unit(*(label.text for _, label, _ in money))
        rate = next((value for role, _, value in pairs if role == "rate" and value), None)
        values: Fact = {}
        cells: dict[str, list[Cell]] = {}
        place = money[0][2].place
        for (role, label, value), figure in zip(money, figures, strict=True):
            if not values or f"{role}_printed" in values:  # the same column again: another line of funds in this row
                if values:
                    self._fact("fundings", place, _printed(filled), values, cells)
                source = label if values else filled[0]
                values, place = {"funding_source": source.text, "amount_unit": unit, "inferred": inferred}, value.place
                cells = {"funding_source": [source]}
            values |= amount(role, figure, unit)
            cells[role] = [value]
        values["execution_rate_pct"] = values["rate_printed"] = parse_rate(rate.text) if rate else None
        self._fact("fundings", place, _printed(filled), values, cells | ({"rate": [rate]} if rate else {}))
        return True

    def _read_plain_money(self, row: Row, filled: list[Cell]) -> bool:
        """项目资金（万元） 年度资金总额 420.00 without a header of columns, as target forms print it: the budget by source."""
        labels = [cell for cell in filled if parse_number(cell.text) is None]
        figures = [cell for cell in filled if parse_number(cell.text) is not None]
        if not figures and self._after_money() and words.is_source(labels[0].text) and all(_NOISE.match(cell.text) for cell in labels[1:]):
            return True  # 其他资金 —: none
        one = len({squash(cell.text) for cell in figures}) == 1  # a merged cell that a text file repeats in each place is one figure
        if not one or not 1 <= len(labels) <= 2 or filled[-len(figures)] is not figures[0] or not words.is_source(labels[-1].text):
            return False
        if len(labels) == 2 and (unit := money_unit_in(labels[0].text)):
            self._unit = unit
        unit, inferred = self._money_unit(*(cell.text for cell in labels))
        values = {"funding_source": labels[-1].text, "amount_unit": unit, "inferred": inferred}
        values |= amount("initial_budget", parse_number(figures[0].text), unit)
        self._fact("fundings", labels[-1].place, _printed(filled), values, {"funding_source": labels, "initial_budget": figures})
        return True

    def _after_money(self) -> bool:
        return self._form is not None and bool(self._form.facts) and self._form.facts[-1][0] == "fundings"

    def _read_single_goal(self, filled: list[Cell]) -> bool:
        if is_goal_line(filled):
            goal = {"goal_text": filled[1].text, "result_text": filled[3].text, "score": None}
            self._fact("goals", filled[1].place, filled[1].text, goal, {"goal_text": [filled[1]], "result_text": [filled[3]]})
            return True
        role = words.role("goal_single", filled[0].text)
        if not role or len(filled) != 2 or has_numbers(filled[1:]):
            return False
        goal = {"goal_text": filled[1].text, "result_text": None, "score": None}
        self._fact("goals", filled[1].place, filled[1].text, goal, {"goal_text": [filled[1]]})
        return True

    def _read_goals_below(self, header: Row, goals: Sequence[Cell]) -> None:
        if self._form is None:
            self._begin(header[0].place, "", None)
        self._part = None
        self._findings.mark(header, "表头")
        for cell in goals:
            goal = {"goal_text": cell.text, "result_text": None, "score": None}
            self._fact("goals", cell.place, cell.text, goal, {"goal_text": [cell]})

    # -- advice ---------------------------------------------------------------------------------------------------------

    def _take_advice(self, row: Row) -> bool:
        for place, source, values in read_advice(row, self._block):
            self._fact("advices", place, source, values, {"text": row})
        return True

    # -- rows of a part -------------------------------------------------------------------------------------------------

    def _read_part_row(self, row: Row, filled: list[Cell]) -> bool:
        part = self._part
        if part is not None and part.is_over(row):
            part = self._part = None
        if part is None or part.is_crossed(row):
            return False
        placed = place_cells(part, row)
        self._short.update(
            id(cell)
            for cells, role in zip(placed.cells, part.roles, strict=True)
            for cell in cells
            if role in _SHORT_ROLES or part.kind == "funding"
        )
        self._rules.update(
            id(cell) for cells, role in zip(placed.cells, part.roles, strict=True) for cell in cells if role in ("criterion", "explanation")
        )
        inferred = "单元格按列义与指标层级词移位" if placed.shifted else None
        read = {
            "indicator": self._read_indicator,
            "funding": self._read_funding,
            "task": self._read_task,
            "goal": self._read_goal,
        }[part.kind](row, placed, inferred)
        if read:
            if (at := part.index("number")) is not None:
                self._findings.mark(placed.cells[at], "序号")
            for cell in placed.left_over:
                self._findings.refuse("cell", "单元格没有对应的列", cell.place, cell.text)
            self._refuse_unknown_columns(placed)
        return read

    def _refuse_unknown_columns(self, placed: PlacedRow) -> None:
        """Figures in columns whose header says nothing known are set aside, not dropped."""
        part = placed.part
        used = {id(cell) for cells in placed.read.values() for cell in cells}
        first = next((i for i, role in enumerate(part.roles) if role), 0)
        name_at = part.index("level3") or 0
        for at in range(first, len(part.columns)):
            label, cells = part.columns[at].label, placed.cells[at]
            if part.kind == "indicator" and at < name_at and words.role("indicator", label) == "weight":
                self._findings.mark(cells, "上级指标的分值（其下各指标分值之和）")
                continue
            for cell in cells:
                if part.roles[at] is None and id(cell) not in used and re.search(r"\d", fold_digits(cell.text)):
                    self._findings.refuse("cell", f"栏目“{part.columns[at].name or '（无栏名）'}”未识别", cell.place, cell.text)

    def _read_goal(self, row: Row, placed: PlacedRow, inferred: str | None) -> bool:
        goal, result = placed.text("goal_text"), placed.text("result_text")
        if is_blank(goal) and is_blank(result):
            return True
        score = parse_number(placed.text("score"))
        cells = [cell for cell in row if not is_blank(cell.text)]
        if not placed.part.exact and len(cells) <= 3:
            # Ragged rows of long texts: the first text is the goal, the second the result, a number the score.
            texts = [cell.text for cell in cells if parse_number(cell.text) is None]
            numbers = [n for cell in cells if (n := parse_number(cell.text)) is not None]
            if len(texts) == 2:
                goal, result = texts
            score = numbers[0] if numbers else None
        place = next(cell.place for cell in cells if cell.text in (goal, result) or cell.text)
        values = {"goal_text": goal or None, "result_text": result or None, "score": score, "inferred": inferred}
        self._fact(
            "goals",
            place,
            goal or result,
            values,
            {**placed.read, "score": [cell for cell in cells if parse_number(cell.text) is not None]},
        )
        return True

    def _read_indicator(self, row: Row, placed: PlacedRow, inferred: str | None) -> bool:
        text = placed.text
        self._begin_listed_project(placed, row)
        level3 = text("level3")
        level1, level2 = text("level1"), text("level2")
        if is_blank(level3):
            if any(not is_blank(cell.text) for cell in row):
                self._remember_levels(level1, level2)
                rest = [cell for cell in row if not is_blank(cell.text) and cell.text not in (level1, level2)]
                if rest:
                    self._refuse(row, "指标行没有指标名称")
            return True
        self._remember_levels(level1, level2)
        if placed.part.index("actual") is not None and self._form:
            self._form.has_actuals = True
        place = next(cell.place for cells in placed.cells for cell in cells if cell.text and cell.text in level3)
        values = indicator_values(placed, self._levels) | {"inferred": inferred}
        self._fact("indicators", place, level3, values, placed.read)
        return True

    def _begin_listed_project(self, placed: PlacedRow, row: Row) -> None:
        """A list of many projects' indicators (项目名称 is a column): one form per project, with the budget and the goal beside its name."""
        form, name = self._form, placed.text("project_name")
        if is_blank(name) or form is None or form.head.get("project_name") == name:
            return
        if form.facts:
            settle_target(form)
            self.forms.append(form)
            form = self._form = Form(row[0].place, form.title, form.title_year, unit=form.unit)
            self._levels = ("", "")
        form.head["project_name"] = name
        if not is_blank(unit_name := placed.text("unit_name")):
            form.head["unit_name"] = unit_name
        at = placed.part.index("project_budget")
        if at is not None and (figure := parse_number(placed.text("project_budget"))) is not None:
            label, cells = placed.part.columns[at].label, placed.read["project_budget"]
            unit, inferred = self._money_unit(label)
            values: Fact = {"funding_source": label, "amount_unit": unit, "inferred": inferred} | amount("initial_budget", figure, unit)
            self._fact("fundings", cells[0].place, cells[0].text, values, {"initial_budget": cells})
        if not is_blank(goal := placed.text("project_goal")):
            cells = placed.read["project_goal"]
            self._fact("goals", cells[0].place, goal, {"goal_text": goal, "result_text": None, "score": None}, {"goal_text": cells})

    def _remember_levels(self, level1: str, level2: str) -> None:
        if not is_blank(level1):
            self._levels = (level1, "" if is_blank(level2) else level2)
        elif not is_blank(level2):
            self._levels = (self._levels[0], level2)

    def _read_funding(self, row: Row, placed: PlacedRow, inferred: str | None) -> bool:
        first_value = min((i for i, role in enumerate(placed.part.roles) if role), default=0)
        labels = [cell for cells in placed.cells[:first_value] for cell in cells if not is_blank(cell.text)]
        if not labels:
            return False
        source = labels[-1]
        if not has_numbers(row) and not words.is_source(source.text):
            return False
        filled = [cell for cell in row if not is_blank(cell.text)]
        if all(_OPEN_LABEL.search(cell.text) for cell in filled):
            return True  # 按收入性质分： | 按支出性质分：, the heads of what stands below
        if any(_FIGURE_IN_LABEL.search(cell.text) for cell in labels) and not has_numbers(row):
            self._refuse(row, "来源和金额印在同一格，是哪一栏的金额不能确定")
            return True
        beside = [cell for cells, role in zip(placed.cells, placed.part.roles, strict=True) if role is None for cell in cells]
        unit, unit_inferred = self._money_unit(*(cell.text for cell in labels), *(cell.text for cell in beside))
        values, unread = funding_values(placed, unit)
        for printed in unread:
            self._refuse(row, f"金额无法读成数字：{printed[:20]}")
        values["funding_source"] = source.text
        values["inferred"] = values["inferred"] or inferred or unit_inferred
        self._fact("fundings", source.place, _printed(row), values, {"funding_source": labels, **placed.read})
        return True

    def _read_task(self, row: Row, placed: PlacedRow, inferred: str | None) -> bool:
        name = placed.text("task_name")
        if is_blank(name):
            return False
        total = parse_number(placed.text("content"))
        if total is not None and not any(parse_number(placed.text(role)) for role in ("budget", "executed")):
            return self._read_total_line(name, total, row)
        unit, unit_inferred = self._money_unit()
        values = task_values(placed, unit if has_numbers(row) else None)
        values["inferred"] = inferred or (unit_inferred if has_numbers(row) else None)
        place = next(cell.place for cells in placed.cells for cell in cells if cell.text and cell.text in name)
        self._fact("tasks", place, _printed(row), values, placed.read)
        return True

    def _read_total_line(self, label: str, figure: Decimal | None, row: Row) -> bool:
        """部门预算总额（万元） 18,560.32 under the tasks: money of the whole form, no task."""
        unit, inferred = self._money_unit(label)
        values = {"funding_source": label, "amount_unit": unit, "inferred": inferred} | amount("adjusted_budget", figure, unit)
        self._fact("fundings", row[0].place, _printed(row), values, {"adjusted_budget": row})
        return True

    # -- totals ---------------------------------------------------------------------------------------------------------

    def _read_total(self, row: Row, filled: list[Cell]) -> bool:
        part, form = self._part, self._form
        assert part is not None and form is not None
        if part.kind == "indicator":
            numbers = [n for cell in filled[1:] if (n := points(cell.text)) is not None]
            if not numbers and len(filled) > 1:
                return False
            grade = next((cell for cell in filled[1:] if squash(cell.text) in _GRADES), None)
            if grade:
                form.set(form.head, "grade", grade.text, grade)
            self._settle_totals(part, row, numbers)
            return True
        if part.kind == "task":
            return self._read_task_total(part, row, filled)
        return False

    def _settle_totals(self, part: Part, row: Row, numbers: list[Decimal]) -> None:
        """合计 under the indicators: by column where the grid is known, else by what the numbers add up to."""
        form = self._form
        assert form is not None
        weight = score = None
        if part.exact:
            placed = place_cells(part, row)
            weight, score = points(placed.text("weight")), points(placed.text("score"))
        elif len(row) == len(part.columns):
            weight, score = (points(row[at].text) if (at := part.index(role)) is not None else None for role in ("weight", "score"))
        if weight is None and score is None:
            weight, score = self._which_total(form, numbers)
        printed = [cell for cell in row if points(cell.text) is not None]
        if weight is not None and (cell := next((cell for cell in printed if points(cell.text) == weight), None)):
            printed = [other for other in printed if other is not cell]
            self._findings.mark([cell], "满分合计")
        if score is not None and (cell := next((cell for cell in reversed(printed) if points(cell.text) == score), None)):
            form.set(form.scores, "total_score", score, cell)

    @staticmethod
    def _which_total(form: Form, numbers: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
        """Full marks and points among the numbers of a total line; of a single one what the rows add up to tells which it is."""
        if len(numbers) > 1:
            return numbers[0], numbers[-1]
        weights, scores = form.sum_of("weight"), form.sum_of("score")
        if not numbers:
            return None, None
        single = numbers[0]
        if single == scores:
            return None, single
        if single in (weights, _FULL_MARKS):
            return single, None  # the score beside it is missing
        return (None, single) if scores is not None else (None, None)

    def _read_task_total(self, part: Part, row: Row, filled: list[Cell]) -> bool:
        """The total line of the tasks: money by source (总额, 财政拨款, 其他资金), which is the form's funding."""
        placed = place_cells(part, row)
        unit, inferred = self._money_unit()
        labels = {"": "合计", "_fiscal": "财政拨款", "_other": "其他资金"}
        for column, role in zip(part.columns, part.roles, strict=True):
            if role and role.startswith("budget") and len(column.path) > 1 and words.role("source", column.label):
                labels[role.removeprefix("budget")] = column.label
        numbers = [n for cell in filled[1:] if (n := parse_number(cell.text)) is not None]
        found = False
        for suffix, label in labels.items():
            if part.index(f"budget{suffix}") is None and part.index(f"executed{suffix}") is None:
                continue
            source = filled[0].text if suffix == "" and label == "合计" else label
            budget, executed = (parse_number(placed.text(f"{role}{suffix}")) for role in ("budget", "executed"))
            values: Fact = {"funding_source": source, "amount_unit": unit, "inferred": inferred}
            values |= amount("adjusted_budget", budget, unit) | amount("executed", executed, unit)
            if suffix == "":
                values |= {role: points(placed.text(role)) for role in ("weight", "score")}
                values["execution_rate_pct"] = values["rate_printed"] = parse_rate(placed.text("rate"))
            after_adjustment = suffix == "" and parse_number(placed.text("budget_total")) is not None
            carried = {"adjusted_budget": f"budget{suffix}", "executed": f"executed{suffix}"}
            if after_adjustment:
                values |= amount("initial_budget", budget, unit)
                values |= amount("adjusted_budget", parse_number(placed.text("budget_total")), unit)
                carried |= {"initial_budget": "budget", "adjusted_budget": "budget_total"}
            read = {column: placed.read[role] for column, role in carried.items() if role in placed.read}
            if suffix == "":
                read |= {role: placed.read[role] for role in ("weight", "score", "rate") if role in placed.read}
            self._fact("fundings", filled[0].place, _printed(filled), values, read)
            found = True
        return found and bool(numbers)

    # -- facts ----------------------------------------------------------------------------------------------------------

    def _fact(self, table: str, place: Place, source_text: str, values: Fact, cells: Cells) -> None:
        assert self._form is not None
        self._form.add(table, place, source_text, values, cells)

    def _refuse(self, row: Row, reason: str) -> None:
        text = " | ".join(cell.text for cell in row if not is_blank(cell.text))
        self._findings.refuse("row", reason, row[0].place, text, row)


def _is_prose(text: str, is_short: bool) -> bool:
    """A cell that holds a sentence with figures, not a name or a short value."""
    too_short = len(text) < _PROSE_LENGTH and (is_short or not text.endswith("。"))
    if too_short or not re.search(r"\d", fold_digits(text)):
        return False
    return bool(re.search(r"[，。；;]", text)) or (not is_short and bool(re.search(r"[\u4e00-\u9fff]{4}", text)))


def _printed(row: Row) -> str:
    return " ".join(cell.text for cell in row if not is_blank(cell.text))
