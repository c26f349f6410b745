"""An independent count: the digits in a file's raw characters, whatever the readers made of them.

Where it differs from what the ledger holds, a reader lost text.
"""

from pathlib import Path


def _digits(text: str) -> int:
    """Digits of every width and style (5, ５, 𝟓), not marks such as ⑤."""
    return sum(char.isdecimal() for char in text)


def digits_in_text(path: Path) -> int:
    """Digits of a text file, bookmark marks included."""
    from flows.readers.text import decode

    return _digits(decode(path.read_bytes()))


def digits_in_pdf(path: Path) -> int:
    """Digits of a PDF's text layer, as pdfium extracts it by itself."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        total = 0
        for page in document:
            textpage = page.get_textpage()
            total += _digits(textpage.get_text_bounded())
            textpage.close()
            page.close()
        return total
    finally:
        document.close()


def digits_in_xlsx(path: Path) -> int:
    """Digits of an xlsx workbook as displayed, by patterns over its XML."""
    from flows.ledger import raw_xlsx

    return raw_xlsx.digits_in_xlsx(path)


def digits_in_xls(path: Path) -> int:
    """Digits of an xls workbook as displayed, from the records of its stream."""
    from flows.ledger import raw_xls

    return raw_xls.digits_in_xls(path)


_COUNTS = {"text": digits_in_text, "pdf": digits_in_pdf, "xls": digits_in_xls, "xlsx": digits_in_xlsx}


def digits_in_file(path: Path, format_name: str) -> int:
    """Digits printed in a file of a known format. Raises KeyError for a format without a reader."""
    return _COUNTS[format_name](path)
