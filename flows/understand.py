"""Document → findings: walks the blocks in reading order and gives each to the part that understands it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from flows.document import LOOSE_CELLS, Document, Paragraph, Place, Table, parse_ref
from flows.findings import Claim, Findings, Row
from flows.forms import parts, words
from flows.forms.evaluation import FormReader
from flows.forms.form import Form, kind_of, label_of, score_in_text
from flows.forms.sums import form_sums
from flows.grids.stacked import stacked
from flows.identity.report import Identity, identify
from flows.money import captions, tables
from flows.money.sums import account_sums, unproved
from flows.statements import reader as statements
from flows.statements.discourse import Discourse
from flows.statements.measures import unread_numbers
from flows.statements.sections import Sections
from flows.values.continuation import is_continuation
from flows.values.numbers import find_numbers
from flows.values.text import fold_chinese_year, is_blank, squash

_CLAUSE_ENDS = "，。；;"
_YEAR = re.compile(r"(20\d{2})\s*年")
_OWN_YEAR = re.compile(r"(20\d{2})\s*年(?:度)?(?!\s*\d{1,2}\s*月)")
_OF_THE_TABLES = re.compile(r"(?:各表|以下表格|下列表格|所有表格|全部表格|表格中|报表中?).{0,12}单位")
_HEAD_LINES = 6  # between a form's title and its table: 项目名称：…
_STATEMENT_OF_UNIT = 60  # characters of a line that does nothing but state the unit


@dataclass(slots=True)
class Understood:
    """All that a report says: its identity and the rows for the staged tables."""

    identity: Identity
    findings: Findings
    money_unit: str | None
    parts: dict[Place, str] = field(default_factory=dict)  # of each cell: the kind of its form, or of its table


def understand(document: Document, file_name: str) -> Understood:
    """Understands a document. A document of another field has ``identity.kind`` None."""
    blocks = list(document.blocks)
    found = Findings()
    table_captions: dict[int, captions.Caption] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            table_captions[index] = _caption(blocks, index, block)
            if (before := _continued_from(blocks, index)) is not None:
                table_captions[index].inherit(table_captions[before])
    unit = _report_unit(document, table_captions.values())
    forms = FormReader(found, unit)
    walker = _Walker(document, blocks, table_captions, forms, found)
    walker.read_forms()
    identity = identify(
        document,
        [name for caption in table_captions.values() for name in caption.bureaus],
        [line for caption in table_captions.values() for line in caption.lines],
        [name for form in forms.forms for role in ("department_name",) if (name := form.head.get(role))],
        [form.title_year for form in forms.forms if form.title_year],
        [form.title for form in forms.forms if form.title],
        file_name,
        [unit for form in forms.forms if (unit := form.head.get("unit_name"))],
    )
    if identity.kind is None:
        return Understood(identity, found, unit)
    for form in forms.forms:
        form.report_title = identity.title or ""
    walker.read_money(unit, identity.fiscal_year)
    walker.read_text(identity)
    _add_forms(forms.forms, identity, found)
    for note in document.notes:
        found.refuse(note.scope, _NOTES.get(note.reason, note.reason), note.place, note.text)
    _mark_doubts(document, found)
    _mark_failed_sums(document, found)
    return Understood(identity, found, unit, walker.parts())


_NOTES = {
    "page_without_text": "本页没有文字（空白页，或图片里没有认出文字）",
    "page_unreadable": "本页无法读取",
    "page_too_large": "本页过大，没有识别",
    "page_too_coarse": "本页图片太粗（分辨率太低），没有识别",
    "page_not_recognised": "本页是图片，没有识别成",
    "too_many_scanned_pages": "扫描页过多，本页没有识别",
}


def _mark_doubts(document: Document, found: Findings) -> None:
    """A row that was read from a doubtful place says so; of running text, where the doubt is in the clause that states it."""
    texts = {block.place: block.text for block in document.blocks if isinstance(block, Paragraph)} if document.doubts else {}
    inside: dict[Place, list[tuple[int, str]]] = {}
    labels: dict[tuple[int | None, int | None], list[str]] = {}  # of each line of a table: what is doubtful in its code or name
    for place, doubt in document.doubts.items():
        if place.offset is not None:
            inside.setdefault(replace(place, offset=None), []).append((place.offset, doubt))
        elif found.marks.get(place) in ("科目编码", "名称中的数字"):
            labels.setdefault((place.table, place.row), []).append(doubt)
    for claim in found.claims if document.doubts else ():
        doubts = [document.doubts[claim.place]] if claim.place in document.doubts else []
        if claim.row.get("code") or claim.row.get("line_name"):
            doubts += labels.get((claim.place.table, claim.place.row), [])
        if claim.place in inside:
            begin, end = _clause(texts.get(claim.place, ""), claim.start, claim.end)
            doubts += [doubt for offset, doubt in inside[claim.place] if begin <= offset < end]
        for doubt in dict.fromkeys(doubts):
            _doubt(claim.row, doubt)


def _mark_failed_sums(document: Document, found: Findings) -> None:
    """On pages read from pictures: an amount that a sum of its table contradicts, and none proves, says so."""
    if not document.ocr_pages:
        return
    sums = [*account_sums(found.rows.get("accounts", ())), *form_sums(found.rows)]
    for row, _, failed in unproved(sums):
        if parse_ref(row["source_ref"]).page in document.ocr_pages:
            _doubt(row, f"扫描件：与合计不符（{failed.name}，相差 {abs(failed.off):f}），这一数或同一合计中的另一数可能认错")


def _doubt(row: Row, doubt: str) -> None:
    said = row.get("inferred")
    if doubt not in (said or ""):
        row["inferred"] = f"{said}；{doubt}" if said else doubt


def _clause(text: str, start: int | None, end: int | None) -> tuple[int, int]:
    """The clause that holds ``text[start:end]``; all of the text where that is not said."""
    if start is None or end is None:
        return 0, len(text)
    begin = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    return begin, min((at for mark in _CLAUSE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text))


def _caption(blocks: list, index: int, table: Table) -> captions.Caption:
    above = captions.caption_above(blocks, index)
    inside, _ = captions.caption_rows(table)
    if not (inside.unit or above.unit):
        above.unit = next((unit for note in _notes_below(blocks, index) if (unit := captions.money_unit_in(note))), None)
    return captions.Caption(
        inside.number or above.number,
        inside.title or above.title,
        inside.unit or above.unit,
        above.bureaus + inside.bureaus,
        above.lines + inside.lines,
    )


def _continued_from(blocks: list, index: int) -> int | None:
    """The table that the one at ``blocks[index]`` goes on from: nothing stands between them but a line that says so (续表)."""
    said = False
    for at in range(index - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, Table):
            return at if said else None
        if block.kind == "text" and squash(block.text):
            if not is_continuation(block.text):
                return None
            said = True
    return None


def _report_unit(document: Document, found: Iterable[captions.Caption]) -> str | None:
    """The one money unit the report declares (captions first, then any cell or line); None where it declares several or none."""
    declared = {caption.unit for caption in found if caption.unit}
    if len(declared) == 1:
        return declared.pop()
    if declared:
        return None
    if stated := _stated_unit(document):
        return stated
    for table in document.tables():
        for row in table.rows:
            declared.update(unit for cell in row if (unit := captions.money_unit_in(cell.text)))
    return declared.pop() if len(declared) == 1 else None


def _stated_unit(document: Document) -> str | None:
    """The money unit that a line of the text states for the tables that follow: 以下各表金额单位：万元."""
    lines = (p.text for p in document.paragraphs() if p.kind == "text" and len(p.text) <= _STATEMENT_OF_UNIT)
    stated = {unit for line in lines if _OF_THE_TABLES.search(squash(line)) and (unit := captions.money_unit_in(line))}
    return stated.pop() if len(stated) == 1 else None


class _Walker:
    def __init__(
        self, document: Document, blocks: list, table_captions: dict[int, captions.Caption], forms: FormReader, found: Findings
    ) -> None:
        self._document = document
        self._blocks = blocks
        self._captions = table_captions
        self._forms = forms
        self._found = found
        self._kind: dict[int, str] = {}

    # -- forms ---------------------------------------------------------------------------------------------------------

    def read_forms(self) -> None:
        """First walk: tells the tables apart and reads forms and lists."""
        recent: list[str] = []
        heads: list[Paragraph] = []
        section = Sections()
        for index, block in enumerate(self._blocks):
            if isinstance(block, Paragraph):
                if block.kind == LOOSE_CELLS:
                    self._forms.finish()  # what follows is no part of a form read before
                    recent = []
                if block.kind == "text" and squash(block.text):
                    recent = [*recent[-5:], block.text]
                    heads = [] if words.is_form_title(block.text) else [*heads, block]
                    section.enter(block.text)
                    goes_on = "续表" in block.text or is_continuation(block.text)
                    if not (words.is_form_title(block.text) or goes_on or _is_year(block.text)):
                        self._forms.finish()  # a title may be the same form's, printed again on the next page
                continue
            kind = self._kind_of(index, block)
            self._kind[index] = kind
            if kind in ("form", "list"):
                title, year = _form_title(recent)
                if not title and not self._forms.is_open and not _has_own_title(block) and kind == "form":
                    title = section.last if words.kind_of_title(section.last) else ""
                if kind == "list":
                    self._forms.finish()
                heads = heads[-_HEAD_LINES:] if title else []
                self._forms.read_table(stacked(block) if kind == "list" else block, title, year, _unit_above(self._blocks, index), heads)
                if kind == "list":
                    self._forms.finish()
            elif kind != "caption":
                self._forms.finish()
            if kind == "caption":
                self._found.mark((cell for row in block.rows for cell in row), "表题")
            recent, heads = [], []
        self._forms.finish()

    def _kind_of(self, index: int, table: Table) -> str:
        """form, list, money, caption or other."""
        heads = {parts.part_of_header(row) for row in table.rows} - {None}
        labels = {role for row in table.rows for role in parts.roles_of("head", row)}
        caption = self._captions[index]
        is_money = tables.looks_like_money(_body(table), caption)
        if "indicator" in heads:
            return "form"
        if is_money and "goal" not in heads:
            return "money"
        if heads == {"task"} and not captions.is_caption_table(table):
            return "list"
        if heads and ({"project_name", "department_name"} & labels or heads & {"goal", "advice"}):
            return "form"
        if captions.is_caption_table(table):
            return "caption"
        if "task" in heads:
            return "list"
        if self._forms.is_open:
            return "form"
        return "money" if tables.is_plain_amounts(table, caption) else "other"

    def parts(self) -> dict[Place, str]:
        """Of each cell: the kind of the form it belongs to, ``account_table`` or ``table``."""
        parts: dict[Place, str] = {}
        for index, kind in self._kind.items():
            name = "account_table" if kind in ("money", "caption") else "table"
            parts |= {cell.place: name for row in self._blocks[index].rows for cell in row}
        kept = {id(form): kind_of(form) for form in self._forms.forms}
        return parts | {place: kept[id(form)] for place, form in self._forms.owner.items() if id(form) in kept}

    # -- money ---------------------------------------------------------------------------------------------------------

    def read_money(self, report_unit: str | None, fiscal_year: int | None) -> None:
        declared = {self._captions[index].unit for index, kind in self._kind.items() if kind in ("money", "caption")} - {None}
        if len(declared) == 1:  # the forms' unit, if another, is not that of the tables
            report_unit = declared.pop()
        report_unit = _stated_unit(self._document) or report_unit
        for index, block in enumerate(self._blocks):
            if self._kind.get(index) == "money":
                caption = self._captions[index]
                body = _body(block)
                self._found.mark((cell for row in block.rows[: len(block.rows) - len(body.rows)] for cell in row), "表题")
                result = tables.understand(body, caption, self._found)
                result.notes += _notes_below(self._blocks, index)
                inferred = None if caption.unit or not report_unit else "表上未印单位，取报告通篇使用的唯一单位"
                year = next((int(m.group(1)) for line in caption.lines if (m := _OWN_YEAR.search(fold_chinese_year(line)))), fiscal_year)
                tables.stage(result, caption.unit or report_unit, inferred, year, self._found)
            elif self._kind.get(index) == "other":
                self._set_aside_numbers(block)

    def _set_aside_numbers(self, table: Table) -> None:
        numbered = {cell.col for cell in table.rows[0] if squash(cell.text) in ("序号", "编号")} if table.rows else set()
        for row in table.rows:
            self._found.mark((cell for cell in row if cell.col in numbered), "序号")
            texts = [cell.text for cell in row if not is_blank(cell.text)]
            if any(find_numbers(text) for text in texts):
                self._found.refuse("row", "未识别的表格（不是表单、金额表或任务清单）", row[0].place, " | ".join(texts), row)

    # -- running text ----------------------------------------------------------------------------------------------------

    def read_text(self, identity: Identity) -> None:
        section, discourse = Sections(), Discourse()
        names = tuple(sorted({name for name, _ in identity.aliases}, key=lambda n: (-len(n), n)))
        below_form = False
        for index, block in enumerate(self._blocks):
            below_form = self._is_below_form(index, below_form)
            if below_form and isinstance(block, Paragraph) and block.kind == "text":
                self._found.marks.setdefault(block.place, "表注")
                continue
            if isinstance(block, Paragraph) and block.kind == LOOSE_CELLS and find_numbers(block.text):
                self._found.refuse("row", "表格没有足够的线，栏目不能确定", block.place, block.text, [block])
            if not isinstance(block, Paragraph) or block.kind != "text" or not squash(block.text):
                continue
            section.enter(block.text)
            for s in statements.read(block.text, identity.fiscal_year, names, discourse):
                self._add_statement(s, block.place_at(s.start), block.place, section.name, None)
            unread = unread_numbers(block.text)
            if unread:
                printed = "、".join(block.text[span.start : span.end] for span in unread[:8])
                self._found.refuse("text", "行文中的数字没有计量单位，不能确定其含义", block.place_at(unread[0].start), printed, [block])
        for number, form in enumerate(self._forms.forms, start=1):
            year = form.title_year or identity.fiscal_year
            for cell in form.prose:
                for s in statements.read(cell.text, year, names):
                    self._add_statement(s, cell.place.at(s.start), cell.place, form.title or None, number)

    def _is_below_form(self, index: int, before: bool) -> bool:
        """Is a block one of the notes below a form that say how it is scored, or what stands between them? ``before``: was the one above?"""
        block = self._blocks[index]
        if isinstance(block, Table):
            return False
        above = self._blocks[index - 1] if index else None
        begins = isinstance(above, Table) and self._kind.get(index - 1) == "form"
        return (begins or before) and (block.kind != "text" or words.is_rule_note(block.text, goes_on=before))

    def _add_statement(self, s: statements.Statement, place: Place, holder: Place, section: str | None, form: int | None) -> None:
        row = self._found.add(
            "statements",
            place,
            s.printed,
            form_no=form,
            section=section,
            sentence=s.sentence,
            subject=s.subject,
            scope=s.scope,
            value=s.value,
            unit=s.unit,
            value_base=s.value_base,
            base_unit=s.base_unit,
            kind=s.kind,
            direction=s.direction,
            period=s.period,
            fiscal_year=s.fiscal_year,
            inferred=s.inferred,
            full_marks=s.full_marks,
            is_full_marks=s.is_full_marks,
        )
        self._found.claims.append(Claim(row, "value", holder, s.start, s.end))
        if s.full_marks_at:
            self._found.claims.append(Claim(row, "full_marks", holder, *s.full_marks_at))


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"[（(]?20\d{2}年度?[）)]?", squash(fold_chinese_year(text))))


def _unit_above(blocks: list, index: int) -> str | None:
    """The money unit printed in the lines right above a table."""
    for block in reversed(blocks[max(0, index - 3) : index]):
        if not isinstance(block, Paragraph) or len(block.text) > 40:
            return None
        unit = captions.money_unit_in(block.text)
        if unit:
            return unit
    return None


def _has_own_title(table: Table) -> bool:
    return any(words.is_form_title(cell.text) for row in table.rows[:3] for cell in row)


def _body(table: Table) -> Table:
    """A table without the caption in its first rows."""
    _, taken = captions.caption_rows(table)
    return Table(table.rows[taken:], table.place, table.exact, table.width) if taken else table


def _notes_below(blocks: list, index: int) -> list[str]:
    """Notes printed right under a table (注：…, 本部门无此类资金)."""
    notes = []
    for block in blocks[index + 1 : index + 4]:
        if not isinstance(block, Paragraph) or not re.match(r"^\s*(?:注|说明|备注)[:：]", block.text):
            break
        notes.append(block.text)
    return notes


def _form_title(recent: list[str]) -> tuple[str, int | None]:
    """The title among the last lines before a table, and its year. A title broken over two lines is one."""
    year = None
    for index in range(len(recent) - 1, -1, -1):
        text = fold_chinese_year(recent[index].strip())
        match = re.fullmatch(r"[（(]?\s*(20\d{2})\s*年度?\s*[）)]?", squash(text))
        if match:
            year = int(match.group(1))
            continue
        if words.is_form_title(text):
            named = _YEAR.search(text)
            year = year or (int(named.group(1)) if named else None)
            before = recent[index - 1].strip() if index else ""
            short = len(squash(text)) <= 8
            if short and before and len(before) <= 60 and not re.match(r"^附件", before) and not re.search(r"[。；：:]$", before):
                text = before + text
            return text, year
        if len(text) > 60:
            break
    return "", year


def _add_forms(forms: list[Form], identity: Identity, found: Findings) -> None:
    for number, form in enumerate(forms, start=1):
        conclusion = form.texts.get("conclusion")
        total, inferred = form.scores.get("total_score"), None
        if total is None and conclusion:
            total = score_in_text(conclusion)
            inferred = "总分印在自评结论的文字里" if total is not None else None
            if total is not None:
                form.cells["total_score"] = form.cells.get("conclusion", [])
        year = form.title_year or identity.fiscal_year
        kind = kind_of(form)
        found.add(
            "evaluations",
            form.place,
            form.title or label_of(form),
            form.cells,
            form_no=number,
            form_kind=kind,
            form_title=form.title or None,
            project_name=form.head.get("project_name"),
            department_name=form.head.get("department_name"),
            central_department_name=form.head.get("central_department_name"),
            unit_name=form.head.get("unit_name"),
            total_score=total,
            execution_score=form.scores.get("execution_score"),
            indicator_score=form.scores.get("indicator_score"),
            deduction=form.scores.get("deduction"),
            grade=form.head.get("grade"),
            evaluated_on=form.head.get("evaluated_on"),
            conclusion=conclusion,
            problems=form.texts.get("problems"),
            improvements=form.texts.get("improvements"),
            implementation=form.texts.get("implementation"),
            note=form.texts.get("note"),
            fiscal_year=year,
            inferred=inferred,
        )
        for table, place, source_text, values, cells in form.facts:
            found.add(table, place, source_text, cells, form_no=number, fiscal_year=year, **values)
