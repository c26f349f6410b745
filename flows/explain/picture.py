"""The page as a picture: the place in a red frame with a light tint, and the numbers that were read with it in thin frames."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from flows.document import Place
from flows.explain.redrawn import redrawn
from flows.readers import format_of
from flows.readers.ofd import page_content
from flows.readers.ofd_package import BadPart

Box = tuple[float, float, float, float]
DPI = 144
FRAME = (214, 0, 0)
BESIDE = (240, 140, 0)
_POINTS_PER_INCH = 72
_TINT = (255, 0, 0, 36)
# Pixels; frames lie outside the box, so that nothing printed is covered.
_THICK, _THIN = 3, 1
_FORM_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A page with its marks. ``fonts``: those the page writes Chinese in and the file does not hold, so that a machine without Chinese
    fonts draws nothing for them. ``remark``: what else to know of the picture."""

    image: Image.Image
    fonts: tuple[str, ...]
    remark: str = ""


class NoPicture(Exception):
    """The place has no page to show; one line."""


def needs_page(place: Place) -> tuple[int, Box]:
    """Page (from 1) and box of a place. Raises NoPicture where its format has none."""
    if place.page is None or place.box is None:
        raise NoPicture("这份报告的格式没有页面，不能给出图片；--image 只用于 PDF 和 OFD")
    return place.page, place.box


def page_picture(path: Path, place: Place, beside: Iterable[Place] = ()) -> Picture:
    """The page of a PDF as it is shown, of an OFD as it was read, at 144 dpi, with the place marked, and thinly those ``beside`` it on the
    same page.

    Raises NoPicture.
    """
    number, box = needs_page(place)
    shown, fonts, remark = _ofd_page(path, number) if format_of(path) == "ofd" else _pdf_page(path, number)
    others = dict.fromkeys(other.box for other in beside if other.page == number and other.box not in (None, box))
    for other in others:
        if other is not None:
            _frame(shown, other, BESIDE, _THIN)
    return Picture(_marked(shown, box), fonts, remark)


def _pdf_page(path: Path, number: int) -> tuple[Image.Image, tuple[str, ...], str]:
    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        shown = page.render(scale=DPI / _POINTS_PER_INCH).to_pil().convert("RGB")
        fonts = tuple(sorted(_fonts_not_embedded(page)))
        page.close()
    finally:
        document.close()
    return shown, fonts, ""


def _ofd_page(path: Path, number: int) -> tuple[Image.Image, tuple[str, ...], str]:
    try:
        shown, complete = redrawn(page_content(path, number), DPI)
    except BadPart as error:
        raise NoPicture(f"OFD 第{number}页画不出来：{error}") from error
    said = "OFD 页面由读出的文字和线条重画，不含图章和图片。"
    return shown, (), said if complete else said + "本机没有中文字体，中文画成灰框：装一种中文字体后再试。"


def in_pixels(box: Box) -> tuple[int, int, int, int]:
    """The box of a place (points, from the upper left corner) in pixels of the picture."""
    x0, top, x1, bottom = (round(edge * DPI / _POINTS_PER_INCH) for edge in box)
    return x0, top, x1, bottom


def _fonts_not_embedded(page: pdfium.PdfPage) -> set[str]:
    textpage = page.get_textpage()
    try:
        found = set()
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_FORM_DEPTH, textpage=textpage):
            font = item.get_font()
            if not font.is_embedded and not item.extract().isascii():
                found.add(font.get_base_name())
        return found
    finally:
        textpage.close()


def _marked(shown: Image.Image, box: Box) -> Image.Image:
    tint = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    ImageDraw.Draw(tint).rectangle(in_pixels(box), fill=_TINT)
    marked = Image.alpha_composite(shown.convert("RGBA"), tint).convert("RGB")
    _frame(marked, box, FRAME, _THICK)
    return marked


def _frame(picture: Image.Image, box: Box, colour: tuple[int, int, int], thickness: int) -> None:
    x0, top, x1, bottom = in_pixels(box)
    out = thickness - 1
    ImageDraw.Draw(picture).rectangle((x0 - out, top - out, x1 + out, bottom + out), outline=colour, width=thickness)
