"""What a file is, told by its content and never by its name."""

import re
import zipfile
from pathlib import Path

from flows.readers.encoding import utf16_without_mark
from flows.readers.errors import Unreadable

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bmp"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"{\\rtf", "rtf"),
)
# A zip file is what one of its members says; a name may lie deeper where the archive was packed with a folder around it.
_MEMBERS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"), ("ppt/presentation.xml", "pptx"))
# An OLE file holds streams under UTF-16 names, in its directory.
_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("EncryptedPackage", "encrypted"))
_WINDOW = 4096
_START = 1024 * 1024
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(rb"<(?:html|head|body|meta)\b[^<]{0,500}?>", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def format_of(path: Path) -> str:
    """The format by the file's bytes: ``pdf``, ``docx``, ``doc``, ``xlsx``, ``xls``, ``html``, ``ofd``, ``zip``, ``image``, ``text``, or
    the name of one that no reader takes.

    Raises Unreadable for an empty file and for bytes that are neither text nor a known format.
    """
    with path.open("rb") as stream:
        head = stream.read(_WINDOW)
    if not head:
        raise Unreadable("empty_file", "空文件，没有内容")
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            look_inside = {"zip": _inside_zip, "ole": _inside_ole, "bmp": _bitmap}.get(name)
            return look_inside(path) if look_inside else name
    if b"%PDF-" in head[:1024]:  # a PDF may have something before it, an archive may have a PDF in it
        return "pdf"
    utf16 = "utf-16" if head[:2] in _UTF16 else utf16_without_mark(head)
    plain = head.decode(utf16, errors="ignore").encode() if utf16 else head
    if _MARKUP.match(plain) or (plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _PAGE.search(plain)):
        return "html"
    if b"\x00" in head and not utf16:
        raise Unreadable("not_a_document", "文件内容不是文本，也不是可识别的文档格式（二进制数据）")
    return "text"


def _inside_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # A cut archive has lost its list of members; its reader says what is wrong with it.
        with path.open("rb") as stream:
            return "ofd" if b"OFD.xml" in stream.read(_START) else "zip"
    found = next((name for member, name in _MEMBERS if member in names), "zip")
    return "ofd" if found == "zip" and any(_is_ofd_entry(name) for name in names) else found


def _is_ofd_entry(name: str) -> bool:
    """OFD.xml in any case, at the root or in the one folder that was packed."""
    *folders, last = name.replace("\\", "/").casefold().split("/")
    return last == "ofd.xml" and len([folder for folder in folders if folder not in ("", ".")]) <= 1


def _inside_ole(path: Path) -> str:
    data = path.read_bytes()
    return next((name for stream, name in _STREAMS if f"{stream}\0".encode("utf-16-le") in data), "ole")


def _bitmap(path: Path) -> str:
    """BM begins words of plain text too: a bitmap states its own length."""
    with path.open("rb") as stream:
        head = stream.read(14)
    return "image" if len(head) == 14 and head[6:10] == b"\0\0\0\0" else "text"
