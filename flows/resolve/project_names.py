"""A project's printed name taken apart: what it is for, whose money it is, which batch; and two such names set side by side."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from flows.matching import account_name, project_match
from flows.resolve.match import FULL, Match, likeness
from flows.resolve.wordings import any_of, in_field_words
from flows.values.text import fold_chinese_year, squash

_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,6}[〔\[(【]20\d\d[〕\])】]第?\d+号文?件?")
_SPAN = re.compile(r"(?<!\d)20\d\d年?度?[-—–~～至到](?=20\d\d)")
_BATCH = re.compile(r"第[一二三四五六七八九十\d]{1,2}批次?|首批")
_MONEY = re.compile(r"补助|补贴|资金|转移支付|经费|专项")
_BRACKET = re.compile(r"\(([^()]*)\)")
_INCLUDES = re.compile(r"^(?:含|包括|包含|并含)")
_PART = re.compile(r"(.{2,})(?:部分|方向)$")
_PURPOSE = re.compile(
    r".{3,}(?:资金|转移支付)\(([^()]{5,})\)$"
)  # 示例补助资金（示例设备购置）: what it is for is a work, which is the project
_JOINER = "及和与、并暨"
_NUMERAL = re.compile(r"[0-9A-Za-z]+(?:\.\d+)?|[一二三四五六七八九十百千两甲乙丙丁ⅠⅡⅢⅣ①②③④⑤]")
_NO_REGION = "级属直本场民容分"  # 示例市级…, 示例市场…: not the region's name
_LONGEST = 5  # characters that an abbreviation may stand for beside its first one
_SHORT = 2  # a name of fewer characters says too little to be met by anything but itself
_SOURCES = {"c": "中央", "p": "省级", "m": "市级", "d": "县级", "t": "乡镇", "o": "本级配套", "a": "上级"}


@dataclass(frozen=True, slots=True)
class ProjectName:
    """``strict``: without year, code, list mark, batch and words of handing down: names of one ``strict`` are one project.

    ``tokens``: words and characters of what it is for, synonyms as one; ``sources``: letters of who gives the money; ``batch``: 第一批 or None;
    ``ending``: what kind of money it is, as far as its last words say; ``includes``: (含…); ``sureness``: of the synonyms used.
    """

    strict: str
    tokens: tuple[str, ...]
    sources: frozenset[str]
    batch: str | None
    ending: str | None
    includes: str | None
    joined: str
    sureness: Decimal
    replaced: tuple[str, ...]


@cache
def data() -> dict:
    return tomllib.loads(files("flows.resolve").joinpath("projects.toml").read_text(encoding="utf8"))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(any_of(words))


@cache
def _handed_down() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any(data()['handed_down']).pattern})+|的通知$")


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[str, Decimal]]]:
    words = {
        squash(word): (entry["to"], Decimal(str(entry.get("confidence", 1)))) for entry in data()["synonym"] for word in entry["words"]
    }
    return _any(words), words


@cache
def _words() -> re.Pattern[str]:
    """A token: a known word, a run of figures and letters, or a character."""
    groups = [data()["plain"]["words"], data()["weak"]["words"], data()["broad"]["words"], data()["activities"]]
    groups += [entry["words"] for entry in data()["contrast"]]
    groups += [[entry["to"] for entry in data()["synonym"]]]
    return re.compile(rf"{_any(word for group in groups for word in group).pattern}|[0-9A-Za-z]+(?:\.\d+)?|.")


@cache
def _plain() -> frozenset[str]:
    return frozenset(data()["plain"]["words"])


@cache
def _weak() -> frozenset[str]:
    return frozenset(data()["weak"]["words"])


@cache
def _source_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Source words that hold anywhere, those that hold only where the name begins with them, and the letter of each."""
    letters = {word: letter for letter, words in data()["source"].items() if letter != "funds" for word in words}
    bare = [word for word in letters if len(word) == 2 or word == "旗县级"]
    return _any(word for word in letters if word not in bare), re.compile(f"^(?:{_any(bare).pattern})"), letters


@cache
def _endings() -> list[tuple[str, str]]:
    return sorted(
        ((word, entry["name"]) for entry in data()["ending"] for word in entry["words"]), key=lambda pair: (-len(pair[0]), pair[0])
    )


@lru_cache(maxsize=1 << 16)
def parse(printed: str, regions: tuple[str, ...] = ()) -> ProjectName:
    """A printed name → its parts. ``regions``: how the bureau's own region is called: said in front of a name it says nothing."""
    text = account_name(fold_chinese_year(squash(printed)))
    text = _SPAN.sub("", _DOCUMENT.sub("", text))
    text = _handed_down().sub("", text)
    year_free = re.sub(r"^20\d\d年度?", "", text)
    text = _without_region(_handed_down().sub("", year_free), regions)
    batch, includes, sources = None, None, set()

    def bracket(match: re.Match[str]) -> str:
        nonlocal batch, includes
        inside = match.group(1)
        if found := _BATCH.fullmatch(inside):
            batch = found.group()
            return ""
        if _INCLUDES.match(inside):
            includes = inside
            return ""
        if inside in _source_words()[2]:
            sources.add(_source_words()[2][inside])
            return ""
        if _handed_down().sub("", inside) == "":
            return ""
        return inside if not re.fullmatch(r"20\d\d年?度?", inside) else ""

    anywhere, at_start, letters = _source_words()
    whole = text
    if part := _part(text):  # 补助资金（…部分）: the part is the project, its money that of the whole
        head = _BRACKET.sub("", text)
        text = part + next((word for word, _ in _endings() if head.endswith(word)), "")
        sources |= {letters[found.group()] for pattern in (anywhere, at_start) if (found := pattern.search(head))}
    elif (found := _BATCH.search(text)) and _MONEY.search(text):
        batch = found.group()
        text = whole = text.replace(batch, "")
    strict = project_match(re.sub(r"\(\)", "", whole)) or project_match(printed)
    joined = _BRACKET.sub(bracket, text)
    core = project_match(joined).upper()
    ending = next((name for word, name in _endings() if core.endswith(word)), None)
    core, replaced, sureness = _same_words(core)
    funded = any(core.endswith(word) for word in data()["source"]["funds"])

    def source(match: re.Match[str]) -> str:
        sources.add(letters[match.group()])
        return ""

    without = anywhere.sub(source, core)
    if funded:
        without = at_start.sub(source, without.lstrip(_JOINER))
    tokens = tuple(_words().findall(without or core))
    return ProjectName(strict, tokens, frozenset(sources), batch, ending, includes, squash(joined), sureness, replaced)


def _part(text: str) -> str | None:
    """What a transfer payment is for, where a bracket tells it: a part, or a work."""
    part = next((found.group(1) for inside in _BRACKET.findall(text) if (found := _PART.fullmatch(inside))), None)
    purpose = _PURPOSE.fullmatch(text) if part is None else None
    return purpose.group(1) if purpose and purpose.group(1).endswith(tuple(data()["activities"])) else part


def _without_region(text: str, regions: Sequence[str]) -> str:
    for region in sorted(regions, key=len, reverse=True):
        rest = text.removeprefix(region)
        if rest != text and len(rest) > _SHORT * 2 - 1 and rest[0] not in _NO_REGION:
            return rest
    return text


def _same_words(text: str) -> tuple[str, tuple[str, ...], Decimal]:
    pattern, words = _synonyms()
    text, common, sureness = in_field_words(text)
    replaced = [*common]

    def one(match: re.Match[str]) -> str:
        nonlocal sureness
        to, confidence = words[match.group()]
        replaced.append(f"{match.group()}＝{to}")
        sureness = min(sureness, confidence)
        return to

    while (again := pattern.sub(one, text)) != text:
        text = again
    return text, tuple(dict.fromkeys(replaced)), sureness


def content(tokens: Sequence[str], weak: bool) -> tuple[str, ...]:
    """The tokens without those that change nothing; with ``weak`` also without those that change little."""
    return tuple(token for token in tokens if token not in _plain() and not (weak and token in _weak()))


def by_wording(left: ProjectName, right: ProjectName) -> Match:
    """What the two names alone say, whatever is known of the projects."""
    doubt = min(Decimal("0.6"), likeness("".join(left.tokens), "".join(right.tokens)) * Decimal("0.65")).quantize(Decimal("0.01"))
    if left.strict == right.strict:
        return Match(True, Decimal("0.97"), "去掉年度、编码、批次等以后相同", "normalised")
    if left.ending and right.ending and left.ending != right.ending:
        return Match(False, doubt, f"{left.ending}与{right.ending}不是同一笔钱", "kind_of_money")
    sureness = min(left.sureness, right.sureness)
    remarks = sorted({*left.replaced} ^ {*right.replaced})
    for weak, entry in ((False, data()["plain"]), (True, data()["weak"])):
        ours, theirs = content(left.tokens, weak), content(right.tokens, weak)
        if min(len("".join(ours)), len("".join(theirs))) < _SHORT:
            return Match(False, doubt, "除通用词外没有内容可以比较", "too_short")
        if weak and (swapped := _swapped(left, right)):
            return Match(False, doubt, swapped, "kind_of_money")
        confidence = min(sureness, Decimal(str(entry["confidence"])))
        dropped = _differing_words(left, right)
        if ours == theirs and left.includes != right.includes:
            said = "、".join(f"（{name.includes}）" for name in (left, right) if name.includes)
            return _of_one_source(left, right, min(confidence, Decimal("0.9")), f"名称并入明细项{said}", "merged_item")
        if ours == theirs:
            reasons = [*remarks, *([f"只差通用词{'、'.join(dropped)}"] if dropped else [])]
            return _of_one_source(left, right, confidence, "；".join(reasons) or "用词相同", "wording")
        if len(ours) > _SHORT * 2 and sorted(ours) == sorted(theirs):
            return _of_one_source(left, right, min(confidence, Decimal("0.85")), "；".join([*remarks, "用词相同，次序不同"]), "word_order")
    return _by_difference(left, right, doubt)


def _swapped(left: ProjectName, right: ProjectName) -> str | None:
    """One word that changes little in place of another - 管理, 补助 - does change what is meant."""
    rivals = data()["rivals"]
    ours, theirs = ([token for token in name.tokens if token in rivals] for name in (left, right))
    lost, won = [token for token in ours if token not in theirs], [token for token in theirs if token not in ours]
    return f"“{'、'.join(lost)}”与“{'、'.join(won)}”不同" if lost and won else None


def _differing_words(left: ProjectName, right: ProjectName) -> list[str]:
    generic = _plain() | _weak()
    return sorted(({*left.tokens} ^ {*right.tokens}) & generic)


def _of_one_source(left: ProjectName, right: ProjectName, confidence: Decimal, because: str, by: str) -> Match:
    """The same purpose: one project unless the names say that the money is not the same."""
    if left.sources == right.sources:
        return Match(True, min(confidence, FULL), because, by)
    said = "／".join("、".join(_SOURCES[letter] for letter in sorted(name.sources)) or "未写" for name in (left, right))
    if left.sources and right.sources and not left.sources & right.sources:
        return Match(False, Decimal("0.6"), f"同一事项，资金来源不同（{said}）", "source")
    return Match(True, min(confidence, Decimal("0.8")), f"{because}；只有一个名称写明资金来源（{said}）", "source")


def _by_difference(left: ProjectName, right: ProjectName, doubt: Decimal) -> Match:
    ours, theirs = content(left.tokens, True), content(right.tokens, True)
    changed = [code for code in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if code[0] != "equal"]
    lost = [token for _, start, end, _, _ in changed for token in ours[start:end]]
    won = [token for _, _, _, start, end in changed for token in theirs[start:end]]
    if any(_NUMERAL.fullmatch(token) for token in (*lost, *won)):
        return Match(False, doubt, f"编号或数目不同：{_said(lost)}／{_said(won)}", "number")
    for weak in (False, True):
        if short := _abbreviation("".join(content(left.tokens, weak)), "".join(content(right.tokens, weak))):
            return _of_one_source(left, right, Decimal("0.8"), short, "abbreviation")
    if lost and won:
        return Match(False, doubt, _contrast(lost, won), "contrast")
    extra, (longer, runs) = (
        (lost, (left, [(s, e) for _, s, e, _, _ in changed])) if lost else (won, (right, [(s, e) for *_, s, e in changed]))
    )
    sequence = ours if lost else theirs
    said = "".join(extra)
    if all(token in data()["broad"]["words"] for token in extra):
        confidence = Decimal(str(data()["broad"]["confidence"]))
        return _of_one_source(left, right, confidence, f"只多出领域名“{said}”", "field")
    if len(runs) == 1 and _is_wider(longer, sequence, *runs[0]):
        return _of_one_source(left, right, Decimal("0.75"), f"名称扩大，并入“{said}”", "widened")
    return Match(False, doubt, f"多出“{said}”，范围可能不同", "narrower")


def _abbreviation(left: str, right: str) -> str | None:
    """城管 beside 城市管理: names that differ in one word, of which one side has the first character and others in their order."""
    short, long = sorted((left, right), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest_short, rest_long = short[start:], long[start:]
    end = next((at for at, (a, b) in enumerate(zip(reversed(rest_short), reversed(rest_long), strict=False)) if a != b), len(rest_short))
    inner, full = rest_short[: len(rest_short) - end], rest_long[: len(rest_long) - end]
    if not start or not 1 <= len(inner) <= _SHORT or not len(inner) < len(full) <= _LONGEST or len(inner) + end + start < _SHORT * 2:
        return None
    there = iter(full)
    if not all(char in there for char in inner) or any(
        word in full for entry in data()["contrast"] for word in entry["words"] if len(word) > 1
    ):
        return None
    return f"“{short[start - 1]}{inner}”是“{long[start - 1]}{full}”的简称"


def _said(tokens: Sequence[str]) -> str:
    return "".join(tokens) or "无"


def _contrast(lost: Sequence[str], won: Sequence[str]) -> str:
    for entry in data()["contrast"]:
        words = frozenset(entry["words"])
        ours, theirs = words & {*lost}, words & {*won}
        if ours and theirs and ours != theirs:
            return f"{entry['name']}不同：{'、'.join(sorted(ours))}／{'、'.join(sorted(theirs))}"
    return f"“{_said(lost)}”与“{_said(won)}”不同"


def _is_wider(name: ProjectName, sequence: Sequence[str], start: int, end: int) -> bool:
    """A及B beside A, or an activity right after another: 更新维护 beside 更新."""
    at_end, at_start = end == len(sequence), start == 0
    if at_end and any(f"{mark}{sequence[start]}" in name.joined for mark in _JOINER):
        return True
    if at_start and any(f"{sequence[end - 1]}{mark}" in name.joined for mark in _JOINER):
        return True
    activities = data()["activities"]
    return at_end and all(token in activities for token in sequence[max(start - 1, 0) : end]) and start > 0


def details(printed: str) -> tuple[str, ...]:
    """The names that a merged name holds: 甲经费及乙经费 → both, 甲（含乙） → both; one name alone gives nothing."""
    text = squash(printed)
    inside = [re.sub(_INCLUDES, "", found) for found in _BRACKET.findall(text) if _INCLUDES.match(found)]
    outside = re.split(f"[{_JOINER}]", _BRACKET.sub("", text))
    parts = [part for part in (*outside, *(piece for found in inside for piece in re.split(f"[{_JOINER}]", found))) if len(part) > _SHORT]
    return tuple(parts) if len(parts) > 1 else ()
