"""Names of bureaus as printed → name, budget code, and the parts by which two names are compared.

A name is read alone, or in a report: then 我局, 县医保局, 分中心 and a district of a name that two cities have mean something too.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from flows.identity.regions import Region, is_known, lasting, named, prefecture_called, region_of, stem_of_name, with_word
from flows.identity.wording import names_data, report_data
from flows.values.text import clean, squash

# 142011盘锦市医疗保障局-211100000, [251]示例市生态环境局, 251-示例市生态环境局
_CODED = re.compile(r"^(?:[\[【（(]?(\d{3,})[\]】）)]?[\s_－—-]*)?(.*?)(?:[-－—]+\s*(\d{6,12})?)?$")
_SEAL = re.compile(r"[（(](?:盖章|公章|签章)[)）]")
_UNLISTED = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}?[省市县区旗州])+?(?=[\u4e00-\u9fff(])")
_ORDINAL = re.compile(r"第(\d{1,2})(?!\d)")
_SCHOOL = re.compile(r"^([一二三四五六七八九十]{1,3})([中小])$")
_DIGITS = "零一二三四五六七八九"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class BureauName:
    """``name`` without code and trailing dash; ``core``: what it is, without its region, in full words; empty where only a region is named.

    ``region`` where it is known, else ``place``: the region as printed, which no list holds or which may be one of several. ``steps``: how
    the name was read (``names.toml``, steps).
    """

    name: str
    budget_code: str | None
    region: Region | None
    core: str
    place: str = ""
    steps: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What makes two printed names one bureau: the region's lasting code and the core; the place as printed where no code is known."""
        return f"{lasting(self.region).code}|{self.core}" if self.region else f"|{self.place}{self.core}"

    @property
    def is_only_a_region(self) -> bool:
        return not self.core

    @property
    def is_township(self) -> bool:
        """Is it a town's or a street's, or of what stands under one?"""
        return _of_township(self.core)

    @property
    def sector(self) -> str | None:
        """What it has in common with its peers: the core without the name of its town; None for a region and where the place is unknown."""
        if not self.core or not (self.region or self.place):
            return None
        if self.is_township:
            endings = sorted(names_data()["township"]["sectors"], key=lambda word: (-len(word), word))
            return next((word for word in endings if self.core.endswith(word)), self.core)
        return self.core


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Finds the words that end an organisation's name, longest first."""
    words = sorted(report_data()["organisation"], key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")


def is_organisation(text: str) -> bool:
    """Does the text end like the name of an organisation?"""
    folded = squash(text)
    return 4 <= len(folded) <= _LONGEST_NAME and any(folded.endswith(word) for word in report_data()["organisation"])


def is_self_reference(text: str, core: str) -> bool:
    """我局, 本部门 … of a bureau that is a 局, of any bureau."""
    return squash(text) in self_references(core)


@cache
def self_references(core: str) -> tuple[str, ...]:
    """Every way in which a report may call its publisher without naming it, longest first."""
    words = names_data()["self_reference"]
    fitting = [word for word, endings in words["fitting"].items() if any(core.endswith(end) for end in endings)]
    calls = (before + after for before in words["before"] for after in (*words["any"], *fitting))
    return tuple(sorted(calls, key=lambda word: (-len(word), word)))


def short_names(bureau: BureauName) -> tuple[str, ...]:
    """The names by which its own report may call a bureau: the word for its region and its core, in full and short: 县医保局, longest first."""
    region = bureau.region.name if bureau.region else bureau.place
    words = [word for word in names_data()["region_words"]["words"] if region.endswith(word)]
    core = bureau.core
    party = next((body for body in names_data()["body"] if body.get("behind") and core.startswith(body["name"])), None)
    if party is not None:
        core = party["behind"] + core.removeprefix(party["name"])
    cores = {core}
    cores |= {core.removesuffix(full) + short for short, full in names_data()["abbreviation"].items() if core.endswith(full)}
    by_level = names_data()["whole_by_level"][bureau.region.level] if bureau.region else {}
    cores |= {short for short, full in (names_data()["whole"] | by_level).items() if core == full}
    calls = {words[0] + called for called in cores if called} if words else set()
    return tuple(sorted(calls, key=lambda word: (-len(word), word)))


@cache
def parse(printed: str, year: int | None = None, near: BureauName | None = None) -> BureauName:
    """``142011盘锦市医疗保障局-211100000`` → 盘锦市医疗保障局, code 142011, region 211100.

    ``year``: the region's code is that of the year. ``near``: the publisher in whose report the name stands.
    """
    text = _SEAL.sub("", clean(printed)).strip(" \u3000:：")
    match = _CODED.match(text)
    assert match is not None
    code, name, region_code = match.group(1), match.group(2).strip(), match.group(3)
    if not name:
        code, name, region_code = None, text, None
    steps = ["code"] if name != text else []
    if near is not None and is_self_reference(name, near.core):
        return replace(near, name=name, budget_code=None, steps=("self",))
    body, rest = body_before(squash(name))
    region, core = region_of(rest, region_code, year, near.region if near else None)
    place = ""
    if region is None and (court := next((word for word in names_data()["of_prefecture"]["words"] if core.endswith(word)), "")):
        region = prefecture_called(core.removesuffix(court), year)
        core = court if region else core
    if region is None:
        around, core = _around(core)
        body = body or around
        region, place, core, step = _unnamed_region(core, year, near)
        steps += [step] if step else []
    elif region_of(rest, None, year)[0] != region:
        steps.append("region_code" if region_code else "near_region")
    printed_length = len(squash(name)) - len(rest) + len(core)
    folded, region = _core(core, body, region, bool(place), near)
    if folded != core:
        steps.append("abbreviation" if len(folded) > printed_length else "wording")
    return BureauName(name, code, region, folded, place, tuple(steps))


def reading(name: BureauName) -> tuple[str, Decimal, str | None]:
    """How a printed name was read: the step that leaves most doubt (``printed`` where there was none), how sure it is, and all reasons."""
    steps = names_data()["steps"]
    if not name.steps:
        return "printed", Decimal(1), None
    doubtful = min(name.steps, key=lambda step: (Decimal(steps[step]["confidence"]), step))
    return doubtful, Decimal(steps[doubtful]["confidence"]), "；".join(steps[step]["zh"] for step in name.steps)


def body_before(text: str) -> tuple[str, str]:
    """中共某区委社会工作部 → 中共, 某区委社会工作部."""
    for body in names_data()["body"]:
        for word in body["before"]:
            if text.startswith(word) and len(text) > len(word):
                return body["name"], text.removeprefix(word)
    return "", text


def _around(text: str) -> tuple[str, str]:
    """团市委 → 共青团, 市委."""
    for word, body in names_data()["around"].items():
        if text.startswith(word) and text[len(word) : len(word) + 1] in names_data()["region_words"]["words"]:
            return body, text.removeprefix(word)
    return "", text


def _unnamed_region(text: str, year: int | None, near: BureauName | None) -> tuple[Region | None, str, str, str | None]:
    """Region, place, rest and step of a name in which no region of the list is found alone."""
    unlisted = _UNLISTED.match(text)
    if unlisted:
        place = unlisted.group()
        step = "ambiguous" if len(named(place, year)) > 1 else "unlisted"
        return None, place, text.removeprefix(place), step
    if near is not None and _is_of_one(text):
        words = names_data()["region_words"]
        for word in words["words"]:
            bare = text[1:] if text[:1] in words["before"] else text
            if not bare.startswith(word) or len(bare) < len(word) + 1:
                continue
            meant = with_word(word, near.region) if near.region else None
            if meant is not None or (near.place and near.place.endswith(word)):
                return meant, "" if meant else near.place, bare.removeprefix(word), "region_word"
        if (near.region or near.place) and stands_alone(text):
            return near.region, near.place, text, "report_region"
    return None, "", text, None


def _is_of_one(text: str) -> bool:
    words = names_data()["no_name"]
    return not any(mark in text for mark in words["marks"]) and not any(text.startswith(word) for word in words["begins"])


def stands_alone(text: str) -> bool:
    """May this be the name of one organisation, not of many (各市医疗保障局) and not of two (财政局、医保局)?"""
    folded = squash(text)
    return _is_of_one(folded) and 3 <= len(folded) <= _LONGEST_NAME and any(folded.endswith(word) for word in report_data()["organisation"])


def _core(text: str, body: str, region: Region | None, has_place: bool, near: BureauName | None) -> tuple[str, Region | None]:
    """What is left behind the region, in the form under which cores are compared; a branch belongs to the region of its report."""
    data = names_data()
    rest = re.sub(rf"(?<=委员会){re.escape(region.name)}", "", text) if region else text
    for printed, compared in data["inner"].items():
        rest = rest.replace(printed, compared)
    body, rest = _body(rest, body, region is not None or has_place)
    rest = _without_endings(rest)
    government = data["of_government"]
    if rest.startswith(government["word"]) and any(rest.endswith(word) for word in government["before"]):
        rest = rest.removeprefix(government["word"])
    rest = _in_full(rest, region)
    rest = _township_name(_ORDINAL.sub(lambda match: "第" + _numeral(int(match.group(1))), rest))
    rest, region = _branch(rest, region, near)
    return ("" if rest in data["without_party"] else body) + rest, region


def _body(rest: str, body: str, has_region: bool) -> tuple[str, str]:
    """The party's, the conference's or the league's organ: its body and what it is there."""
    for entry in names_data()["body"]:
        behind = entry.get("behind")
        if not body and has_region and behind and rest.startswith(behind) and not rest.startswith(behind + "员会"):
            body = entry["name"]
        for word in entry.get("alone", ()):
            if not body and rest.startswith(word):
                return entry["name"], rest.removeprefix(word)
        if body == entry["name"]:
            printed = next((word for word in entry["committee"] if rest.startswith(word)), "")
            left = rest.removeprefix(printed)
            return body, ("委员会" + left if entry.get("keep_committee") or not left else left)
    return body, rest


def _without_endings(rest: str) -> str:
    for word in names_data()["endings"]:
        shorter = rest.removesuffix(word)
        if shorter != rest and any(shorter.endswith(end) for end in report_data()["organisation"]):
            return shorter
    return rest


def _in_full(rest: str, region: Region | None) -> str:
    data = names_data()
    if region is not None and rest in data["whole_by_level"][region.level]:
        return str(data["whole_by_level"][region.level][rest])
    if rest in data["whole"]:
        return str(data["whole"][rest])
    for short in _abbreviations():
        if rest.endswith(short):
            full = str(data["abbreviation"][short])
            return rest if rest.endswith(full) else rest.removesuffix(short) + full
    return _SCHOOL.sub(lambda match: f"第{match.group(1)}{match.group(2)}学", rest)


@cache
def _abbreviations() -> tuple[str, ...]:
    return tuple(sorted(names_data()["abbreviation"], key=lambda word: (-len(word), word)))


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones or not tens else "")


@cache
def _town() -> re.Pattern[str]:
    data = names_data()["township"]
    before, after = "".join(data["never_after"]), "".join(data["never_before"])
    return re.compile(rf"^([\u4e00-\u9fff]{{1,8}}?(?<![{before}])(?:{'|'.join(data['words'])}))(?![{after}])(.*)$")


def _township_name(core: str) -> str:
    """某某镇, 某某镇政府 → 某某镇人民政府; 某某街道 → 某某街道办事处."""
    match = _town().match(core)
    if not match:
        return core
    data, (town, rest) = names_data()["township"], match.groups()
    if town.endswith("街道"):
        return town + "办事处" if rest in data["street"] else core
    return town + "人民政府" if rest in data["government"] else core


def _of_township(core: str) -> bool:
    match = _town().match(core)
    if not match:
        return False
    data, rest = names_data()["township"], match.group(2)
    return rest in data["government"] or rest in data["street"] or any(rest.endswith(word) for word in data["institutions"])


def _branch(core: str, region: Region | None, near: BureauName | None) -> tuple[str, Region | None]:
    """盘山县分中心 in a report of the city → the city's 盘山分中心; inside a longer name the county's word goes too."""
    word = next((word for word in names_data()["branches"] if core.endswith(word)), None)
    if word is None or region is None:
        return core, region
    stem = core.removesuffix(word)
    if not stem and near is not None and near.region is not None and region.lies_in(near.region) and region != near.region:
        return stem_of_name(region.name) + word, near.region
    for start in range(max(0, len(stem) - 8), len(stem) - 2):
        if is_known(stem[start:]):
            return stem[:start] + stem_of_name(stem[start:]) + word, region
    return core, region
