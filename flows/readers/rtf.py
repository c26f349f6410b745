"""RTF → Document, by way of LibreOffice, as for doc."""

from pathlib import Path

from flows.document import Document
from flows.readers.doc import as_docx
from flows.readers.docx import document_of


def read_rtf(path: Path) -> Document:
    """Reads an RTF file. Raises Unreadable where LibreOffice cannot read it or is not installed."""
    return document_of(as_docx(path, "rtf"), "rtf")
