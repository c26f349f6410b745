"""Typesets a document as a scan: each page of the PDF typesetting as a picture, a little askew and with the noise of a scanner.

The pictures are drawn with the Chinese font of the machine, since the typeset PDF names its font and does not hold it.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from flows.typeset.document import Block
from flows.typeset.layouts import Layout
from flows.typeset.pdf import pdf

DPI = 200
MOST_SKEW = 1.0  # degrees
_POINTS_PER_INCH = 72
_PAPER = 244
_SPECKS = 0.0004  # share of pixels that the scanner sees as ink, and as many as paper
_GRAIN = 5.0  # spread of grey values
_SHADE = 18  # how much darker the darkest corner is
_PROBE = "示例"


class NoChineseFont(RuntimeError):
    """The machine has no font to draw Chinese with."""


def scan(blocks: Sequence[Block], title: str, layout: Layout) -> bytes:
    """The blocks as a PDF of page pictures. The same blocks, layout and fonts of the machine give the same bytes.

    Raises NoChineseFont.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setTitle(title)
    for picture in scanned_pages(blocks, title, layout):
        size = (picture.width * _POINTS_PER_INCH / DPI, picture.height * _POINTS_PER_INCH / DPI)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(BytesIO(encoded(picture, "JPEG"))), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pages(blocks: Sequence[Block], title: str, layout: Layout) -> Iterator[Image.Image]:
    """The pages as grey pictures at 200 dpi, each skewed by up to one degree, drawn from the layout's seed. Raises NoChineseFont."""
    needs_chinese_font()
    draw = np.random.Generator(np.random.PCG64(layout.seed))
    for page in _rendered(pdf(blocks, title, layout)):
        yield _as_scanned(page, draw)


def encoded(picture: Image.Image, format_name: str) -> bytes:
    """A page's picture as the bytes of a file (PNG, JPEG, TIFF, BMP) that states its resolution."""
    buffer = BytesIO()
    options = {"quality": 80} if format_name == "JPEG" else {}
    picture.save(buffer, format=format_name, dpi=(DPI, DPI), **options)
    return buffer.getvalue()


def needs_chinese_font() -> None:
    """Raises NoChineseFont where Chinese drawn on this machine leaves the page empty or shows one box for every character."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(60, 30), invariant=1)
    from flows.typeset.lettering import FONT

    canvas.setFont(FONT, 20)
    canvas.drawString(5, 6, _PROBE)
    canvas.showPage()
    canvas.save()
    (page,) = _rendered(buffer.getvalue())
    ink = np.asarray(page) < 128
    left, right = ink[:, : ink.shape[1] // 2], ink[:, ink.shape[1] // 2 :]
    if not left.any() or not right.any() or np.array_equal(left.sum(axis=1), right.sum(axis=1)):
        raise NoChineseFont("本机没有中文字体，不能画出扫描页；请安装一种中文字体（例如 fonts-wqy-zenhei）")


def _rendered(content: bytes) -> Iterator[Image.Image]:
    document = pdfium.PdfDocument(content)
    try:
        for page in document:
            yield page.render(scale=DPI / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
            page.close()
    finally:
        document.close()


def _as_scanned(page: Image.Image, draw: np.random.Generator) -> Image.Image:
    """Skewed, softened, unevenly lit and with specks."""
    angle = float(draw.uniform(-MOST_SKEW, MOST_SKEW))
    turned = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(float(draw.uniform(0.3, 0.8)))), dtype=np.float32)
    height, width = soft.shape
    corner = draw.uniform(-1, 1, size=2)
    slope = corner[0] * np.linspace(-1, 1, width)[None, :] + corner[1] * np.linspace(-1, 1, height)[:, None]
    grey = soft * (_PAPER / 255) - _SHADE * (slope + 2) / 4
    grey += draw.normal(0, _GRAIN, size=soft.shape)
    specks = draw.random(size=soft.shape)
    grey[specks < _SPECKS] = 40
    grey[specks > 1 - _SPECKS] = 250
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
