"""Which year a figure in running text is about."""

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?:度)?")
_COMPARED = re.compile(r"(?:与|较|(?<!相)比|同|和|对比|超过|高于|低于)(?:上年|上一年|去年)?[（(]?$|相比$")
# What a year inside such a clause dates is not the figures after it: 成立于2019年，现有45人.
_ASIDE = re.compile(r"成立于|组建于|设立于|成立[，。]|成立$|以来|影响|(?:印发|出台|下发|制定|颁布|发布|批准|修订)的|成立，|新成立")
_CLAUSE = re.compile(r"[，。；,;]")
_LEVEL_FOLLOWS = re.compile(r"^[^，。；,;增减升降提持高低多少压缩偏超长短]*$")
_LAST_YEAR = re.compile(r"(?:上年度?|上一年度?|去年)(?!结转|结余|末结|度?结转)")
_NEXT_YEAR = re.compile(r"(?:明年|下年度?|次年)(?!结转)")
_WHOLE_YEAR = re.compile(r"[，。；,;]\s*(?:全年|年度内)")
_LISTED = re.compile(r"(?:20\d{2}\s*年?度?\s*[、和及与,，]\s*)+20\d{2}\s*年度?")
_SPANNED = re.compile(r"(20\d{2})\s*年?度?\s*[-—–~～至到]\s*(20\d{2})\s*年度?")
_BY_NOW = re.compile(r"[；。，]\s*(?:现有|目前|截至目前|截止目前|现实有)")
_FROM = re.compile(r"[由从]\s*$")
_REACHED = re.compile(r"(?:提高|增加|增长|上升|提升|降低|下降|减少|压缩|缩短|调整|降|升|增|减)(?:到|至|为)|[，。；]")
_STATED = re.compile(r"\s*(?:为|是)")
_FULL_STOP = re.compile(r"[。！？]")
_GROUP = re.compile(r"[。；！？;]")
_NAMES = re.compile(r"《[^《》]*》")


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
    found: list[Mention] = []
    for match in _YEAR.finditer(masked):
        before = masked[: match.start()].rstrip()
        compared = bool(_COMPARED.search(before[-6:]))
        until = _closing(masked, match.start())
        clause = _CLAUSE.search(masked, match.end())
        clause_end = clause.start() if clause else len(masked)
        clause_start = max((at.end() for at in _CLAUSE.finditer(masked, 0, match.start())), default=0)
        if _ASIDE.search(masked[clause_start:clause_end]):
            until = min(until, clause_end)
        if _STATED.match(masked, match.end()):  # 2021年为7,905元: said aside, of that year alone
            until = min(until, clause_end)
        stop = max((at.end() for at in _FULL_STOP.finditer(masked, 0, match.start())), default=0)
        if found and found[-1].start >= stop and not compared and found[-1].year != int(match.group(1)):
            group = _GROUP.search(masked, match.end())  # a second year of a sentence holds for its own part of it
            until = min(until, group.start() if group else len(masked))
        found.append(Mention(match.start(), match.end(), until, int(match.group(1)), compared, _period(masked, match)))
    return found


def shared_out(phrase: str) -> tuple[list[int], str]:
    """The years a phrase lists (2021年、2022年支出; 2021-2023年支出), and the phrase without them."""
    if span := _SPANNED.search(phrase):
        found = list(range(int(span.group(1)), int(span.group(2)) + 1))
    elif span := _LISTED.search(phrase):
        found = [int(year) for year in re.findall(r"20\d{2}", span.group())]
    else:
        return [], phrase
    return found, phrase[: span.start()] + phrase[span.end() :]


def relative_year(clause: str, year: int | None) -> int | None:
    """The year before or after, where the clause of a figure says 上年 or 明年 of the figure itself and does not only compare with it."""
    if year is None:
        return None
    for pattern, step in ((_LAST_YEAR, -1), (_NEXT_YEAR, 1)):
        matches = list(pattern.finditer(clause))
        if matches and _LEVEL_FOLLOWS.match(clause[matches[-1].end() :]):
            return year + step
    return None


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
        r"\s*(?:(?:\d{1,2}\s*[-—–~至、]\s*)?\d{1,2}\s*月份?(?:\s*\d{1,2}\s*日|[底末初])?|底|末|初|上半年|下半年|前三季度|第?[一二三四]季度)",
        text[year.end() :],
    )
    if not tail and not lead:
        return None
    return re.sub(r"\s+", "", text[start : year.end() + (tail.end() if tail else 0)])


def year_at(text: str, found: list[Mention], position: int, default: int | None) -> tuple[int | None, str | None]:
    """The year (and finer period) of the figure at ``position``: the last one named before it that is not only compared with.

    In 较2023年预算数3200万元增加100万元 the first figure is of 2023: it follows the year directly; the second is the difference.
    """
    year, period = default, None
    for mention in found:
        if mention.start >= position:
            break
        if position < mention.until and (not mention.compared or _LEVEL_FOLLOWS.match(text[mention.end : position])):
            if _BY_NOW.search(text[mention.end : position]):
                year, period = default, None
                continue
            if _FROM.search(text[: mention.start]) and _REACHED.search(text[mention.end : position]):
                continue  # 由2022年的610元提高到655元: the level reached is of the year before that was spoken of
            over = mention.period and _WHOLE_YEAR.search(text[mention.end : position])
            year, period = mention.year, None if over else mention.period
    return year, period
