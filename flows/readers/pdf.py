"""PDF → Document: pdfium gives characters and ruling, ``ruled`` finds tables, ``layout`` the text; a page without text is read as a scan.

pdfplumber's table finder is the yardstick (tests compare); pdfium is several times faster because nothing of the page
is parsed in Python (``../shared/stack.md``, ``tests/bench``).
"""

import ctypes
from collections.abc import Callable, Iterator
from math import sin
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.document import Document, Note, Place
from flows.limits import LIMITS, allowed
from flows.readers.errors import Unreadable
from flows.readers.fixed import document_of
from flows.readers.page import Char, PageContent, Segment
from flows.readers.pdf_clips import hidden_runs, run_of
from flows.readers.pdf_paths import lines_of
from flows.readers.pdf_widths import Widths
from flows.values.text import character

# A filled path this thin (points) is a drawn line; anything thicker is shading.
_LINE_THICKNESS = 2.2
_ONE_BOX = 6  # segments: a filled path with no more is shading
_NEAR_WHITE = 235
_SLANT = 0.12  # sine of twice the angle: from some 3 degrees off the page's edges a character belongs to a stamp
_FORM_DEPTH = 4
_NO_CHARACTER = frozenset({0, 2, 10, 13, 0xFFFE, 0xFFFF})
_HYPHEN = "-"  # at the end of a line pdfium gives a printed one as a sign of its own


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        if len(document) == 0:
            raise Unreadable("damaged_pdf", "PDF 里没有页面")
        return document
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable("password", "PDF 有打开密码，无法读取：请提供未加密的版本") from error
        raise Unreadable("damaged_pdf", "PDF 已损坏或不完整，无法打开") from error


Point = tuple[float, float]


def _frame(page: pdfium.PdfPage) -> Callable[[float, float], Point]:
    """Page coordinates → the page as it is shown: from its top left corner, y downwards, turned by its /Rotate."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[page.get_rotation()]


def _on_page(item: pdfium.PdfObject, frame: Callable[[float, float], Point]) -> Callable[[Point], Point]:
    """The object's own coordinates → the page as shown. Objects inside a form carry the form's own coordinates."""
    matrices = [item.get_matrix()]
    container = item.container
    while container is not None:
        matrices.append(container.get_matrix())
        container = container.container

    def on_page(point: Point) -> Point:
        for matrix in matrices:
            point = matrix.on_point(*point)
        return frame(*point)

    return on_page


def _corners(item: pdfium.PdfObject, frame: Callable[[float, float], Point]) -> tuple[float, float, float, float]:
    """The box of an object as shown: x0, top, x1, bottom. Objects inside a form carry the form's own coordinates."""
    left, bottom, right, top = item.get_bounds()
    points = [(left, bottom), (right, top)]
    container = item.container
    while container is not None:
        matrix = container.get_matrix()
        points = [matrix.on_point(*point) for point in points]
        container = container.container
    (xa, ya), (xb, yb) = (frame(*point) for point in points)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _segments(page: pdfium.PdfPage, frame: Callable[[float, float], Point]) -> Iterator[Segment]:
    fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
    rgba = [ctypes.c_uint() for _ in range(4)]
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_FORM_DEPTH):
        raw.FPDFPath_GetDrawMode(item, fill_mode, stroked)
        if not stroked.value and not fill_mode.value:
            continue
        x0, y0, x1, y1 = _corners(item, frame)
        wide, tall = x1 - x0, y1 - y0
        if not stroked.value:
            raw.FPDFPageObj_GetFillColor(item, *rgba)
            if min(channel.value for channel in rgba[:3]) >= _NEAR_WHITE:
                continue
        if tall <= _LINE_THICKNESS and wide > tall:
            yield Segment(True, (y0 + y1) / 2, x0, x1)
        elif wide <= _LINE_THICKNESS and tall > wide:
            yield Segment(False, (x0 + x1) / 2, y0, y1)
        elif stroked.value or raw.FPDFPath_CountSegments(item) > _ONE_BOX:
            for (xa, ya), (xb, yb) in lines_of(item, _on_page(item, frame), bool(stroked.value), _LINE_THICKNESS):
                if abs(xa - xb) > abs(ya - yb):
                    yield Segment(True, (ya + yb) / 2, min(xa, xb), max(xa, xb))
                else:
                    yield Segment(False, (xa + xb) / 2, min(ya, yb), max(ya, yb))


def _chars(page: pdfium.PdfPage, width: float, height: float, frame: Callable[[float, float], Point]) -> tuple[list[Char], list[Char]]:
    """The characters on the page: upright ones, and those printed at a slant. What lies outside its edges or is cut away
    is not printed (pages cut from a longer sheet keep the rest of it)."""
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = raw.FPDFText_CountChars(handle)
        widths = Widths(textpage)
        hidden = hidden_runs(page)
        # The loose box is the character's em box: true size and advance, whatever matrix the file scales its font by.
        box = raw.FS_RECTF()
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        found: list[Char] = []
        aslant: list[Char] = []
        for index in range(count):
            code = raw.FPDFText_GetUnicode(handle, index)
            is_hyphen = raw.FPDFText_IsHyphen(handle, index) == 1
            if (code in _NO_CHARACTER and not is_hyphen) or raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            if hidden and run_of(textpage, index) in hidden:
                continue
            raw.FPDFText_GetLooseCharBox(handle, index, box)
            raw.FPDFText_GetCharOrigin(handle, index, origin_x, origin_y)
            origin = origin_x.value, origin_y.value
            x0, y0, x1, y1 = widths.within(index, code, (box.left, box.bottom, box.right, box.top), origin)
            (xa, ya), (xb, yb) = frame(x0, y0), frame(x1, y1)
            left, right, top, bottom = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
            _, baseline = frame(*origin)
            if 0 <= baseline <= height and 0 <= (left + right) / 2 <= width:
                upright = abs(sin(2 * raw.FPDFText_GetCharAngle(handle, index))) < _SLANT
                (found if upright else aslant).append(
                    Char(_HYPHEN if is_hyphen else character(code), left, right, top, bottom, baseline, bottom - top)
                )
        return found, aslant
    finally:
        textpage.close()


def page_content(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Characters and ruling of page ``index`` (from 0), y growing downwards from the top edge, in points."""
    page = document[index]
    try:
        width, height = page.get_size()
        frame = _frame(page)
        upright, aslant = _chars(page, width, height, frame)
        return PageContent(index + 1, width, height, upright, list(_segments(page, frame)), aslant)
    finally:
        page.close()


def read_pdf(path: Path) -> Document:
    """Reads a PDF. Raises Unreadable for encrypted and damaged files, and for those in which no character is found."""
    document = _open(path)
    notes: list[Note] = []
    try:
        read = document_of("pdf", _pages(document, notes), len(document), notes)
    finally:
        document.close()
    if not read.blocks:
        raise Unreadable("no_text_layer", _no_text(notes))
    return read


def _pages(document: pdfium.PdfDocument, notes: list[Note]) -> Iterator[PageContent]:
    ocr_pages = 0
    for index in range(len(document)):
        try:
            content = page_content(document, index)
        except pdfium.PdfiumError:
            notes.append(Note("page_unreadable", Place(page=index + 1)))
            continue
        if _is_picture(document, index, content) and ocr_pages >= allowed("ocr_pages"):
            notes.append(Note("too_many_scanned_pages", Place(page=index + 1), LIMITS["ocr_pages"].reason()))
        elif _is_picture(document, index, content):
            content = _recognised(document, index, content, notes)
            ocr_pages += 1
        elif not content.chars:
            notes.append(Note("page_without_text", Place(page=index + 1)))
        yield content


def _no_text(notes: list[Note]) -> str:
    """Why nothing was read of a file."""
    failed = next((note.text for note in notes if note.text), None)
    return f"PDF 没有文字层，按扫描件识别不成：{failed}" if failed else "PDF 没有文字层，页面上也没有认出文字（可能是空白页）"


# -- pages that are pictures -----------------------------------------------------------------------------------------------

_MOST_PIXELS = 40_000_000  # of a rendered page
_LEAST_DPI = 100
_LEAST_PIXELS = 16  # of a side: no character is smaller
_FEW_CHARS = 12  # a page number, a stamp's date: no text layer of a page
_COVERS = 0.6  # of the page


def _is_picture(document: pdfium.PdfDocument, index: int, content: PageContent) -> bool:
    """Is what the page shows not in its text layer: none of it, or a page number over a picture of the page?"""
    shown = [char for char in content.chars if not char.text.isspace()]
    if len(shown) > _FEW_CHARS:
        return False
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return False  # a damaged page may load once and not again: what was read of it stays
    try:
        kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]
        drawn = list(page.get_objects(filter=kinds, max_depth=_FORM_DEPTH))
        if not shown:
            return bool(drawn)
        frame = _frame(page)
        covered = 0.0
        for item in drawn:
            if item.type == raw.FPDF_PAGEOBJ_IMAGE:
                x0, top, x1, bottom = _corners(item, frame)
                covered = max(covered, (x1 - x0) * (bottom - top))
        return covered >= _COVERS * content.width * content.height
    finally:
        page.close()


def _recognised(document: pdfium.PdfDocument, index: int, content: PageContent, notes: list[Note]) -> PageContent:
    """The page as read from its picture; as it was, with a note, where that cannot be."""
    from flows.readers.recognise import NoRecogniser
    from flows.readers.scan import DPI, POINTS_PER_INCH, read_picture

    place = Place(page=index + 1)
    dpi = min(float(DPI), (_MOST_PIXELS / (content.width * content.height or 1.0)) ** 0.5 * POINTS_PER_INCH)
    if dpi < _LEAST_DPI:
        notes.append(Note("page_too_large", place, f"第{index + 1}页的纸面过大（{content.width:.0f}×{content.height:.0f} 点），没有识别"))
        return content
    try:
        page = document[index]
        try:
            grey = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True).to_numpy()
        finally:
            page.close()
        if min(grey.shape[:2]) < _LEAST_PIXELS:
            notes.append(Note("page_without_text", place))
            return content
        found = read_picture(grey.reshape(grey.shape[:2]), dpi, index + 1)
    except NoRecogniser as error:
        notes.append(Note("page_not_recognised", place, str(error)))
        return content
    except pdfium.PdfiumError:
        notes.append(Note("page_unreadable", place))
        return content
    if not found.chars:
        notes.append(Note("page_without_text", place))
        return content
    return found
