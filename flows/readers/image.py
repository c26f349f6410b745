"""A picture file - png, jpg, bmp, tiff of one page or many - → Document: each picture is a page, read as a scan."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from flows.document import Document, Note, Place
from flows.limits import LIMITS, allowed
from flows.readers.errors import Unreadable
from flows.readers.fixed import document_of
from flows.readers.page import PageContent
from flows.readers.picture import Grey

MOST_PIXELS = 60_000_000  # of a page: A3 at 400 dpi has 31 million
MOST_DPI = 300  # finer pictures are read at this
_A4_HEIGHT = 11.69  # inches
_LIKELY_HEIGHT = (6.5, 18.0)  # inches: a page between A5 and A3, with room; a file that states another resolution states it wrongly
_LEAST_SIDE = 16  # pixels: no line of characters is lower
_LEAST_DPI = 90  # coarser characters cannot be told apart


def read_image(path: Path) -> Document:
    """Reads a picture of a report. Raises Unreadable for damaged and outsized pictures, and where no character is found."""
    from flows.readers.recognise import NoRecogniser

    notes: list[Note] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path) as picture:
                count = getattr(picture, "n_frames", 1)
                read = document_of("image", _pages(picture, count, notes), count, notes)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Unreadable(
                "image_too_large", f"图片过大（超过 {MOST_PIXELS // 1_000_000} 百万像素），没有读取：请缩小后再放入"
            ) from error
        except UnidentifiedImageError as error:
            raise Unreadable("damaged_image", "图片已损坏或不是可识别的图片格式，无法打开") from error
        except NoRecogniser as error:
            raise Unreadable("no_recogniser", str(error)) from error
        except (OSError, SyntaxError, EOFError) as error:
            raise Unreadable("damaged_image", "图片已损坏或不完整，无法打开") from error
    if not read.blocks:
        raise Unreadable("no_text_in_image", notes[0].text if notes and notes[0].text else "图片里没有认出文字")
    return read


def resolution(picture: Image.Image) -> float:
    """Pixels per inch: what the file states where that makes a likely page, else as if the page were A4."""
    long = max(picture.size)
    stated = picture.info.get("dpi")
    if stated and float(stated[0]) > 0 and _LIKELY_HEIGHT[0] <= long / float(stated[0]) <= _LIKELY_HEIGHT[1]:
        return float(stated[0])
    return long / _A4_HEIGHT


def _pages(picture: Image.Image, count: int, notes: list[Note]) -> Iterator[PageContent]:
    from flows.readers.scan import read_picture

    for index in range(count):
        place = Place(page=index + 1)
        if index >= allowed("ocr_pages"):
            notes.append(Note("too_many_scanned_pages", place, LIMITS["ocr_pages"].reason(count)))
            return
        try:
            picture.seek(index)
            dpi = resolution(picture)
            if picture.width * picture.height > MOST_PIXELS:
                notes.append(Note("page_too_large", place, f"第{index + 1}页图片过大（{picture.width}×{picture.height} 像素），没有读取"))
                continue
            if dpi < _LEAST_DPI or min(picture.size) < _LEAST_SIDE:
                notes.append(
                    Note(
                        "page_too_coarse",
                        place,
                        f"第{index + 1}页图片太小（{picture.width}×{picture.height} 像素），文字认不清：请用 200 dpi 以上重新扫描",
                    )
                )
                continue
            grey = _grey(picture, dpi)
        except (OSError, SyntaxError, EOFError) as error:
            notes.append(Note("page_unreadable", place, f"第{index + 1}页图片已损坏（{type(error).__name__}）"))
            continue
        content = read_picture(grey, min(dpi, MOST_DPI), index + 1)
        if not content.chars:
            notes.append(Note("page_without_text", place))
        yield content


def shown(picture: Image.Image) -> Image.Image:
    """The picture on white, without transparency."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured).convert("RGB")
    if picture.mode in ("I;16", "I;16B", "I"):
        return Image.fromarray((np.asarray(picture, dtype=np.uint32) >> 8).astype(np.uint8))
    return picture.convert("RGB")


def _grey(picture: Image.Image, dpi: float) -> Grey:
    grey = shown(picture).convert("L")
    if dpi > MOST_DPI:
        size = (round(grey.width * MOST_DPI / dpi), round(grey.height * MOST_DPI / dpi))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(grey, dtype=np.uint8))
