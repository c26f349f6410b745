"""A drawing surface with the methods of reportlab's canvas that the page layout uses, which gives an OFD (GB/T 33190) instead of a PDF."""

import zipfile
from itertools import groupby
from typing import IO
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import stringWidth

_MILLIMETRES = 25.4 / 72  # per point
_NAMESPACE = "http://www.ofdspec.org/2016"
_ROOT = f'xmlns:ofd="{_NAMESPACE}"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The font is of the reader's machine; no font file is needed.
_FONT_ID, _FONT_NAME = 1, "宋体"
_ASCENT, _DESCENT = 0.88, 0.12  # of the size
# A zip member's date, so that the bytes depend on the content alone.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class OfdCanvas:
    """Pages under construction. As on reportlab's canvas, positions are in points from the lower left corner."""

    def __init__(self, buffer: IO[bytes], pagesize: tuple[float, float]) -> None:
        self._buffer = buffer
        self._size = pagesize
        self._title = ""
        self._font, self._font_size = "", 0.0
        self._line_width = 1.0
        self._objects: list[str] = []
        self._pages: list[str] = []
        self._last_id = _FONT_ID

    def setTitle(self, title: str) -> None:
        self._title = title

    def setPageSize(self, size: tuple[float, float]) -> None:
        self._size = size

    def setFont(self, name: str, size: float) -> None:
        self._font, self._font_size = name, size

    def setLineWidth(self, width: float) -> None:
        self._line_width = width

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0) -> None:
        """A box whose lower left corner is at x, y."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self._path(corners, "C", stroke, fill)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._path([(x1, y1), (x2, y2)], "", 1, 0)

    def drawString(self, x: float, y: float, text: str) -> None:
        """A line of text that begins at x, its baseline at y; every character's place is written out."""
        size = self._font_size
        widths = [stringWidth(char, self._font, size) for char in text]
        top = self._size[1] - y - _ASCENT * size
        box = _box(x, top, max(sum(widths), size), (_ASCENT + _DESCENT) * size)
        deltas = f' DeltaX="{_deltas(widths[:-1])}"' if len(widths) > 1 else ""
        code = f'<ofd:TextCode X="0" Y="{_mm(_ASCENT * size)}"{deltas}>{escape(text)}</ofd:TextCode>'
        self._objects.append(
            f'<ofd:TextObject ID="{self._id()}" Boundary="{box}" Font="{_FONT_ID}" Size="{_mm(size)}">{code}</ofd:TextObject>'
        )

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        self.drawString(x - stringWidth(text, self._font, self._font_size) / 2, y, text)

    def drawRightString(self, x: float, y: float, text: str) -> None:
        self.drawString(x - stringWidth(text, self._font, self._font_size), y, text)

    def showPage(self) -> None:
        """Ends the page. As in a PDF, the next one forgets font and pen."""
        width, height = self._size
        area = f"<ofd:Area><ofd:PhysicalBox>{_box(0, 0, width, height)}</ofd:PhysicalBox></ofd:Area>"
        layer = f'<ofd:Layer ID="{self._id()}">{"".join(self._objects)}</ofd:Layer>'
        self._pages.append(f"{_DECLARATION}<ofd:Page {_ROOT}>{area}<ofd:Content>{layer}</ofd:Content></ofd:Page>")
        self._objects = []
        self._font, self._font_size, self._line_width = "", 0.0, 1.0

    def save(self) -> None:
        """Writes the archive to the buffer."""
        with zipfile.ZipFile(self._buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._members():
                member = zipfile.ZipInfo(name, _NO_DATE)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, content)

    def _members(self) -> list[tuple[str, str]]:
        page_ids = [self._id() for _ in self._pages]
        pages = "".join(f'<ofd:Page ID="{page_id}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number, page_id in enumerate(page_ids))
        width, height = self._size
        info = f"<ofd:DocInfo><ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(self._title)}</ofd:Title></ofd:DocInfo>"
        body = f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        common = (
            f"<ofd:CommonData><ofd:MaxUnitID>{self._last_id}</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{_box(0, 0, width, height)}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        )
        font = f'<ofd:Font ID="{_FONT_ID}" FontName="{_FONT_NAME}" FamilyName="{_FONT_NAME}"/>'
        return [
            ("OFD.xml", f'{_DECLARATION}<ofd:OFD {_ROOT} Version="1.1" DocType="OFD">{body}</ofd:OFD>'),
            ("Doc_0/Document.xml", f"{_DECLARATION}<ofd:Document {_ROOT}>{common}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"),
            ("Doc_0/PublicRes.xml", f'{_DECLARATION}<ofd:Res {_ROOT} BaseLoc="Res"><ofd:Fonts>{font}</ofd:Fonts></ofd:Res>'),
            *((f"Doc_0/Pages/Page_{number}/Content.xml", page) for number, page in enumerate(self._pages)),
        ]

    def _id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _path(self, points: list[tuple[float, float]], end: str, stroke: int, fill: int) -> None:
        xs, ys = [x for x, _ in points], [self._size[1] - y for _, y in points]
        left, top = min(xs), min(ys)
        # Half of a line's width lies outside the points it joins; the boundary holds it.
        room = self._line_width
        steps = [f"{_mm(x - left + room)} {_mm(y - top + room)}" for x, y in zip(xs, ys, strict=True)]
        data = f"M {' L '.join(steps)} {end}".rstrip()
        box = _box(left - room, top - room, max(xs) - left + 2 * room, max(ys) - top + 2 * room)
        drawn = f'Stroke="{str(bool(stroke)).lower()}" Fill="{str(bool(fill)).lower()}" LineWidth="{_mm(self._line_width)}"'
        self._objects.append(
            f'<ofd:PathObject ID="{self._id()}" Boundary="{box}" {drawn}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )


def _mm(points: float) -> str:
    """Millimetres to a ten thousandth, without zeros at the end."""
    return f"{round(points * _MILLIMETRES, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


def _box(x: float, y: float, width: float, height: float) -> str:
    return " ".join(_mm(value) for value in (x, y, width, height))


def _deltas(widths: list[float]) -> str:
    """The ways from character to character, runs of equal ones as ``g count way``."""
    parts = []
    for way, run in groupby(_mm(width) for width in widths):
        count = len(list(run))
        parts.append(f"g {count} {way}" if count > 2 else " ".join([way] * count))
    return " ".join(parts)
