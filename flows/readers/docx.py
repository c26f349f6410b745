"""Word file (docx) → Document, from the markup itself: what is printed in reading order, then what stands apart from it.

After the text come the notes, the headers and footers (``repeated``, ``page_number``) and what no page shows (``markup``: hidden text,
comments). Deleted text is none of the report's. Numbers of lists, which Word computes, stand before their paragraphs.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flows.document import STRUCK, Block, Cell, Document, Note, Paragraph, Place, Table
from flows.readers.errors import Unreadable
from flows.readers.ooxml import Element, Package, Relation
from flows.readers.word_lists import Lists
from flows.readers.word_names import W
from flows.readers.word_parted import Sheet, goes_on
from flows.readers.word_styles import Styles
from flows.readers.word_tables import GridCell, grid_of, inside
from flows.readers.word_text import Inline, NoteMarks, Printed
from flows.values.text import clean

_PAGE_NUMBER = re.compile(r"[-—–·\s]*\d{1,4}[-—–·\s]*")
_DIGIT_AT_END, _DIGIT_AT_START = re.compile(r"\d\s*$"), re.compile(r"^\s*\d")


def read_docx(path: Path) -> Document:
    """Reads a Word file. Raises Unreadable for encrypted, damaged, oversized and hostile files, and for those without text."""
    return document_of(path, "docx")


def document_of(source: Path | bytes, format_name: str) -> Document:
    """The document of a docx file or of its bytes. Raises Unreadable."""
    with Package(source) as package:
        reader = _Reader(package)
        blocks = reader.read()
    if not any(block.kind == "text" if isinstance(block, Paragraph) else not block.is_empty for block in blocks):
        raise Unreadable("empty_file", "Word 文件里没有文字（可能只有图片），暂不能读取")
    return Document(format_name, tuple(blocks), notes=tuple(reader.notes))


def list_numbers(source: Path | bytes) -> list[str]:
    """The numbers of lists that Word computes for a docx file, which its text does not hold. Raises Unreadable."""
    with Package(source) as package:
        reader = _Reader(package)
        reader.read()
        return reader.lists.given


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "word/document.xml")
        self._relations = package.relations(self._main)
        self._styles = Styles(self._part("styles"))
        self.lists = Lists(self._part("numbering"), self._styles)
        self._marks = NoteMarks()
        self.notes: list[Note] = []
        self._blocks: list[Block] = []
        self._markup: list[Paragraph] = []
        self._count = 0  # paragraphs (lines parted by a break count apart) and tables so far, blank ones too
        self._tables = 0
        self._begun = ""  # of a paragraph whose end was deleted
        self._sheet: Sheet | None = None  # the table that ended right here

    def read(self) -> list[Block]:
        body = self._package.xml(self._main).find(W + "body")
        if body is None:
            raise Unreadable("damaged_xml", "文件已损坏（没有正文）：请用 Office 另存一份")
        inline = Inline(self._styles, self.lists, self._marks)
        self._content(body, inline)
        self._notes_of_text(inline)
        for relation in self._of_kind("header", "footer"):
            self._margin(relation, inline)
        for relation in self._of_kind("comments"):
            for comment in self._package.xml(relation.target).iter(W + "comment"):
                self._apart(comment, inline.story(), "markup")
        return self._blocks + list(self._markup)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _of_kind(self, *kinds: str) -> list[Relation]:
        found = {r.target: r for r in self._relations.values() if r.kind in kinds and r.target in self._package}
        return [found[target] for target in sorted(found)]

    def _part(self, kind: str) -> Element | None:
        relation = next(iter(self._of_kind(kind)), None)
        return self._package.xml(relation.target) if relation else None

    # -- the text ------------------------------------------------------------------------------------------------------

    def _content(self, container: Element, inline: Inline) -> None:
        for element in inside(container, "p", "tbl", "altChunk"):
            if element.tag == W + "p":
                self._paragraph(element, inline)
            elif element.tag == W + "tbl":
                self._table(element, inline)
            else:
                self.notes.append(Note("此处嵌入了另一份文件，其内容没有读取", self._next_place()))

    def _next_place(self) -> Place:
        self._count += 1
        return Place(line=self._count)

    def _paragraph(self, element: Element, inline: Inline) -> None:
        found = inline.read(element)
        lines = [self._begun + found.lines[0], *found.lines[1:]]
        self._begun = lines.pop() if found.goes_on else ""
        places = [self._next_place() for _ in lines] or [self._next_place()]
        if self._sheet is not None and (any(line.strip() for line in lines) or found.boxes):
            self._sheet = None
        elif self._sheet is not None:
            self._sheet.touches = False
        self._blocks += [Paragraph(text, place) for line, place in zip(lines, places, strict=False) if (text := clean(line))]
        self._hang(found, places[0], inline)

    def _hang(self, found: Printed, place: Place, inline: Inline) -> None:
        """What hangs on a paragraph: hidden text at the end of all, text boxes after it, a note for pictures."""
        if found.hidden:
            self._markup.append(Paragraph(clean(" ".join(found.hidden)), place, kind="markup"))
        if re.search(r"\d", struck := "".join(found.struck)):
            self.notes.append(Note(STRUCK, place, struck))
        for reason in found.pictures:
            self.notes.append(Note(reason, place))
            self._sheet = None
        for box in found.boxes:
            self._content(box, inline.story())

    # -- tables --------------------------------------------------------------------------------------------------------

    def _table(self, element: Element, inline: Inline) -> None:
        grid = grid_of(element)
        frame = grid.only_cell
        if frame is not None:  # a frame around text, no table
            self._sheet = None
            self._content(frame.element, inline)
            return
        if not grid.rows:
            return
        later: list[tuple[Place, Printed | Element]] = []
        here = Place(line=self._count + 1, table=self._tables + 1)
        rows = [
            [self._cell(cell, replace(here, row=number, col=cell.left + 1), inline, later) for cell in row]
            for number, row in enumerate(grid.rows, start=1)
        ]
        self._add_table(Table(tuple(tuple(row) for row in rows), here, exact=True, width=grid.width), grid.edges)
        sheet = self._sheet
        for place, piece in later:
            if isinstance(piece, Printed):
                self._hang(piece, place, inline)
            else:
                self._table(piece, inline)
        if later and any(not isinstance(piece, Printed) or piece.boxes for _, piece in later):
            sheet = None
        self._sheet = sheet

    def _cell(self, cell: GridCell, place: Place, inline: Inline, later: list[tuple[Place, Printed | Element]]) -> Cell:
        raw = self._cell_text(cell.element, place, inline, later)
        unseen = [self._cell_text(element, place, inline, later) for element in cell.swallowed]
        if cell.origin is not None:
            unseen, raw = [raw, *unseen], ""
        hidden = clean(" ".join(text for text in unseen if text.strip()))
        if hidden:
            self._markup.append(Paragraph(hidden, place, kind="markup"))
        rowspan = (cell.origin or cell).rowspan
        return Cell(clean(raw), raw, place, cell.left, cell.right - cell.left, rowspan, cell.origin is not None)

    def _cell_text(self, cell: Element, place: Place, inline: Inline, later: list[tuple[Place, Printed | Element]]) -> str:
        """The lines of a cell. Tables inside it come after the table, one that is a mere frame is read in place."""
        lines: list[str] = []
        begun = ""
        for element in inside(cell, "p", "tbl"):
            if element.tag == W + "tbl":
                frame = grid_of(element).only_cell
                if frame is not None:
                    lines.append(self._cell_text(frame.element, place, inline, later))
                else:
                    later.append((place, element))
                continue
            found = inline.read(element, in_cell=True)
            own = [begun + found.lines[0], *found.lines[1:]]
            begun = own.pop() if found.goes_on else ""
            lines += own
            if found.hidden or found.boxes or found.pictures:
                later.append((place, found))
        return _joined([*lines, begun])

    def _add_table(self, table: Table, edges: tuple[int, ...]) -> None:
        self._count += 1
        before = self._sheet
        skip = goes_on(before, table, edges) if before is not None else None
        if before is not None and skip is not None:
            whole = _continued(before.table, table, skip)
            self._blocks[before.index] = whole
            self._blocks += _repeated(table.rows[:skip])
            self._sheet = replace(before, table=whole, touches=True)
            return
        self._tables += 1
        self._sheet = Sheet(table, edges, len(self._blocks), touches=True)
        self._blocks.append(table)

    # -- what stands apart from the text --------------------------------------------------------------------------------

    def _notes_of_text(self, inline: Inline) -> None:
        """Footnotes and endnotes under their marks; one that the text does not refer to is not printed."""
        marks = {(kind, note_id): mark for kind, note_id, mark in self._marks.given()}
        for kind in ("footnote", "endnote"):
            for relation in self._of_kind(f"{kind}s"):
                for note in self._package.xml(relation.target).iter(W + kind):
                    mark = marks.get((kind, note.get(W + "id") or ""))
                    if note.get(W + "type") not in (None, "normal"):
                        continue  # the line above the notes
                    if mark is None:
                        self._apart(note, inline.story(), "markup")
                        continue
                    before = len(self._blocks)
                    self._content(note, inline.story())
                    first = next((i for i in range(before, len(self._blocks)) if isinstance(self._blocks[i], Paragraph)), None)
                    if first is not None:
                        paragraph = self._blocks[first]
                        assert isinstance(paragraph, Paragraph)
                        self._blocks[first] = replace(paragraph, text=mark + paragraph.text)

    def _margin(self, relation: Relation, inline: Inline) -> None:
        self._apart(self._package.xml(relation.target), inline.story(), "repeated")

    def _apart(self, container: Element, inline: Inline, kind: str) -> None:
        """Text outside the report's own, line by line, whatever tables it stands in."""
        for element in inside(container, "p", "tbl"):
            if element.tag == W + "tbl":
                for row in inside(element, "tr"):
                    for cell in inside(row, "tc"):
                        self._apart(cell, inline, kind)
                continue
            found = inline.read(element)
            place = self._next_place()
            text = clean(" ".join(found.lines))
            counts = found.counts_pages or _PAGE_NUMBER.fullmatch(text)
            for box in found.boxes:
                self._apart(box, inline.story(), kind)
            if text:
                self._markup.append(Paragraph(text, place, kind="page_number" if kind == "repeated" and counts else kind))
            if found.hidden:
                self._markup.append(Paragraph(clean(" ".join(found.hidden)), self._next_place(), kind="markup"))


def _joined(lines: list[str]) -> str:
    """Lines of a cell under each other. A blank keeps two figures apart where the line break is taken away."""
    text = ""
    for line in lines:
        if text and line:
            text += " \n" if _DIGIT_AT_END.search(text) and _DIGIT_AT_START.search(line) else "\n"
        text += line
    return text


def _continued(table: Table, rest: Table, skip: int) -> Table:
    """A table with the rows of the part where it goes on, but for the header printed again."""
    rows = list(table.rows)
    for row in rest.rows[skip:]:
        number = len(rows) + 1
        rows.append(tuple(replace(cell, place=replace(table.place, row=number, col=cell.col + 1)) for cell in row))
    return replace(table, rows=tuple(rows))


def _repeated(rows: Iterable[tuple[Cell, ...]]) -> Iterable[Paragraph]:
    for row in rows:
        text = " ".join(cell.text for cell in row if cell.text)
        if text:
            yield Paragraph(text, row[0].place, kind="repeated")
