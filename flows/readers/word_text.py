"""A Word paragraph's markup → the text it prints, what it hides, and what hangs on it (text boxes, pictures, notes)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from flows.readers.ooxml import Element
from flows.readers.word_lists import Lists, before
from flows.readers.word_names import MC, A, M, O, V, W, chosen, is_on, value, whole
from flows.readers.word_signs import in_font, sign
from flows.readers.word_styles import Styles

# A picture as large as this (cm², and its shorter side in cm) may be a scanned table; a seal or a logo is smaller.
_PICTURE_AREA = 30.0
_PICTURE_SIDE = 2.0
_EMU_PER_CM = 360_000
_POINTS_PER_CM = 28.35
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_LEADER = "......"
_SKIPPED = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "delInstrText", "smartTagPr", "customXmlPr")
)
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


@dataclass(slots=True)
class Printed:
    """A paragraph as read: its printed ``lines`` (parted by line breaks), ``hidden`` text (``struck``: that of it which is struck through), contents of text boxes, pictures not read.

    ``goes_on``: its end was deleted, so that the next paragraph goes on with it. ``counts_pages``: it prints a page number.
    """

    lines: list[str] = field(default_factory=lambda: [""])
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    goes_on: bool = False
    counts_pages: bool = False


@dataclass(slots=True)
class _Field:
    """A complex field: before its separator stand its instructions, which are not printed, after it its result."""

    begin: Element
    instructions: str = ""
    shows: bool = False


class NoteMarks:
    """The marks of footnotes and endnotes, in the order in which the text refers to them."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, str], str] = {}

    def of(self, kind: str, note_id: str) -> str:
        """The mark of a note (``kind``: footnote or endnote). No mark is a digit, which would join the figure before it."""
        return self._marks.setdefault((kind, note_id), _mark(len(self._marks) + 1))

    def given(self) -> Iterator[tuple[str, str, str]]:
        """Kind, id and mark of every note that the text refers to."""
        return ((kind, note_id, mark) for (kind, note_id), mark in self._marks.items())


def _mark(number: int) -> str:
    for first, count, code in ((1, 20, 0x2460), (21, 15, 0x3251), (36, 15, 0x32B1)):
        if first <= number < first + count:
            return chr(code + number - first)
    return "〔注〕"


class Inline:
    """Reads paragraphs of one story (the text, a header, a text box …): a field may begin in one and end in another."""

    def __init__(self, styles: Styles, lists: Lists, marks: NoteMarks) -> None:
        self._styles, self._lists, self._marks = styles, lists, marks
        self._fields: list[_Field] = []
        self._found = Printed()
        self._is_hidden = False
        self._tab = "\t"
        self._in_cell = False

    def story(self) -> "Inline":
        """A reader for text that stands apart from this one's, of the same document."""
        return Inline(self._styles, self._lists, self._marks)

    def read(self, paragraph: Element, in_cell: bool = False) -> Printed:
        """The paragraph, its list number before its text."""
        self._found, self._in_cell = Printed(), in_cell
        self._tab = _LEADER if not in_cell and self._styles.leads(paragraph) else "\t"
        self._is_hidden = bool(self._styles.hides(self._styles.of(paragraph)))
        marked = paragraph.find(f"{W}pPr/{W}rPr")
        self._found.goes_on = marked is not None and marked.find(W + "del") is not None
        number = self._lists.number(paragraph)
        self._walk(paragraph)
        # Instructions end with their paragraph; where they do not, the field is broken and hides nothing more.
        self._fields = [open_field for open_field in self._fields if open_field.shows]
        if number:
            self._found.lines[0] = before(number, self._found.lines[0])
        return self._found

    # -- elements ------------------------------------------------------------------------------------------------------

    def _walk(self, element: Element) -> None:
        for child in element:
            self._take(child)

    def _take(self, element: Element) -> None:
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            return
        special = self._SPECIAL.get(element.tag)
        if special is not None:
            special(self, element)
        else:
            self._walk(element)

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        outside, font = self._is_hidden, value(properties, "rFonts", "ascii")
        hidden = is_on(properties, "vanish") if properties is not None else None
        if hidden is None:
            hidden = self._styles.hides(value(properties, "rStyle"))
        self._is_hidden = outside if hidden is None else hidden
        if properties is not None and (is_on(properties, "strike") or is_on(properties, "dstrike")):
            self._is_hidden = True
            self._found.struck += [child.text for child in run if child.tag == W + "t" and child.text]
        for child in run:
            if child.tag == W + "t":
                self._add(in_font(child.text or "", font))
            else:
                self._take(child)
        self._is_hidden = outside

    def _add(self, text: str) -> None:
        text = text.replace("\u00ad", "")  # a soft hyphen is printed only at a line's end
        if self._is_hidden or not all(open_field.shows for open_field in self._fields):
            if text.strip():
                self._found.hidden.append(text)
            return
        first, *others = re.split(r"\r\n?|\n|\v", text)
        self._found.lines[-1] += first
        self._found.lines += others

    def _text(self, element: Element) -> None:
        self._add(element.text or "")

    def _add_tab(self, element: Element) -> None:
        self._add(self._tab)

    def _break(self, element: Element) -> None:
        self._add("\n")

    def _hyphen(self, element: Element) -> None:
        self._add("-")

    def _sign(self, element: Element) -> None:
        self._add(sign(element.get(W + "char"), element.get(W + "font")))

    def _branch(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._walk(branch)

    def _ruby(self, element: Element) -> None:
        base, above = element.find(W + "rubyBase"), element.find(W + "rt")
        if base is not None:
            self._walk(base)
        if above is not None:
            outside, self._is_hidden = self._is_hidden, True
            self._walk(above)
            self._is_hidden = outside

    def _fraction(self, element: Element) -> None:
        for number, part in enumerate(element.find(M + name) for name in ("num", "den")):
            if number:
                self._add("/")
            if part is not None:
                self._walk(part)

    def _note(self, element: Element) -> None:
        note_id, kind = element.get(W + "id"), element.tag.removeprefix(W).removesuffix("Reference")
        if note_id is None or self._is_hidden:
            return
        mark = self._marks.of(kind, note_id)
        # A figure in a cell with a mark behind it would be no figure; the note stands at the end all the same.
        if not self._in_cell and element.get(W + "customMarkFollows") not in ("1", "true", "on"):
            self._add(mark)

    # -- fields --------------------------------------------------------------------------------------------------------

    def _field_mark(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(element))
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
            self._sees(self._fields[-1].instructions)
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if not ended.shows:
                self._sees(ended.instructions)
            box = ended.begin.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                checked = is_on(box, "checked")
                self._add("☑" if (is_on(box, "default") if checked is None else checked) else "□")

    def _instructions(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].instructions += element.text or ""

    def _simple_field(self, element: Element) -> None:
        self._sees(element.get(W + "instr") or "")
        self._walk(element)

    def _sees(self, instructions: str) -> None:
        words = instructions.split()
        if words and words[0].upper() in _PAGE_FIELDS:
            self._found.counts_pages = True

    # -- what hangs on a paragraph -------------------------------------------------------------------------------------

    def _graphic(self, element: Element) -> None:
        if self._is_hidden:
            return
        for part in _shown(element):
            if part.tag == W + "txbxContent":
                self._found.boxes.append(part)
            elif part.tag == V + "textpath":
                self._add(part.get("string") or "")  # WordArt: a title drawn in ornamental letters
        kind = _unread(element)
        if kind:
            self._found.pictures.append(kind)

    _SPECIAL: ClassVar[dict[str, Callable[["Inline", Element], None]]] = {
        W + "r": _run,
        W + "t": _text,
        M + "t": _text,
        W + "tab": _add_tab,
        W + "ptab": _add_tab,
        W + "br": _break,
        W + "cr": _break,
        W + "noBreakHyphen": _hyphen,
        W + "sym": _sign,
        MC + "AlternateContent": _branch,
        W + "ruby": _ruby,
        M + "f": _fraction,
        W + "footnoteReference": _note,
        W + "endnoteReference": _note,
        W + "fldChar": _field_mark,
        W + "instrText": _instructions,
        W + "fldSimple": _simple_field,
        W + "drawing": _graphic,
        W + "pict": _graphic,
        W + "object": _graphic,
    }


def _shown(element: Element) -> Iterator[Element]:
    """The elements of a drawing in order: of alternatives one, and of a text box only itself (what it holds is read as text)."""
    for child in element:
        if child.tag == MC + "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from _shown(branch)
        elif isinstance(child.tag, str):
            yield child
            if child.tag != W + "txbxContent":
                yield from _shown(child)


def _unread(element: Element) -> str | None:
    """Why a graphic's content is not read; None where it has none, or is as small as a logo."""
    parts = list(_shown(element))
    kinds = {(part.get("uri") or "").rpartition("/")[2] for part in parts if part.tag == A + "graphicData"}
    if kinds & {"chart", "chartex"}:
        return "此处是图表，图表里的数字没有读取"
    if "diagram" in kinds:
        return "此处是 SmartArt 图示，图示里的文字没有读取"
    if any(part.tag == O + "OLEObject" for part in parts):
        return "此处嵌入了别的文件（如 Excel 表），其内容没有读取"
    if any(part.tag in (A + "blip", V + "imagedata") for part in parts) and _is_large(parts):
        return "此处是图片（可能是扫描的表格），图片里的文字没有读取"
    return None


def _is_large(parts: list[Element]) -> bool:
    for part in parts:
        if part.tag.endswith("}extent") and part.get("cx"):
            return _exceeds(whole(part.get("cx")) / _EMU_PER_CM, whole(part.get("cy")) / _EMU_PER_CM)
        style = dict(re.findall(r"(width|height)\s*:\s*([\d.]+(?:pt|in|cm|mm|px|pc))", part.get("style") or ""))
        if len(style) == 2:
            return _exceeds(_in_cm(style["width"]), _in_cm(style["height"]))
    return True  # of unknown size: said rather than passed over


def _in_cm(length: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d*)?|\.\d+)([a-z]+)", length)
    return float(match[1]) * _POINTS[match[2]] / _POINTS_PER_CM if match else 0.0


def _exceeds(width: float, height: float) -> bool:
    return width * height > _PICTURE_AREA and min(width, height) > _PICTURE_SIDE
