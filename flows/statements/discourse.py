"""What goes on from paragraph to paragraph: which whole is being divided, what a list is about, which scored heading stands above."""

import re
from dataclasses import dataclass, field

from flows.statements.sections import UNMARKED, mark_level, without_mark

# A heading that is the name of a project or fund, and says nothing else.
_PROJECT = re.compile(r"[^，。；：:\d]{4,30}(?:经费|项目|资金|工程|补助|补贴|专项)")


@dataclass(slots=True)
class Whole:
    """A whole that the paragraphs below divide: ``level`` of its paragraph, ``items`` the level of the parts once one is seen."""

    level: float
    subject: str
    unit: str | None
    items: float | None = None


@dataclass(slots=True)
class Discourse:
    """The state a paragraph is read in. ``wholes``: divided into the paragraphs below; ``headings``: scored ones, (level, subject);
    ``projects``: headings that name a project.

    ``top``: what the paragraph before was first about; ``topic``: of the last list item.
    """

    wholes: list[Whole] = field(default_factory=list)
    headings: list[tuple[float, str]] = field(default_factory=list)
    projects: list[tuple[float, str]] = field(default_factory=list)
    top: str | None = None
    topic: str | None = None
    level: float = 0.0
    _section: float = 0.0

    def enter(self, text: str) -> None:
        """Takes in a paragraph: wholes and headings of its level and below end."""
        mark = mark_level(text)
        if mark < UNMARKED:
            self._section = self.level = ended = float(mark)
        else:
            self.level = self._section + 0.5  # under the last mark, above what is marked deeper
            ended = self.level + 0.01
        self.wholes = [whole for whole in self.wholes if whole.level < ended]
        self.headings = [item for item in self.headings if item[0] < ended]
        self.projects = [item for item in self.projects if item[0] < ended]
        name = without_mark(text)
        if mark < UNMARKED and _PROJECT.fullmatch(name):
            self.projects.append((self.level, name))

    @property
    def whole(self) -> Whole | None:
        """The whole that the paragraph at hand is a part of: parts are marked alike."""
        if not self.wholes:
            return None
        whole = self.wholes[-1]
        if whole.items is None:
            whole.items = self.level
        return whole if whole.items == self.level else None

    @property
    def project(self) -> str | None:
        """The project that the section is about."""
        return self.projects[-1][1] if self.projects else None

    @property
    def heading(self) -> str | None:
        """The scored heading above."""
        return self.headings[-1][1] if self.headings else None
