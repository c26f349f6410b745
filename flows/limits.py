"""How much one file may ask for. A file that asks for more is set aside, with a reason that names the limit and the variable that raises it.

Every limit is an environment variable (JIXIAO_…): workers inherit it, and readers ask for it where they need it.
"""

import os
from dataclasses import dataclass

MB = 1 << 20


class BadSetting(Exception):
    """An environment variable holds what cannot be meant; one line that says what to write."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``what`` is limited, in ``unit``; ``variable`` overrides the ``default``."""

    variable: str
    default: int
    unit: str
    what: str

    @property
    def value(self) -> int:
        """What is allowed now. Raises BadSetting."""
        return whole_number(self.variable, self.default)

    def reason(self, figure: int | None = None) -> str:
        """What a person is told of a file over the limit, with its figure where that is known."""
        asked = f" {figure} {self.unit}" if figure is not None else ""
        return f"{self.what}{asked}超过限额 {self.value} {self.unit}；确需读取，请调高环境变量 {self.variable}"


# The defaults let every published report through that was ever seen (the longest has some hundred pages), scans of some hundred pages too.
LIMITS = {
    "file_mb": Limit("JIXIAO_FILE_MB", 500, "MB", "文件大小"),
    "pages": Limit("JIXIAO_FILE_PAGES", 2000, "页", "页数"),
    "ocr_pages": Limit("JIXIAO_OCR_PAGES", 300, "页", "要识别的扫描页数"),
    "seconds": Limit("JIXIAO_FILE_SECONDS", 600, "秒", "读取时间"),
    "memory_mb": Limit("JIXIAO_FILE_MEMORY_MB", 2048, "MB", "读取所需内存"),
    "members": Limit("JIXIAO_ARCHIVE_MEMBERS", 2000, "个", "压缩包成员数"),
    "unpacked_mb": Limit("JIXIAO_ARCHIVE_MB", 2000, "MB", "压缩包解开后的总大小"),
}


def allowed(name: str) -> int:
    """What limit ``name`` allows, in its unit. Raises BadSetting."""
    return LIMITS[name].value


def check() -> None:
    """Raises BadSetting where any limit's variable holds what cannot be meant."""
    for limit in LIMITS.values():
        _ = limit.value


def megabytes(size: int) -> int:
    """Bytes in whole MB, rounded up: what is over a limit in MB shows a larger figure than the limit."""
    return -(-size // MB)


def whole_number(variable: str, default: int) -> int:
    """The environment's number, the default where the variable is unset or empty. Raises BadSetting."""
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 10**9):
        raise BadSetting(f"环境变量 {variable} 的值“{text}”不对：要写成大于 0 的整数，如 {default}")
    return int(text)
