"""Bytes → text where nothing outside of the bytes tells the encoding: byte order marks, UTF-16 told by its pattern, UTF-8, GB18030."""

import re

from flows.readers.errors import Unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_WINDOW = 4096
# What Chinese reports are written in: ASCII, Chinese and its punctuation, full-width forms, common signs. UTF-16 read the wrong way round
# gives almost none of these.
_USUAL = re.compile(
    r"[\t\n\r\f\x20-\x7e\u00a0-\u00ff\u2010-\u203b\u2160-\u217b\u2190-\u22ff\u2460-\u24ff\u2500-\u25ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\ufeff]"
)
_MOSTLY = 0.95


def utf16_without_mark(head: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where the first bytes are such text without a byte order mark, else None."""
    head = head[: min(_WINDOW, len(head)) // 2 * 2]
    if b"\x00" not in head or len(head) < 2:
        return None  # a report holds ASCII: line ends, digits, tags
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, errors="replace")
        if "\x00" not in text and len(_USUAL.findall(text)) >= _MOSTLY * len(text):
            return encoding
    return None


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 (with or without byte order mark) or GB18030 bytes. Raises Unreadable where none fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16")
    unmarked = utf16_without_mark(data)
    if unmarked:
        return _utf16(data, unmarked)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig" and error.reason == "unexpected end of data" and error.start > 0:
                raise Unreadable("damaged_text", "UTF-8 文本在一个字的中间断开，文件不完整") from error
            continue
        if not _CONTROL.search(text):
            return text
    raise Unreadable("unknown_encoding", "文本编码无法识别（不是 UTF-8、UTF-16 或 GB18030）")


def _utf16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        raise Unreadable("damaged_text", "UTF-16 文本不完整或已损坏") from error
