"""Bureaus renamed, merged or divided, as reports say it: by the wordings of ``successions.toml``."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.document import Paragraph
from flows.identity.names import BureauName, is_self_reference, parse, stands_alone
from flows.identity.wording import names_data, report_data
from flows.values.text import clean, squash

_OF_OTHERS = Decimal("0.75")  # how sure at most, where the publisher is neither of the two
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_YEAR = re.compile(r"(20\d{2})年")
_HERE = re.compile(r"(?:本|今)年")
_JOINERS = "、和与及"
_HANDED = re.compile(r"^[年月日]度?[将由把]?(?:原(?!平|州))?|^(?:.*[将由把])?原(?!平|州)")


@dataclass(frozen=True, slots=True)
class Succession:
    """``old`` became ``new`` (renamed), went into it (merged), or had it taken from it (split); ``year``: where the sentence tells it."""

    kind: str
    old: BureauName
    new: BureauName
    year: int | None
    confidence: Decimal
    source_ref: str
    source_text: str


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    confidence: Decimal


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("flows.identity").joinpath("successions.toml").read_text(encoding="utf8")
    ends = "|".join(sorted(map(re.escape, report_data()["organisation"]), key=lambda word: (-len(word), word)))
    calls = names_data()["self_reference"]
    own = "|".join(
        sorted((b + a for b in calls["before"] for a in (*calls["any"], *calls["fitting"])), key=lambda word: (-len(word), word))
    )
    name = rf"[\u4e00-\u9fff()（）]{{2,30}}?(?:{ends})"
    several = rf"{name}(?:(?:、|和|与|及)(?:原)?{name})+"
    whole = r"(?=[，。；、,;.：:()（）和与]|$|的|后|，)"
    slots = {
        "{olds}": rf"(?P<olds>{several})",
        "{news}": rf"(?P<news>{several}){whole}",
        "{old}": rf"(?P<old>{name})",
        "{new}": rf"(?P<new>{own}|{name}){whole}",
    }
    rules = []
    for entry in tomllib.loads(text)["rule"]:
        pattern = entry["pattern"]
        for slot, expression in slots.items():
            pattern = pattern.replace(slot, expression)
        rules.append(_Rule(entry["kind"], re.compile(pattern), Decimal(entry["confidence"])))
    return tuple(rules)


@cache
def _signs() -> re.Pattern[str]:
    """Words without one of which no rule can match."""
    return re.compile("更名|改名|改称|前身|原|合并|整合|并入|划入|分设|分立|析出|拆分|划出|独立")


def successions(paragraphs: Sequence[Paragraph], publisher: BureauName, year: int | None) -> tuple[Succession, ...]:
    """What a report says of bureaus that became others, in the order printed, each once."""
    found: dict[tuple[str, str, str], Succession] = {}
    for paragraph in paragraphs:
        if not _signs().search(paragraph.text):
            continue
        for sentence in _SENTENCE.finditer(paragraph.text):
            for succession in _in_sentence(sentence.group(), paragraph.place.ref, publisher, year):
                found.setdefault((succession.kind, succession.old.identity, succession.new.identity), succession)
    return tuple(found.values())


def _in_sentence(printed: str, ref: str, publisher: BureauName, year: int | None) -> Iterator[Succession]:
    sentence = squash(printed)
    taken: list[tuple[int, int]] = []
    for rule in _rules():
        for match in rule.pattern.finditer(sentence):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            olds = _names(match, "old", publisher, year)
            news = _names(match, "new", publisher, year) or _subject(sentence[: match.start()], publisher, year)
            pairs = [(old, new) for old in olds for new in news if old.identity != new.identity]
            if not pairs:
                continue
            taken.append(match.span())
            told = [int(said.group(1)) for said in _YEAR.finditer(sentence[: match.end()])]
            when = told[-1] if told else year if _HERE.search(sentence[: match.end()]) else None
            own = publisher.identity in {name.identity for name in (*olds, *news)}
            for old, new in pairs:
                sure = rule.confidence if own else min(rule.confidence, _OF_OTHERS)
                yield Succession(rule.kind, old, new, when, sure, ref, clean(printed))


def _names(match: re.Match[str], slot: str, publisher: BureauName, year: int | None) -> list[BureauName]:
    """The names in a slot, as the report means them; none where one of them is no organisation of a known place."""
    groups = match.groupdict()
    one, several = groups.get(slot), groups.get(slot + "s")
    texts = [one] if one else _parted(several) if several else []
    names = [_named(_HANDED.sub("", text), publisher, year) for text in texts]
    return [name for name in names if name is not None] if None not in names else []


def _parted(text: str) -> list[str]:
    """Names joined by 、 and 和: parted only where both sides are names (人力资源和社会保障局 is one)."""
    for at, mark in enumerate(text):
        if mark in _JOINERS:
            left, right = text[:at], text[at + 1 :].removeprefix("原")
            if stands_alone(left) and (rest := _parted(right)):
                return [left, *rest]
    return [text] if stands_alone(text) else []


def _named(text: str, publisher: BureauName, year: int | None) -> BureauName | None:
    if is_self_reference(text, publisher.core):
        return publisher
    if not stands_alone(text):
        return None
    name = parse(text, year, publisher)
    return name if name.core and (name.region or name.place) else None


def _subject(before: str, publisher: BureauName, year: int | None) -> list[BureauName]:
    """The bureau that a sentence speaks of in front of a wording: one that is named last in the clause, else the publisher."""
    clause = re.split(r"[，,：:]", before)[-1].removesuffix("系").removesuffix("是").removesuffix("，")
    for start in range(len(clause)):
        name = parse(clause[start:], year, publisher) if stands_alone(clause[start:]) else None
        if name is not None and (name.region or name.place) and "report_region" not in name.steps:
            return [name]
    return [publisher]
