"""Bytes → Document. A new format is one new file here and one line in ``_READERS``; kinds are told by content."""

import re
from collections.abc import Callable
from pathlib import Path

from flows.document import Document
from flows.readers.errors import Unreadable


def _pdf(path: Path) -> Document:
    from flows.readers.pdf import read_pdf

    return read_pdf(path)


def _text(path: Path) -> Document:
    from flows.readers.text import read_text

    return read_text(path)


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
)
_READERS: dict[str, Callable[[Path], Document]] = {"pdf": _pdf, "text": _text}
_NAMES = {
    "html": "网页（HTML）",
    "zip": "Office/zip 文件",
    "ole": "旧版 Office 文件",
    "png": "图片",
    "jpeg": "图片",
    "rar": "rar 压缩包",
    "7z": "7z 压缩包",
}
_SIGNATURE_WINDOW = 1024


def format_of(path: Path) -> str:
    """The format by the file's first bytes: ``pdf``, ``text`` or the name of one that no reader takes.

    Raises Unreadable for an empty file or one that holds no text.
    """
    with path.open("rb") as stream:
        head = stream.read(_SIGNATURE_WINDOW)
    if not head:
        raise Unreadable("empty_file", "空文件，没有内容")
    for signature, name in _SIGNATURES:
        if head.startswith(signature) or (name == "pdf" and signature in head):
            return name
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", head, re.IGNORECASE):
        return "html"
    if b"\x00" in head and not utf16:
        raise Unreadable("not_a_document", "文件内容不是文本，也不是可识别的文档格式（二进制数据）")
    return "text"


def read(path: Path) -> Document:
    """Reads a report file. Raises Unreadable with a reason when it cannot be read."""
    name = format_of(path)
    if name not in _READERS:
        raise Unreadable("unsupported_format", f"暂不支持的格式：{_NAMES.get(name, name)}")
    return _READERS[name](path)
