"""A hostile case: a folder of files, and the verdict that each must get."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

READ = "read"  # not set aside as a whole: there is nothing wrong that a reader would have to refuse
ARCHIVE = "archive"
NO_REPORT = "不是预算单位"
UNSUPPORTED = "暂不支持的格式"
DIED = "读取进程意外终止|读取时间超过限额|所需内存超过限额"

Build = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """``expected``: a pattern of the reason, or READ, or ARCHIVE; by the end of a file's path, the longest that fits; "" fits all."""

    name: str
    build: Build
    expected: Mapping[str, str]

    def verdict(self, path: str) -> str:
        """What is expected of the file at ``path``."""
        return self.expected[max((end for end in self.expected if path.endswith(end)), key=len)]


CASES: dict[str, Case] = {}


def case(expected: str | Mapping[str, str]) -> Callable[[Build], Build]:
    """Registers the builder under its own name."""

    def register(build: Build) -> Build:
        CASES[build.__name__] = Case(build.__name__, build, {"": expected} if isinstance(expected, str) else expected)
        return build

    return register
