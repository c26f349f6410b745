"""Which wordings are one comparable indicator.

A wording is brought to its concept by rules that look at nothing else: what it is about, in words of the field that mean one thing, the kind of its
unit, and whether high or low is good. Two wordings of one concept are one indicator. So a new report never changes what an old one means.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from flows.matching import indicator_match
from flows.resolve.match import LIKELY, Match, Row, candidate, likeness
from flows.resolve.overrides import Overrides
from flows.resolve.wordings import any_of, in_field_words
from flows.values.text import squash

_YEAR = re.compile(r"(?<!\d)20\d\d年度?")
_BRACKET_UNIT = re.compile(r"\(([^()]{1,6})\)[。.]?$")
# A target printed into the name: 服务对象满意度≥90%.
_TARGET_IN_NAME = re.compile(r"(?:([≥>]=?|不低于|不少于|大于等于|达到)|([≤<]=?|不超过|不高于|小于等于)|=)\d[\d.]*[^\d]{0,4}$")
_TARGET_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末|份)?(?:之?前|以前|完成)?|年底前?|年内")
_ORDERED = frozenset(
    "“对比于由向给被把使至从每占较超0123456789一二三四五六七八九十"
)  # words between two things, of which either may come first
_JOINER = re.compile(
    r"(?<=..)(?:以及|及其|及(?!时|格)|(?<![调缓共温平])和(?![谐平解睦好田])|(?<!参)与(?![率度]))(?=..)"
)  # of two things side by side
_PERSONS = frozenset(("人", "名", "位", "万人", "千人", "人数"))
_HEAD = "人"
_SHORT = 4
_TURNED = Decimal("0.88")  # how sure it is that the same characters in another order say the same
_CROWDED = 12  # bits of wordings that so many share say nothing of how alike they are
_ALIKE = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Wording:
    """An indicator as a form prints it: name, unit, operator (≥ …) and, where no figure could be read from the target, its text."""

    name: str
    unit: str | None = None
    operator: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """What a wording means. ``kind``: of its unit (rate, money, persons …; empty: none); ``direction``: at_least, at_most, qualitative.

    ``steps``: how the wording became ``name``; ``confidence``: of the least sure step.
    """

    name: str
    kind: str
    direction: str
    confidence: Decimal
    steps: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is compared of the name: its characters in any order, since 房屋修缮面积 is 修缮房屋面积; as they stand where the order may matter."""
        return _in_any_order(self.name)

    @property
    def label(self) -> str:
        """The concept for people to read: 参保率（比率，至少）."""
        return f"{self.name}（{_KINDS.get(self.kind, self.kind)}，{_DIRECTIONS[self.direction]}）"

    @property
    def key(self) -> str:
        return f"{self.words}|{self.kind}|{self.direction}"


def _in_any_order(name: str) -> str:
    return name if len(name) < _SHORT or _ORDERED & {*name} else "".join(sorted(name))


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.resolve").joinpath("indicators.toml").read_text(encoding="utf8"))


@cache
def _groups() -> tuple[re.Pattern[str], dict[str, tuple[str, Decimal]]]:
    words = {word: (group["to"], Decimal(str(group.get("confidence", "0.97")))) for group in _data()["group"] for word in group["words"]}
    words |= {group["to"]: (group["to"], Decimal(1)) for group in _data()["group"] if group["to"] not in words}
    return re.compile(any_of(words)), words


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    return {
        "lead": re.compile(f"^(?!{any_of(data['lead_kept'])})(?:{any_of(data['lead'])})(?=..)"),
        "timely": re.compile(any_of(data["timely"]["words"])),
        "general": re.compile(f"^(?:{any_of(data['general']['words'])})+(?=(?:{any_of(data['general']['before'])})$)"),
        "about": re.compile(f"^(.{{2,}}?)对.*(?:{any_of(data['content_with']['endings'])})(满意度)$"),
        "deeds": re.compile(any_of(data["deeds"])),
        "share_word": re.compile(f"(?<=..)(?:{any_of(data['share_words'])})$"),
        "done": re.compile(f"^(?:{any_of(data['done'])})(?=...)"),
        "share": re.compile(f"(?:{any_of(data['shares'])})$"),
        "counted": re.compile(f"(?<=..)(?:{any_of(data['counted'])}|{_classifiers(data['classifier'])})$"),
        "number": re.compile("(?<=..)(?<![人次指系基分倍天月])数$"),
        "persons": re.compile("(?<=..)(?:总人数|人数|人员(?:总数|数量|数)|人口数?|人员|(?<!人次)数量|(?<!人次)数)$"),
        "events": re.compile(f"(?<=..)(?:{any_of(data['events'])})$"),
        "better": re.compile(f"^(?:{any_of(data['betterment']['front'])})+(?=...)"),
        "bettered": re.compile(f"(?<=...)(?:{any_of(data['betterment']['back'])})+(?:{any_of(data['betterment']['state'])})?$"),
        "measure": re.compile("|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in data["measure"].items())),
    }


def _classifiers(classifiers: dict[str, str]) -> str:
    """件数, but not in 案件数: a classifier and 数 that only count, unless the character before makes it part of the thing's name."""
    return "|".join(f"(?<![{before}]){word}数" if before else f"{word}数" for word, before in classifiers.items())


@cache
def _unit_kinds() -> dict[str, str]:
    return {squash(unit): kind for kind, units in _data()["unit_kind"].items() for unit in units}


def _kind_of_unit(unit: str | None) -> str:
    text = squash(unit or "")
    if not text:
        return ""
    if text in _unit_kinds():
        return _unit_kinds()[text]
    before, stroke, _ = text.partition("/")
    if stroke and before:
        kind = _unit_kinds().get(before, "things")
        return f"{kind}_per" if kind not in ("persons", "occasions") else kind
    return "things"


def _kind(name: str, wording: Wording) -> str:
    """The kind of the unit: printed beside the figure, in brackets behind the name, or said by the name's end."""
    said = _kind_of_unit(wording.unit or _bracket_unit(wording.name))
    ends = next((kind for kind, ends in _data()["name_kind"].items() if name.endswith(tuple(ends))), "")
    if ends == "date" and said in ("", "time"):
        return "date"
    if said == "money" and any(word in name for word in _data()["per_head"]):
        return "money_per"
    return said or ends


def _bracket_unit(name: str) -> str:
    bracket = _BRACKET_UNIT.search(squash(name))
    return bracket.group(1) if bracket and _is_unit(bracket.group(1)) else ""


def _is_unit(text: str) -> bool:
    return squash(text) in _unit_kinds() or "/" in text


def _direction(name: str, kind: str, wording: Wording) -> str:
    said = _TARGET_IN_NAME.search(squash(wording.name)) if wording.operator is None else None
    if wording.operator in ("≥", ">") or (said and said.group(1)):
        return "at_least"
    if wording.operator in ("≤", "<") or (said and said.group(2)):
        return "at_most"
    if not kind and wording.operator is None:
        return "qualitative"
    return "at_most" if any(word in name for word in _data()["low_is_good"]) else "at_least"


@lru_cache(maxsize=1 << 16)
def _meaning(printed: str) -> tuple[str, Decimal, tuple[str, ...]]:
    """The name in words of the field, how sure that is, and the steps."""
    text = _TARGET_IN_NAME.sub("", _YEAR.sub("", squash(printed))) or squash(printed)
    if (bracket := _BRACKET_UNIT.search(text)) and _is_unit(bracket.group(1)):
        text = text[: bracket.start()] or text
    name = indicator_match(text)
    name = name.removesuffix("指标") if len(name) > len("指标") else name
    name = re.sub("(?<!目)的", "", name) or name
    name, common, sureness = in_field_words(_JOINER.sub("", name))
    steps = [*common]

    def step(new: str, confidence: Decimal | str, said: str) -> str:
        nonlocal sureness
        if new != name and new:
            steps.append(said)
            sureness = min(sureness, Decimal(str(confidence)))
            return new
        return name

    data, patterns = _data(), _patterns()
    while (shorter := patterns["lead"].sub("", name)) != name:
        name = step(shorter, "0.95", f"去掉“{name[: len(name) - len(shorter)]}”")
    name = _same_words(name, step)
    if name.endswith("率") and (timely := _timely(name)) != name:
        name = _same_words(step(timely, data["timely"]["confidence"], "按时、按期、及时为同一说法"), step)
    if found := patterns["about"].match(name):
        name = step(found.group(1) + found.group(2), data["content_with"]["confidence"], "满意的是其工作或服务")
    name = step(patterns["general"].sub("", name), data["general"]["confidence"], "去掉“项目”等通用词")
    name = step(patterns["counted"].sub("", name), "0.95", "去掉表示计数的词")
    return name, sureness, tuple(dict.fromkeys(steps))


def _timely(name: str) -> str:
    """A rate of what is done in time, with the word before the deed: 资金拨付及时率 → 资金及时拨付率."""
    found = _patterns()["timely"].search(name)
    if not found:
        return name
    deed = name[: found.start()] + name[found.end() : -1]
    return f"{_before_deed(deed)}率" if deed else "及时率"


def _before_deed(text: str) -> str:
    """资金拨付 → 资金及时拨付: the word stands before the last two characters, the deed."""
    return f"{text[:-2]}及时{text[-2:]}" if len(text) > 1 else f"及时{text}"


def _same_words(name: str, step: object) -> str:
    pattern, words = _groups()
    again = name
    for _ in range(3):  # a word may only become known through another: 基本医疗保险参保覆盖率
        found = [(match.group(), words[match.group()]) for match in pattern.finditer(again)]
        new = pattern.sub(lambda match: words[match.group()][0], again)
        if new == again:
            break
        changed = [(word, to, sure) for word, (to, sure) in found if word != to]
        said = "；".join(f"{word}＝{to}" for word, to, _ in changed)
        again = step(new, min(sure for *_, sure in changed), said)  # type: ignore[operator]
    return again


@lru_cache(maxsize=1 << 16)
def concept(wording: Wording) -> Concept:
    """What a wording means."""
    name, sureness, steps = _meaning(wording.name)
    kind = _kind(name, wording)
    if not kind and wording.text and _TARGET_DATE.search(squash(wording.text)) and name.endswith(("时间", "时限", "日期")):
        kind = "date"
    name, said = _of_kind(name, kind, squash(wording.unit or "") or _bracket_unit(wording.name))
    if said:
        sureness, steps = min(sureness, Decimal("0.9")), (*steps, said)
    return Concept(name, kind, _direction(name, kind, wording), sureness, steps)


def _of_kind(name: str, kind: str, unit: str) -> tuple[str, str | None]:
    """The name as the kind of its unit lets it be read, and what was done: a count needs no 完成 and no 数, a share gets its 率.

    ``unit``: as printed, since of persons some count heads (人) and some visits (人次).
    """
    patterns = _patterns()
    if kind in ("length", "area") and (bare := patterns["measure"].sub("", name)):
        return bare + _data()["measure"][kind][0], "去掉或补上计量的词" if bare + _data()["measure"][kind][0] != name else None
    if not kind and (better := patterns["bettered"].sub("", patterns["better"].sub("", name))) != name:
        return better, "去掉“提高”等词，比较提高的是什么"
    if kind == "money_per" and (bare := _said_per(name, unit)) != name:
        return bare, "单位已说明按什么计"
    if kind == "rate" and name.endswith("情况") and patterns["share"].search(name.removesuffix("情况")):
        name = name.removesuffix("情况")
    if kind == "rate" and (rate := patterns["share_word"].sub("率", name)) != name:
        return rate, "比例即比率"
    if kind == "rate" and patterns["share"].search(name):
        return _same_words(f"{name}率", lambda new, *_: new), "百分比即比率"
    if kind == "rate" and name.endswith("及时性"):
        return _timely(f"{name[:-1]}率"), "百分比即比率"
    if kind not in ("things", "occasions", "persons", "households"):
        return name, None
    bare = patterns["done"].sub("", name)
    while (shorter := patterns["deeds"].sub("", bare)) != bare and len(shorter) > 1:
        bare = shorter
    said = f"去掉“{name[: len(name) - len(bare)]}”" if bare != name else None
    if kind == "persons" and not bare.endswith(("人次", "率", "度")) and (unit or patterns["persons"].search(bare)):
        bare = patterns["persons"].sub("", bare) + ("人数" if unit in _PERSONS or not unit else "人次")
        said = said or ("按人数计" if bare != name else None)
    if kind in ("things", "households"):
        bare = patterns["number"].sub("", patterns["counted"].sub("", bare))
    if kind == "occasions":
        bare = patterns["events"].sub("", bare)
    return bare, said


def _said_per(name: str, unit: str) -> str:
    """每亩补助标准, 亩均补助标准, 补助标准 of 元/亩 are one: 每亩补助标准; what is per head need not say so."""
    per = unit.partition("/")[2]
    if per not in _data()["per"]:
        return name
    bare = re.sub(f"(?:{any_of(_data()['per'][per])})(?=..)", "", name)
    return bare if per == _HEAD else f"每{per}{bare}"


def compare(left: Wording, right: Wording) -> Match:
    """Do two wordings mean one comparable indicator? Unit and direction are part of what they mean."""
    one, other = sorted((concept(left), concept(right)), key=lambda meant: (meant.key, meant.steps))
    return between(one, other)


_KINDS = {
    "": "无单位", "rate": "比率", "money": "金额", "money_per": "单位金额", "persons": "人数", "households": "户数", "time": "时长", "date": "日期",
    "length": "长度", "area": "面积", "volume": "体积", "weight": "重量", "occasions": "次数", "things": "件数", "score": "分值",
}  # fmt: skip
_DIRECTIONS = {"at_least": "至少", "at_most": "至多", "qualitative": "定性"}


def between(left: Concept, right: Concept) -> Match:
    """The same as ``compare``, of concepts."""
    if left.words == right.words:
        if left.kind != right.kind:
            said = f"单位类别不同：{'／'.join(_KINDS.get(concept.kind, concept.kind) for concept in (left, right))}"
            return Match(False, Decimal("0.6"), said, "unit")
        if left.direction != right.direction:
            said = f"方向不同：{'／'.join(_DIRECTIONS[concept.direction] for concept in (left, right))}"
            return Match(False, Decimal("0.6"), said, "direction")
        reasons = sorted({*left.steps} ^ {*right.steps})
        sure = Decimal(1) if left.steps == right.steps else min(left.confidence, right.confidence)
        if left.name != right.name:
            return Match(True, min(sure, _TURNED), "；".join([*reasons, "用词相同，次序不同"]), "word_order")
        return Match(True, sure, "；".join(reasons) or "用词相同", "synonym" if left.steps != right.steps else "normalised")
    alike = likeness(left.name, right.name)
    return Match(False, (alike * Decimal("0.6")).quantize(Decimal("0.01")), _difference(left.name, right.name), "wording")


def _difference(left: str, right: str) -> str:
    for words in _data()["contrast"]:
        ours, theirs = ({word for word in words if word in name} for name in (left, right))
        if ours and theirs and ours != theirs:
            return f"{'、'.join(sorted(ours - theirs) or sorted(ours))}／{'、'.join(sorted(theirs - ours) or sorted(theirs))}不同"
    return f"“{left}”与“{right}”不同"


def resolve(wordings: Iterable[Row], overrides: Overrides) -> tuple[list[Row], list[Row]]:
    """Wordings (level3, unit, operator, target_shape) → matches, one per wording, and the pairs that were looked at."""
    rows = sorted(wordings, key=lambda row: tuple(str(row[name] or "") for name in ("level3", "unit", "operator", "target_shape")))
    ruled = _Rulings(overrides, [row["level3"] for row in rows])
    matches, concepts = [], {}
    for row in rows:
        meant = concept(Wording(row["level3"], row["unit"], row["operator"], row["target_shape"]))
        name, line = ruled.name(row["level3"], meant.name)
        meant = meant if line is None else Concept(name, meant.kind, meant.direction, Decimal(1), (line,))
        concepts[meant.key] = meant
        matches.append(
            {
                "level3": row["level3"],
                "unit": row["unit"],
                "operator": row["operator"],
                "target_shape": row["target_shape"],
                "indicator_concept": meant.key,
                "concept_name": meant.name,
                "unit_kind": meant.kind or None,
                "direction": meant.direction,
                "matched_by": "override" if line else "synonym" if meant.steps else "normalised",
                "confidence": str(meant.confidence),
                "because": "；".join(meant.steps) or None,
            }
        )
    return matches, _candidates(concepts, matches)


class _Rulings:
    """What people said of wordings: joined ones take the name of the first, parted ones each keep their own."""

    def __init__(self, overrides: Overrides, printed: Iterable[str]) -> None:
        self._joined: dict[str, tuple[str, str]] = {}
        self._parted: dict[str, str] = {}
        there = {squash(name) for name in printed}
        for line in overrides.of("indicator"):
            one, other = squash(line.one), squash(line.other)
            if one not in there or other not in there:
                continue
            overrides.used.add(line.line)
            if line.verdict == "same":
                self._joined[_in_any_order(_meaning(other)[0])] = (_meaning(one)[0], line.match.because)
            elif _in_any_order(_meaning(one)[0]) == _in_any_order(_meaning(other)[0]):
                self._parted[other] = line.match.because

    def name(self, printed: str, meant: str) -> tuple[str, str | None]:
        text = squash(printed)
        if text in self._parted:
            return f"“{text}”", self._parted[text]
        because, seen = None, {meant}
        while (step := self._joined.get(_in_any_order(meant))) and step[0] not in seen:
            meant, because = step
            seen.add(meant)
        return meant, because


def _candidates(concepts: dict[str, Concept], matches: list[Row]) -> list[Row]:
    """Accepted: each wording that is not its concept's name. Rejected: concepts of one name that differ in unit or direction, and names that look alike."""
    found: dict[tuple[str, str], Row] = {}
    for row in matches:
        printed = squash(row["level3"])
        if row["because"] and printed != row["concept_name"]:
            match = Match(True, Decimal(row["confidence"]), row["because"], row["matched_by"])
            found[printed, row["concept_name"]] = candidate("indicator", printed, row["concept_name"], match)
    by_words: dict[str, list[Concept]] = defaultdict(list)
    for key in sorted(concepts):
        by_words[concepts[key].words].append(concepts[key])
    for same in by_words.values():
        for at, left in enumerate(same):
            for right in same[at + 1 :]:
                found[left.label, right.label] = candidate("indicator", left.label, right.label, between(left, right))
    by_name = {same[0].name: same[0] for _, same in sorted(by_words.items())}
    for one, other in _alike(sorted(by_name)):
        match = between(by_name[one], by_name[other])
        if match.confidence >= LIKELY * _ALIKE:
            found[one, other] = candidate("indicator", one, other, match)
    unique = {(row["left_name"], row["right_name"]): row | {"entity_identity": None} for _, row in sorted(found.items(), reverse=True)}
    return [unique[pair] for pair in sorted(unique)]


def _alike(names: list[str]) -> list[tuple[str, str]]:
    """Names that share most of their neighbouring characters, found by the rarer of these."""
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        for gram in set(pairwise(name)):
            where[gram].append(name)
    pairs = {
        (left, right)
        for found in where.values()
        if len(found) <= _CROWDED
        for at, left in enumerate(found)
        for right in found[at + 1 :]
    }  # fmt: skip
    return sorted(pair for pair in pairs if likeness(*pair) >= _ALIKE)
