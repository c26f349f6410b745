"""Pages that are pictures: scans of typeset pages are read back; what may be misread says so; sums expose a planted misreading."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from flows.document import Document, Table
from flows.explain.picture import in_pixels, page_picture
from flows.ledger.raw_count import digits_in_file
from flows.readers import Unreadable, figures, read, scan
from flows.readers.recognise import NoRecogniser, Sign, recognise
from flows.readers.symbols import shape_of
from flows.typeset import Layout, read_samples
from flows.typeset.document import Block, Cover, documents
from flows.typeset.document import Table as PrintedTable
from flows.typeset.pdf import pdf
from flows.typeset.scan import NoChineseFont, encoded, needs_chinese_font, scanned_pages
from flows.typeset.scan import scan as scan_pdf
from flows.understand import Understood, understand
from tests.support.scanned import Score

LAYOUT = Layout("scan", seed=7)
Lines = Sequence[NDArray[np.uint8]]


@pytest.fixture(scope="module", autouse=True)
def chinese_font() -> None:
    try:
        needs_chinese_font()
    except NoChineseFont as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def pages() -> list[Block]:
    """A cover, the table of expenditure by function and a project's form of a sample report: three pages."""
    (blocks,) = documents(read_samples()[3].report, LAYOUT).values()
    tables = [block for block in blocks if isinstance(block, PrintedTable)]
    expenditure = next(table for table in tables if table.caption.title == ("支出决算表",))
    form = next(table for table in tables if "项目支出绩效自评表" in table.caption.title[0])
    return [next(block for block in blocks if isinstance(block, Cover)), expenditure, form]


@pytest.fixture(scope="module")
def printed(pages: list[Block], tmp_path_factory: pytest.TempPathFactory) -> Understood:
    path = tmp_path_factory.mktemp("printed") / "report.pdf"
    path.write_bytes(pdf(pages, "样本", LAYOUT))
    return understand(read(path), path.name)


@pytest.fixture(scope="module")
def scanned_file(pages: list[Block], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scanned") / "report.pdf"
    path.write_bytes(scan_pdf(pages, "样本", LAYOUT))
    return path


@pytest.fixture(scope="module")
def scanned(scanned_file: Path) -> Document:
    return read(scanned_file)


def test_the_same_pages_are_scanned_to_the_same_bytes(pages: list[Block], scanned_file: Path) -> None:
    assert scan_pdf(pages, "样本", LAYOUT) == scanned_file.read_bytes()
    assert scan_pdf(pages[:1], "样本", LAYOUT) != scan_pdf(pages[:1], "样本", replace(LAYOUT, seed=8))


@pytest.mark.slow
def test_a_scan_is_read_back(printed: Understood, scanned: Document) -> None:
    assert (scanned.format, scanned.pages, scanned.ocr_pages) == ("pdf", 3, (1, 2, 3))
    score = Score()
    score.add(printed, understand(scanned, "report.pdf"))
    assert score.amounts.total() > 60
    assert score.unmarked == []
    assert score.rows_right >= 0.97, score.wrong_rows


@pytest.mark.slow
def test_no_digit_of_a_scan_is_counted_apart_from_reading(scanned: Document, scanned_file: Path) -> None:
    assert digits_in_file(scanned_file, "pdf", scanned.ocr_pages) is None


@pytest.mark.slow
def test_places_are_on_the_page_as_shown(scanned: Document, scanned_file: Path) -> None:
    """The skewed page has the ink of a cell's figures inside its box, and its ruling around it."""
    table = next(block for block in scanned.blocks if isinstance(block, Table))
    cells = [cell for row in table.rows for cell in row if "." in cell.text and cell.text[0].isdecimal()]
    assert len(cells) > 20
    for cell in [cells[0], cells[-1]]:
        picture = np.asarray(page_picture(scanned_file, cell.place).image.convert("RGB"), dtype=np.int16)
        x0, top, x1, bottom = in_pixels(cell.place.box)  # type: ignore[arg-type]
        inside = picture[top + 4 : bottom - 4, x0 + 4 : x1 - 4, 1] < 110
        assert 30 < inside.sum() < 0.4 * inside.size


def test_the_sums_expose_a_misread_digit(printed: Understood, scanned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recogniser that is sure of a wrong digit: the line's and the column's sums say so, and only there."""
    wanted = [row for row in printed.findings.rows["accounts"] if row["code"] and len(row["code"]) == 7 and row["amount_printed"] > 10]
    row = next(r for r in wanted if sum(o["amount_printed"] == r["amount_printed"] for o in wanted) == 2 or r is wanted[-1])
    planted: list[str] = []

    def misread(lines: Lines) -> list[list[Sign]]:
        found = recognise(lines)
        for line in [one for one in found if "".join(sign.text for sign in one) == row["source_text"]][:1]:
            if len(found) > 20:  # not the sample that tells which way up the page lies
                planted.append(line[0].text)
                line[0] = replace(line[0], text="7" if line[0].text != "7" else "1", certainty=1.0, rivals=())
        return found

    monkeypatch.setattr(scan, "recognise", misread)
    understood = understand(read(scanned_file), "report.pdf")
    assert len(planted) == 1
    score = Score()
    score.add(printed, understood)
    assert score.amounts["unsure"] >= 1
    assert score.unmarked == []
    doubted = [r for r in understood.findings.rows["accounts"] if "与合计不符" in (r.get("inferred") or "")]
    assert 1 <= len(doubted) <= 8


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "turns"), [("PNG", 0), ("JPEG", 2), ("BMP", 3)])
def test_a_picture_file_is_a_page_whichever_way_it_lies(tmp_path: Path, pages: list[Block], ending: str, turns: int) -> None:
    (picture,) = scanned_pages(pages[:1], "样本", LAYOUT)
    path = tmp_path / "report.bin"
    path.write_bytes(encoded(picture.rotate(90 * turns, expand=True), ending))
    document = read(path)
    assert (document.format, document.pages, document.ocr_pages) == ("image", 1, (1,))
    assert "2021年度" in next(document.paragraphs()).text
    assert digits_in_file(path, "image", document.ocr_pages) is None


@pytest.mark.slow
def test_a_tiff_of_two_pages_is_two_pages(tmp_path: Path, pages: list[Block]) -> None:
    (picture,) = scanned_pages(pages[:1], "样本", LAYOUT)
    path = tmp_path / "report.tif"
    picture.save(path, save_all=True, append_images=[picture], dpi=(200, 200), compression="tiff_lzw")
    assert read(path).ocr_pages == (1, 2)


def test_a_blank_picture_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("L", (1654, 2339), 255).save(path)
    with pytest.raises(Unreadable) as blank:
        read(path)
    assert blank.value.code == "no_text_in_image"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(Unreadable) as broken:
        read(path)
    assert broken.value.code in ("damaged_image", "no_text_in_image")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, format="PNG")
    path = tmp_path / "bomb.png"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "image_too_large"


def test_without_the_recogniser_a_scan_is_set_aside_with_the_reason(scanned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(lines: Lines) -> list[list[Sign]]:
        raise NoRecogniser("文字识别组件不能使用")

    monkeypatch.setattr(scan, "recognise", fails)
    with pytest.raises(Unreadable) as refused:
        read(scanned_file)
    assert refused.value.code == "no_text_layer" and "不能使用" in refused.value.reason


# -- figures ---------------------------------------------------------------------------------------------------------------


def drawn(text: str, dirt: bool = False) -> NDArray[np.uint8]:
    """Ink of figures: a block for each digit, a dot for each mark, with the room that type gives them."""
    ink = np.zeros((20, 16 * len(text) + 4), np.uint8)
    x = 2
    for char in text:
        if char.isdecimal():
            ink[0:20, x : x + 9] = 1
            x += 12
        else:
            ink[17:20, x : x + 3] = 1
            x += 6
    if dirt:
        ink[17:20, 11:13] = 1
    return ink


def as_read(text: str, ink: NDArray[np.uint8]) -> tuple[str, bool]:
    line = figures.as_figures([(Sign(char, float(at), 1.0), None) for at, char in enumerate(text)], ink)
    return "".join(sign.text for sign, _ in line), any(doubt for _, doubt in line)


@pytest.mark.parametrize(
    ("printed", "read_as", "meant", "doubtful"),
    [
        ("3106.33", "3106.33", "3106.33", False),
        ("3106.33", "310633", "310633", True),  # a point that was not recognised
        ("3106", "3.106", "3106", True),  # dirt: no room for a point
        ("3106.33", "3106.33.", "3106.33", True),
        ("3,106.33", "3,1O6.33", "3,106.33", True),
        ("3,106.33", "3.106.33", "3,106.33", True),
        ("0.00", "0:00", "0.00", True),
        ("99.26", "99.26%", "99.26%", False),
    ],
)
def test_figures_are_put_right_only_with_a_doubt(printed: str, read_as: str, meant: str, doubtful: bool) -> None:
    assert as_read(read_as, drawn(printed)) == (meant, doubtful)


def test_words_are_left_alone() -> None:
    assert as_read("第5次", drawn("111")) == ("第5次", False)
    assert as_read("SO2", drawn("111")) == ("SO2", False)


def test_a_lone_sign_is_told_by_its_shape() -> None:
    ink = np.zeros((24, 24), np.uint8)
    ink[20:22, 2:22] = 1
    for step in range(16):
        y = step if step < 8 else 15 - step
        ink[step, 2 + 2 * y : 6 + 2 * y] = 1
    found = shape_of(ink[:22, 2:22])
    assert found is not None and found[0] == "≥"
    solid = shape_of(np.ones((20, 20), np.uint8))
    assert solid is None or solid[1] < scan._SHAPE


def test_sums_hold_to_the_last_digit() -> None:
    from flows.money.sums import account_sums, unproved

    def row(code: str | None, name: str, amount: str) -> dict[str, object]:
        return {
            "table_ref": "t1",
            "side": None,
            "column_name": "合计",
            "code": code,
            "line_name": name,
            "amount_printed": Decimal(amount),
            "source_ref": f"p1/t1/r{name}/c3",
        }

    lines = [
        row(None, "合计", "30.00"),
        row("201", "甲", "10.00"),
        row("20101", "乙", "10.00"),
        row("208", "丙", "20.00"),
        row("20805", "丁", "20.01"),
    ]
    assert [r["line_name"] for r, _, _ in unproved(account_sums(lines))] == ["丁"]
