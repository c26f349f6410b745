"""An independent count: the digits in a file's raw characters, whatever the readers made of them.

Where it differs from what the ledger holds, a reader lost text.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from flows.ledger.raw_html import digits_in_html
from flows.ledger.raw_ofd import digits_in_ofd
from flows.ledger.raw_word import digits_in_doc, digits_in_docx, digits_in_rtf
from flows.ledger.raw_xls import digits_in_xls
from flows.ledger.raw_xlsx import digits_in_xlsx
from flows.values.text import digits_of


def digits_in_text(path: Path) -> int:
    """Digits of a text file, bookmark marks included."""
    from flows.readers.encoding import decode

    return digits_of(decode(path.read_bytes()))


def digits_in_pdf(path: Path, without: Collection[int] = ()) -> int | None:
    """Digits of a PDF's text layer, as pdfium extracts it by itself, but for the pages ``without``; None where no page is left.

    Digits that a page cuts away are none of its.
    """
    import pypdfium2 as pdfium

    from flows.readers.pdf_clips import hidden_text

    document = pdfium.PdfDocument(path)
    try:
        counted = [index for index in range(len(document)) if index + 1 not in without]
        total = 0
        for index in counted:
            try:
                page = document[index]
            except pdfium.PdfiumError:
                continue  # a page that cannot be loaded is noted by the reader, and has no characters to count
            textpage = page.get_textpage()
            total += digits_of(textpage.get_text_bounded()) - digits_of(hidden_text(page, textpage))
            textpage.close()
            page.close()
        return total if counted else None
    finally:
        document.close()


_COUNTS: dict[str, Callable[[Path], int]] = {
    "text": digits_in_text,
    "ofd": digits_in_ofd,
    "docx": digits_in_docx,
    "doc": digits_in_doc,
    "rtf": digits_in_rtf,
    "html": digits_in_html,
    "xls": digits_in_xls,
    "xlsx": digits_in_xlsx,
}


def digits_in_file(path: Path, format_name: str, ocr_pages: Collection[int] = ()) -> int | None:
    """Digits printed in a file of a known format; None where nothing but the reader can count them, as in a picture.

    Pages recognised from pictures (``ocr_pages``) are left out. Raises KeyError for a format without a reader.
    """
    if format_name == "image":
        return None
    if format_name == "pdf":
        return digits_in_pdf(path, ocr_pages)
    return _COUNTS[format_name](path)
