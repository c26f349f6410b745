"""How far each character of a PDF moves the pen, which is where the next one may begin: whatever fonts the machine has.

A font that the file only names is drawn in another one, and pdfium's boxes are as broad as that one's signs: on a machine without a Chinese
font digits reach into the cell beside. What the file says of each sign's width holds everywhere.
"""

import ctypes
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Place = tuple[float, float, float, float]  # left, bottom, right, top, as the page's coordinates grow


class Widths:
    """The widths of the characters of one page's text."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._text = textpage.raw
        self._borrowed: dict[int, Callable[[int], float] | None] = {}  # of each run of text whose font is not in the file
        self._width, self._matrix = ctypes.c_float(), raw.FS_MATRIX()

    def within(self, index: int, code: int, box: Place, origin: tuple[float, float]) -> Place:
        """The character's box, cut where the pen stands behind it."""
        width_of = self._of_run(index)
        width = width_of(code) if width_of else 0.0
        if width <= 0 or not raw.FPDFText_GetMatrix(self._text, index, self._matrix):
            return box
        left, bottom, right, top = box
        across, up = self._matrix.a * width, self._matrix.b * width
        if abs(across) >= abs(up):
            low, high = sorted((origin[0], origin[0] + across))
            return (max(left, low), bottom, min(right, high), top) if low < right and left < high else box
        low, high = sorted((origin[1], origin[1] + up))
        return (left, max(bottom, low), right, min(top, high)) if low < top and bottom < high else box

    def _of_run(self, index: int) -> Callable[[int], float] | None:
        run = raw.FPDFText_GetTextObject(self._text, index)
        if not run:
            return None
        key = ctypes.addressof(run.contents)
        if key not in self._borrowed:
            font = raw.FPDFTextObj_GetFont(run)
            size = raw.FPDFText_GetFontSize(self._text, index)
            held = not font or raw.FPDFFont_GetIsEmbedded(font) != 0
            self._borrowed[key] = None if held else lambda code: self._drawn(font, code, size)
        return self._borrowed[key]

    def _drawn(self, font: raw.FPDF_FONT, code: int, size: float) -> float:
        return self._width.value if raw.FPDFFont_GetGlyphWidth(font, code, size, self._width) else 0.0
