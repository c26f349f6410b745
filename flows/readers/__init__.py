"""Bytes → Document. A new format is one new file here, named as the format, and one line in ``_READERS``; kinds are told by content."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from flows.document import Document
from flows.readers.errors import Unreadable
from flows.readers.kinds import format_of

__all__ = ["format_of", "read"]

# Format → function of the module of that name. Modules are imported when the first such file comes: some are slow to load.
_READERS = {
    "doc": "read_doc",
    "docx": "read_docx",
    "html": "read_html",
    "pdf": "read_pdf",
    "rtf": "read_rtf",
    "text": "read_text",
    "xls": "read_xls",
    "xlsx": "read_xlsx",
    "ofd": "read_ofd",
}
_NAMES = {
    "docx": "Word 文件（docx）",
    "doc": "旧版 Word 文件（doc）",
    "xlsx": "Excel 文件（xlsx）",
    "xls": "旧版 Excel 文件（xls）",
    "html": "网页（HTML）",
    "ofd": "OFD 版式文件",
    "image": "图片",
    "zip": "zip 压缩包",
    "pptx": "演示文稿（pptx）",
    "ole": "旧版 Office 文件",
    "encrypted": "加密的 Office 文件",
    "rar": "rar 压缩包",
    "7z": "7z 压缩包",
    "rtf": "RTF 文件",
}


def read(path: Path) -> Document:
    """Reads a report file. Raises Unreadable with a reason when it cannot be read."""
    name = format_of(path)
    if name == "encrypted":
        raise Unreadable("password", "Office 文件有打开密码，无法读取：请提供未加密的版本")
    if name not in _READERS:
        raise Unreadable("unsupported_format", f"暂不支持的格式：{_NAMES.get(name, name)}")
    reader: Callable[[Path], Document] = getattr(import_module(f"flows.readers.{name}"), _READERS[name])
    return reader(path)
