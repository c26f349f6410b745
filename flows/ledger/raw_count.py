"""An independent count: the digits in a file's raw characters, whatever the readers made of them.

Where it differs from what the ledger holds, a reader lost text.
"""

from collections.abc import Callable, Collection
from pathlib import Path


def _digits(text: str) -> int:
    """Digits of every width and style (5, ５, 𝟓), not marks such as ⑤."""
    return sum(char.isdecimal() for char in text)


def digits_in_text(path: Path) -> int:
    """Digits of a text file, bookmark marks included."""
    from flows.readers.text import decode

    return _digits(decode(path.read_bytes()))


def digits_in_pdf(path: Path, without: Collection[int] = ()) -> int | None:
    """Digits of a PDF's text layer, as pdfium extracts it by itself, but for the pages ``without``; None where no page is left."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        counted = [index for index in range(len(document)) if index + 1 not in without]
        total = 0
        for index in counted:
            page = document[index]
            textpage = page.get_textpage()
            total += _digits(textpage.get_text_bounded())
            textpage.close()
            page.close()
        return total if counted else None
    finally:
        document.close()


_COUNTS: dict[str, Callable[[Path], int]] = {"text": digits_in_text}


def digits_in_file(path: Path, format_name: str, ocr_pages: Collection[int] = ()) -> int | None:
    """Digits printed in a file of a known format; None where nothing but the reader can count them, as in a picture.

    Pages recognised from pictures (``ocr_pages``) are left out. Raises KeyError for a format without a reader.
    """
    if format_name == "image":
        return None
    if format_name == "pdf":
        return digits_in_pdf(path, ocr_pages)
    return _COUNTS[format_name](path)
