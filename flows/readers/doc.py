"""Old Word file (doc) → Document: LibreOffice makes a docx of it, which the docx reader reads."""

import hashlib
import io
from pathlib import Path

from xlrd.compdoc import CompDoc, CompDocError

from flows.document import Document
from flows.readers.docx import document_of
from flows.readers.errors import Unreadable
from flows.readers.office import to_docx

_FLAGS = 0x0A  # where the file information block keeps its flags
_ENCRYPTED = 0x0100

# The last file converted: its digits are counted right after it was read, from the same conversion.
_last: tuple[str, bytes] | None = None


def read_doc(path: Path) -> Document:
    """Reads an old Word file. Raises Unreadable for encrypted and damaged files, and where LibreOffice is not installed."""
    _refuse_encrypted(path)
    return document_of(as_docx(path, "doc"), "doc")


def as_docx(path: Path, ending: str) -> bytes:
    """The file as docx, converted once for reading and counting. Raises Unreadable."""
    global _last
    key = hashlib.sha256(path.read_bytes()).hexdigest()
    if _last is None or _last[0] != key:
        _last = (key, to_docx(path, ending))
    return _last[1]


def _refuse_encrypted(path: Path) -> None:
    try:
        stream = CompDoc(path.read_bytes(), logfile=io.StringIO()).get_named_stream("WordDocument")
    except (CompDocError, AssertionError, IndexError, ValueError) as error:
        raise Unreadable("damaged_doc", "Word 文件已损坏或不完整：请重新下载或用 Word 另存为 docx") from error
    if stream is not None and len(stream) > _FLAGS + 2 and int.from_bytes(stream[_FLAGS : _FLAGS + 2], "little") & _ENCRYPTED:
        raise Unreadable("password", "Word 文件有打开密码，无法读取：请提供未加密的版本")
