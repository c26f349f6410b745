"""The page as a picture: the marked box is where the cell is printed, on pages upright, turned and cut."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from flows.document import Place, Table
from flows.explain import redrawn
from flows.explain.picture import BESIDE, FRAME, NoPicture, in_pixels, page_picture
from flows.readers import read
from flows.typeset.lettering import FONT
from flows.typeset.ofd_canvas import OfdCanvas

WIDTH, HEIGHT = A4
INK = (0, 0, 255)
ROWS = [["Item", "Budget", "Actual"], ["Training", "12.50", "11.00"]]


def typeset(path: Path, rotation: int = 0, cut: float = 0) -> None:
    """A small ruled table whose numbers are printed in blue, after a page of its own; turned so that it reads upright when shown."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.drawString(100, 500, "Cover")
    canvas.showPage()
    shown_height = HEIGHT if rotation in (0, 180) else WIDTH
    if rotation:
        canvas.rotate(rotation)
        canvas.translate(*{90: (0, -WIDTH), 180: (-WIDTH, -HEIGHT), 270: (-HEIGHT, 0)}[rotation])
    for r, row in enumerate(ROWS):
        for c, words in enumerate(row):
            x, y = 90 + 150 * c, shown_height - 200 - 30 * r
            canvas.setFillColorRGB(0, 0, 1 if words[0].isdigit() else 0)
            canvas.rect(x, y, 150, 30)
            canvas.drawString(x + 20, y + 10, words)
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        document[1].set_rotation(rotation)
        if cut:
            document[1].set_cropbox(cut, cut, WIDTH - cut, HEIGHT - cut)
        document.save(path)


def cell_with(path: Path, words: str) -> Place:
    (table,) = (block for block in read(path).blocks if isinstance(block, Table))
    return next(cell.place for row in table.rows for cell in row if cell.text == words)


def pixels(picture: Image.Image, box: tuple[int, int, int, int]) -> set[tuple[int, ...]]:
    part = picture.crop(box)
    return {colour for _, colour in part.getcolors(part.width * part.height)}


@pytest.mark.parametrize("cut", [0, 40])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_frame_is_red_and_around_the_cell(tmp_path: Path, rotation: int, cut: float) -> None:
    path = tmp_path / "turned.pdf"
    typeset(path, rotation, cut)
    place = cell_with(path, "12.50")
    assert place.page == 2
    assert place.box is not None
    picture = page_picture(path, place).image
    across, down = (WIDTH, HEIGHT) if rotation in (0, 180) else (HEIGHT, WIDTH)
    assert picture.size == pytest.approx((2 * (across - 2 * cut), 2 * (down - 2 * cut)), abs=2)
    x0, top, x1, bottom = in_pixels(place.box)
    assert (x1 - x0, bottom - top) == pytest.approx((300, 60), abs=3)
    sides = [(x0, top, x1 + 1, top + 1), (x0, bottom, x1 + 1, bottom + 1), (x0, top, x0 + 1, bottom + 1), (x1, top, x1 + 1, bottom + 1)]
    for side in sides:
        assert pixels(picture, side) == {FRAME}
    inside = pixels(picture, (x0 + 4, top + 4, x1 - 3, bottom - 3))
    assert any(blue > 200 and red < 120 for red, _, blue in inside), "the number stays visible in its frame"
    assert (255, 219, 219) in inside, "lightly tinted"
    red = [(x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) == FRAME]
    assert all(x0 - 3 <= x <= x1 + 3 and top - 3 <= y <= bottom + 3 for x, y in red), "nothing else is marked"


def test_the_numbers_read_with_it_have_thin_frames(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    typeset(path)
    name, number = cell_with(path, "Training"), cell_with(path, "11.00")
    elsewhere = Place(page=1, box=(100, 300, 200, 330))
    picture = page_picture(path, name, [number, number.at(0), elsewhere]).image
    assert number.box is not None
    x0, top, x1, bottom = in_pixels(number.box)
    assert picture.getpixel((x1, (top + bottom) // 2)) == BESIDE
    assert picture.getpixel(((x0 + x1) // 2, bottom)) == BESIDE
    assert picture.getpixel((150 * 2, 300 * 2)) != BESIDE


def test_fonts_that_the_file_does_not_hold_are_named(tmp_path: Path) -> None:
    from flows.typeset.lettering import FONT, draw_line

    path = tmp_path / "chinese.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(FONT, 12)
    draw_line(canvas, 100, 500, "示例市")
    canvas.showPage()
    canvas.save()
    assert page_picture(path, Place(page=1, box=(100, 300, 200, 330))).fonts == (FONT,)
    typeset(tmp_path / "latin.pdf")
    assert page_picture(tmp_path / "latin.pdf", Place(page=2, box=(100, 300, 200, 330))).fonts == ()


@pytest.mark.parametrize("place", [Place(line=3), Place(page=1)])
def test_a_place_without_a_box_has_no_picture(tmp_path: Path, place: Place) -> None:
    with pytest.raises(NoPicture):
        page_picture(tmp_path / "any.pdf", place)


@pytest.mark.parametrize("has_font", [True, False])
def test_a_page_of_an_ofd_is_drawn_again_from_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_font: bool) -> None:
    if has_font and redrawn.chinese_font() is None:
        pytest.skip("no Chinese font on this machine: the picture of an OFD page is tried without one alone")
    if not has_font:
        monkeypatch.setattr(redrawn, "chinese_font", lambda: None)
    path = tmp_path / "page.ofd"
    with path.open("wb") as file:
        canvas = OfdCanvas(file, A4)
        canvas.setFont(FONT, 10)
        for r, row in enumerate([["项目", "预算"], ["培训费", "12.50"]]):
            for c, words in enumerate(row):
                canvas.rect(90 + 150 * c, HEIGHT - 200 - 30 * r, 150, 30)
                canvas.drawString(100 + 150 * c, HEIGHT - 190 - 30 * r, words)
        canvas.showPage()
        canvas.save()
    place = cell_with(path, "培训费")
    picture = page_picture(path, place)
    assert picture.image.size == pytest.approx((2 * WIDTH, 2 * HEIGHT), abs=2)
    assert ("灰框" in picture.remark) is not has_font
    assert place.box is not None
    x0, top, x1, bottom = in_pixels(place.box)
    assert pixels(picture.image, (x0, bottom, x1 + 1, bottom + 1)) == {FRAME}
    inside = pixels(picture.image, (x0 + 4, top + 4, x1 - 3, bottom - 3))
    assert any(max(colour) < (80 if has_font else 170) for colour in inside), "the words, or boxes in their place"
    beside = pixels(picture.image, (x1 + 6, top + 6, x1 + 120, bottom - 6))
    assert any(max(colour) < 80 for colour in beside), "figures are drawn with or without a Chinese font"
