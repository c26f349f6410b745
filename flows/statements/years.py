"""Which year a figure in running text is about."""

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?:度)?")
_COMPARED = re.compile(r"(?:与|较|(?<!相)比|同|和|对比|超过|高于|低于)(?:上年|上一年|去年)?[（(]?$")
_NAMES = re.compile(r"《[^《》]*》")
_PERIOD = re.compile(
    r"(?:截至|截止|截止到|截至到|自|到)?\s*(?:20\d{2}\s*年)?\s*(?:\d{1,2}\s*[-—–~至、]\s*)?(?:\d{1,2}\s*月份?)?\s*(?:\d{1,2}\s*日)?(?:年?底|年?末|年?初|上半年|下半年|全年|前三季度|[一二三四]季度)?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A year named at ``start``, for figures before ``until`` (the end of its brackets); ``compared``: only as the year something is compared with."""

    start: int
    end: int
    until: int
    year: int
    compared: bool
    period: str | None


def mentions(text: str) -> list[Mention]:
    """The years a text names, names of documents aside."""
    masked = _NAMES.sub(lambda m: "　" * len(m.group()), text)
    found = []
    for match in _YEAR.finditer(masked):
        before = masked[: match.start()].rstrip()
        compared = bool(_COMPARED.search(before[-6:]))
        found.append(
            Mention(match.start(), match.end(), _closing(masked, match.start()), int(match.group(1)), compared, _period(masked, match))
        )
    return found


def _closing(text: str, position: int) -> int:
    """Where the brackets around ``position`` close; the end of the text where there are none."""
    depth = 0
    for char in reversed(text[:position]):
        if char in "）)":
            depth += 1
        elif char in "（(":
            if depth == 0:
                return min((at for mark in "）)" if (at := text.find(mark, position)) >= 0), default=len(text))
            depth -= 1
    return len(text)


def _period(text: str, year: re.Match[str]) -> str | None:
    """截至2021年11月30日, 2021年1-11月, 2022年底: a span of time finer than the year."""
    start = year.start()
    lead = re.search(r"(?:截至|截止到?|自|到)\s*$", text[:start])
    if lead:
        start = lead.start()
    tail = re.match(
        r"\s*(?:(?:\d{1,2}\s*[-—–~至、]\s*)?\d{1,2}\s*月份?(?:\s*\d{1,2}\s*日)?|底|末|初|上半年|下半年|前三季度|[一二三四]季度)",
        text[year.end() :],
    )
    if not tail and not lead:
        return None
    return re.sub(r"\s+", "", text[start : year.end() + (tail.end() if tail else 0)])


def year_at(found: list[Mention], position: int, default: int | None) -> tuple[int | None, str | None]:
    """The year (and finer period) of the figure at ``position``: the last one named before it that is not only compared with."""
    year, period = default, None
    for mention in found:
        if mention.start >= position:
            break
        if not mention.compared and position < mention.until:
            year, period = mention.year, mention.period
    return year, period
