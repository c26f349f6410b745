"""Text of a PDF that its page does not show, because it is cut away.

A spreadsheet draws what a merged cell says on every page that the cell reaches, and cuts each page where its rows end: what is written there
above the first row or below the last is seen on the other page alone.
"""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_LONG = 12  # times as wide as high: no number is
_Box = tuple[float, float, float, float]  # left, bottom, right, top, as the page's coordinates grow


def hidden_runs(page: pdfium.PdfPage) -> frozenset[int]:
    """The runs of text (as ``run_of`` names them) of which more than half of the height or width is cut away.

    A run as short as a number stays whole while any of its width is seen: part of a number would be another number.
    """
    hidden = set()
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        window = _window(item)
        if window is not None and _is_outside(_bounds(item), window):
            hidden.add(_address(item))
    return frozenset(hidden)


def run_of(textpage: pdfium.PdfTextPage, index: int) -> int:
    """The run of text that a character belongs to."""
    return _address(raw.FPDFText_GetTextObject(textpage, index))


def hidden_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> str:
    """The characters within the page's edges that are cut away."""
    hidden = hidden_runs(page)
    if not hidden:
        return ""
    left, bottom, right, top = page.get_bbox()
    cut = []
    for index in range(textpage.count_chars()):
        x0, y0, x1, y1 = textpage.get_charbox(index)
        if run_of(textpage, index) in hidden and left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top:
            cut.append(chr(raw.FPDFText_GetUnicode(textpage, index)))
    return "".join(cut)


def _address(item: object) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _bounds(item: raw.FPDF_PAGEOBJECT) -> _Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _window(item: raw.FPDF_PAGEOBJECT) -> _Box | None:
    """The area in which an object is shown; None where nothing is cut away."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    paths = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    left, bottom, right, top = float("-inf"), float("-inf"), float("inf"), float("inf")
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(paths):
        points = []
        for number in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, number), x, y)
            points.append((x.value, y.value))
        if points:
            left, right = max(left, min(p[0] for p in points)), min(right, max(p[0] for p in points))
            bottom, top = max(bottom, min(p[1] for p in points)), min(top, max(p[1] for p in points))
    return (left, bottom, right, top) if paths > 0 else None


def _is_outside(run: _Box, window: _Box) -> bool:
    left, bottom, right, top = run
    x, y = (left + right) / 2, (bottom + top) / 2
    if right - left > _LONG * (top - bottom):
        left = right = x
    return right <= window[0] or left >= window[2] or not window[1] <= y <= window[3]
