"""OFD (GB/T 33190, a zip of XML) → Document: templates, pages, annotations and what they are drawn with become characters and ruling.

Members are found by ``ofd_package``, objects measured by ``ofd_text`` and ``ofd_drawing``; everything after is shared with PDF. Seals and
signatures, pictures and custom tags print no characters and are passed over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

from flows.document import Document, Note, Paragraph, Place
from flows.readers.errors import Unreadable
from flows.readers.fixed import document_of
from flows.readers.ofd_drawing import PAGE, POINTS, Matrix, Pen, box_of, matrix_of, pen_of, segments_of
from flows.readers.ofd_package import MAX_DEPTH, BadPart, Element, Package, child, children, local, text
from flows.readers.ofd_text import PLACEHOLDERS, Words, words_of
from flows.readers.page import Char, PageContent, Segment

MAX_PAGES = 5_000
MAX_OBJECTS_ON_PAGE = 200_000
MAX_CHARS_ON_PAGE = 200_000
# A page with more ruling than this is a drawing or a map, no table.
MAX_SEGMENTS_ON_PAGE = 20_000
_A4 = (0.0, 0.0, 210.0, 297.0)
_AREAS = ("PhysicalBox", "ApplicationBox", "ContentBox")
_WATERMARK = "Watermark"


@dataclass(slots=True)
class _Drawn:
    """What has been drawn on a page so far. ``over``: text stamped over the page, which is no part of its lines."""

    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    over: list[Words] = field(default_factory=list)
    objects: int = 0
    pictures: int = 0
    lost: list[str] = field(default_factory=list)  # why a template or an annotation is not there


@dataclass(frozen=True, slots=True)
class _Resources:
    """What objects refer to by number: composite graphics and drawing parameters."""

    composites: dict[str, Element]
    pens: dict[str, Element]

    def with_those_of(self, other: "_Resources") -> "_Resources":
        return _Resources(self.composites | other.composites, self.pens | other.pens)

    def pen(self, element: Element, inherited: Pen) -> Pen:
        """The pen of an object: its own words, then its DrawParam and what that builds on, then what it inherits."""
        chain: list[Element] = []
        name = element.get("DrawParam")
        while name in self.pens and self.pens[name] not in chain:
            chain.append(self.pens[name])
            name = chain[-1].get("Relative")
        for parameter in reversed(chain):
            inherited = pen_of(parameter, inherited)
        return pen_of(element, inherited)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page of the file: the document it belongs to, its part, and the parts of the annotations on it."""

    document: "_Doc"
    part: str | None
    annotations: tuple[str, ...]


class _Doc:
    """One DocBody: what its pages share."""

    def __init__(self, package: Package, part: str) -> None:
        self.part = part
        root = package.xml(part)
        common = child(root, "CommonData")
        self.area = _area(child(common, "PageArea"))
        self.resources = _resources(package, part, common, "PublicRes", "DocumentRes")
        self.templates: dict[str, str] = {}
        for template in children(common, "TemplatePage"):
            self.templates[template.get("ID", "")] = template.get("BaseLoc", "")
        self.pages = [(page.get("ID", ""), page.get("BaseLoc", "")) for page in children(child(root, "Pages"), "Page")]
        self.lost: list[str] = []
        self.annotations = _annotations(package, part, root, self.lost)
        self.attachments = _attachments(package, part, root)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as drawn: its content, the text stamped over it, whether it shows pictures, and what of it could not be read."""

    content: PageContent
    over: list[Words]
    has_pictures: bool
    lost: list[str]


class OfdFile:
    """An opened OFD: its pages one by one. Raises Unreadable where the file as a whole cannot be read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        try:
            root = package.xml(package.entry)
            found = [text(child(body, "DocRoot")) for body in children(root, "DocBody")]
            parts = dict.fromkeys(package.resolve(location, package.entry) for location in found if location)
            documents = [_Doc(package, part) for part in parts]
        except BadPart as error:
            if package.is_encrypted:
                raise Unreadable("password", "OFD 文件已加密，无法读取：请提供未加密的版本") from error
            raise Unreadable("damaged_ofd", f"OFD 文件已损坏或不完整（{error}）：请重新下载") from error
        self.sheets = [sheet for document in documents for sheet in self._sheets(document)]
        if not self.sheets:
            raise Unreadable("damaged_ofd", "OFD 文件里没有页面")
        if len(self.sheets) > MAX_PAGES:
            raise Unreadable("too_large", f"OFD 页数过多（{len(self.sheets)} 页，上限 {MAX_PAGES} 页）")
        ends = list(accumulate((len(document.pages) for document in documents), initial=1))
        self.documents = [range(start, end) for start, end in pairwise(ends)]  # the numbers of their pages
        self.attachments = [name for document in documents for name in document.attachments]
        self.lost = [why for document in documents for why in document.lost]

    def _sheets(self, document: _Doc) -> Iterator[_Sheet]:
        for number, location in document.pages:
            try:
                part = self._package.resolve(location, document.part)
            except BadPart:
                part = None
            yield _Sheet(document, part, tuple(document.annotations.get(number, ())))

    def page(self, number: int) -> "Page":
        """Page ``number`` (from 1). Raises BadPart, Unreadable."""
        sheet = self.sheets[number - 1]
        if sheet.part is None:
            raise BadPart("缺少页面部件")
        document = sheet.document
        root = self._package.xml(sheet.part)
        _, _, width, height = _area(child(root, "Area")) or document.area or _A4
        drawn = _Drawn()
        drawing = _Drawing(self._package, drawn)
        drawing.page(root, sheet.part, document, frozenset())
        for part in sheet.annotations:
            drawing.annotations(part, document.resources)
        size = (width * POINTS, height * POINTS)
        # What lies outside the edges is not printed.
        chars = [char for char in drawn.chars if 0 <= char.baseline <= size[1] and 0 <= char.mid_x <= size[0]]
        segments = [segment for segment in drawn.segments if _is_on_page(segment, *size)]
        if len(segments) > MAX_SEGMENTS_ON_PAGE:
            segments = []
            drawn.lost.append("线条过多，按图画处理，不辨认表格")
        return Page(PageContent(number, *size, chars, segments), drawn.over, drawn.pictures > 0, drawn.lost)


class _Drawing:
    """Draws the objects of a page, of its templates and of its annotations."""

    def __init__(self, package: Package, drawn: _Drawn) -> None:
        self._package = package
        self._drawn = drawn

    def page(self, root: Element, part: str, document: _Doc, within: frozenset[str]) -> None:
        """A page, or a template, with the templates it stands on; a template within itself is not drawn again."""
        resources = document.resources.with_those_of(_resources(self._package, part, root, "PageRes"))
        for use in children(root, "Template"):
            name = use.get("TemplateID", "")
            self._count()
            if name in within:
                continue
            try:
                template = self._package.resolve(document.templates.get(name, ""), document.part)
                tree = self._package.shared_xml(template)
            except BadPart as error:
                self._drawn.lost.append(f"模板读不出（{error}）")
                continue
            self.page(tree, template, document, within | {name})
        self._objects(child(root, "Content"), PAGE, Pen(), resources, frozenset(), 0, False)

    def annotations(self, part: str, resources: _Resources) -> None:
        try:
            root = self._package.xml(part)
        except BadPart as error:
            self._drawn.lost.append(f"注释读不出（{error}）")
            return
        for annotation in children(root, "Annot"):
            appearance = child(annotation, "Appearance")
            if appearance is not None and _is_visible(annotation) and _is_visible(appearance):
                over = annotation.get("Type") == _WATERMARK
                self._objects(appearance, matrix_of(appearance, PAGE), Pen(), resources, frozenset(), 0, over)

    def _count(self) -> None:
        self._drawn.objects += 1
        if self._drawn.objects > MAX_OBJECTS_ON_PAGE or len(self._drawn.chars) > MAX_CHARS_ON_PAGE:
            raise BadPart("页面图元过多")

    def _objects(
        self, holder: Element | None, outer: Matrix, inherited: Pen, resources: _Resources, within: frozenset[str], depth: int, over: bool
    ) -> None:
        """Draws what ``holder`` holds. ``within``: the composites being drawn; ``over``: text stands over the page, not in its lines."""
        if depth > MAX_DEPTH:
            raise BadPart("图元嵌套过深")
        for element in holder if holder is not None else ():
            kind = local(element)
            if not kind or not _is_visible(element):
                continue
            self._count()
            if kind == "TextObject":
                words = words_of(element, outer)
                if over or words.oblique:
                    self._drawn.over.append(words)
                else:
                    self._drawn.chars += words.chars
            elif kind == "PathObject":
                self._drawn.segments += segments_of(element, outer, resources.pen(element, inherited))
            elif kind == "ImageObject":
                self._drawn.pictures += 1
            elif kind == "CompositeObject":
                name = element.get("ResourceID", "")
                unit = resources.composites.get(name)
                if unit is not None and name not in within:
                    pen = resources.pen(element, inherited)
                    self._objects(child(unit, "Content"), matrix_of(element, outer), pen, resources, within | {name}, depth + 1, over)
            elif kind in ("Layer", "PageBlock"):
                pen = resources.pen(element, inherited)
                self._objects(element, matrix_of(element, outer), pen, resources, within, depth + 1, over)


def _is_on_page(segment: Segment, width: float, height: float) -> bool:
    across, along = (height, width) if segment.horizontal else (width, height)
    return 0 <= segment.at <= across and -along <= segment.start < segment.end <= 2 * along


def _is_visible(element: Element) -> bool:
    return element.get("Visible", "true").strip().lower() not in ("false", "0")


def _area(area: Element | None) -> tuple[float, float, float, float] | None:
    """The paper's edges. Coordinates on the page begin at their upper left corner."""
    boxes = (box_of(text(child(area, name))) for name in _AREAS)
    return next((box for box in boxes if box and box[2] > 0 and box[3] > 0), None)


def _resources(package: Package, part: str, holder: Element | None, *names: str) -> _Resources:
    found = _Resources({}, {})
    for place in children(holder, *names):
        try:
            root = package.shared_xml(package.resolve(text(place), part))
        except BadPart:  # fonts and pictures alone: pages that need a lost composite lack its text, which the count of digits shows
            continue
        for units in children(root, "CompositeGraphicUnits"):
            found.composites.update((unit.get("ID", ""), unit) for unit in children(units, "CompositeGraphicUnit"))
        for parameters in children(root, "DrawParams"):
            found.pens.update((parameter.get("ID", ""), parameter) for parameter in children(parameters, "DrawParam"))
    return found


def _annotations(package: Package, part: str, root: Element, lost: list[str]) -> dict[str, list[str]]:
    """The parts of annotations by the number of their page."""
    found: dict[str, list[str]] = {}
    for place in children(root, "Annotations"):
        if not text(place):
            continue
        try:
            listing = package.resolve(text(place), part)
            for page in children(package.xml(listing), "Page"):
                location = text(child(page, "FileLoc"))
                if location:
                    found.setdefault(page.get("PageID", ""), []).append(package.resolve(location, listing))
        except BadPart as error:
            lost.append(f"注释读不出（{error}）")
    return found


def _attachments(package: Package, part: str, root: Element) -> list[str]:
    """The names of the files attached for readers."""
    found = []
    for place in children(root, "Attachments"):
        try:
            listing = package.xml(package.resolve(text(place), part))
        except BadPart:
            continue
        found += [each.get("Name", "") for each in children(listing, "Attachment") if _is_visible(each)]
    return found


def page_content(path: Path, number: int) -> PageContent:
    """Characters and ruling of page ``number`` (from 1) as ``read_ofd`` sees them. Raises Unreadable, BadPart."""
    with Package(path) as package:
        return OfdFile(package).page(number).content


def read_ofd(path: Path) -> Document:
    """Reads an OFD. Raises Unreadable for encrypted, damaged and text-less files and for those beyond the limits."""
    notes: list[Note] = []
    over: list[Paragraph] = []
    with Package(path) as package:
        file = OfdFile(package)
        # What one document of the file ends with does not go on in the next.
        blocks = [
            block for part in file.documents for block in document_of("ofd", _pages(file, part, notes, over), len(part), notes).blocks
        ]
    notes += [Note(why, Place()) for why in file.lost]
    for name in file.attachments:
        notes.append(Note("OFD 带有附件，附件没有读取：请把附件单独放进报告文件夹", Place(), name))
    if not blocks:
        if notes and all(note.reason == "page_unreadable" for note in notes):
            raise Unreadable("damaged_ofd", "OFD 的页面都无法读取（部件缺失或损坏）：请重新下载")
        raise Unreadable("no_text_layer", "OFD 里没有文字（可能是扫描件），暂不能读取")
    return Document("ofd", (*blocks, *over), len(file.sheets), tuple(notes))


def _pages(file: OfdFile, numbers: Iterable[int], notes: list[Note], over: list[Paragraph]) -> Iterator[PageContent]:
    for number in numbers:
        place = Place(page=number)
        try:
            page = file.page(number)
        except BadPart:
            notes.append(Note("page_unreadable", place))
            continue
        content = page.content
        notes += [Note(f"本页{why}", place) for why in page.lost]
        unnamed = sum(char.text in PLACEHOLDERS for char in content.chars)
        if unnamed:
            notes.append(Note(f"本页有 {unnamed} 个字只有字形、没有字符，读不出", place))
        if not content.chars and page.has_pictures:
            notes.append(Note("page_without_text", place))
        over += [
            Paragraph(words.text.strip(), Place(page=number, box=_box(words)), kind="markup") for words in page.over if words.text.strip()
        ]
        yield content


def _box(words: Words) -> tuple[float, float, float, float]:
    chars = words.chars
    return min(c.x0 for c in chars), min(c.top for c in chars), max(c.x1 for c in chars), max(c.bottom for c in chars)
