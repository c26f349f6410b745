"""Where in a report a paragraph stands: its headings, a phrase per level."""

import re
from dataclasses import dataclass, field

_HEADINGS = (
    re.compile(r"^第[一二三四五六七八九十]+(?:部分|[章篇])"),
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,2}[.、．](?:(?!\d)|(?=20\d{2}\s*年))"),
    re.compile(r"^\d{1,2}[-－.．]\d{1,2}(?:[.、．](?!\d)|(?=[\u4e00-\u9fff]))"),
    re.compile(r"^\d{1,2}(?:[-－.．]\d{1,2}){2,3}(?:[.、．](?!\d)|(?=[\u4e00-\u9fff]))"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)
_MARKS = (*_HEADINGS, re.compile(r"^[\u2460-\u2473]"))  # ① lists items, but heads no section
UNMARKED = len(_MARKS)
_LENGTH = 32


def mark_level(text: str) -> int:
    """The level of the mark a paragraph begins with (0 第一部分 … 3 1. 4 1-1、 … 7 ①); ``UNMARKED`` where it has none."""
    stripped = text.strip()
    return next((level for level, pattern in enumerate(_MARKS) if pattern.match(stripped)), UNMARKED)


def without_mark(text: str) -> str:
    """A paragraph without the mark it begins with."""
    stripped = text.strip()
    match = next((found for pattern in _MARKS if (found := pattern.match(stripped))), None)
    return stripped[match.end() :].strip() if match else stripped


@dataclass(slots=True)
class Sections:
    """The headings we are under, top down: (level, text)."""

    path: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, text: str) -> None:
        """Takes in a paragraph: one that begins with a heading's mark heads a section."""
        for level, pattern in enumerate(_HEADINGS):
            if pattern.match(text):
                cut = re.split(r"[。；:：，,]", text)[0].strip()
                self.path = [item for item in self.path if item[0] < level]
                self.path.append((level, cut[:_LENGTH]))
                return

    @property
    def name(self) -> str | None:
        return "/".join(text for _, text in self.path) or None

    @property
    def last(self) -> str:
        return self.path[-1][1] if self.path else ""
