"""Are two names of bureaus one? Judged from the names alone, as they were read in their reports."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.identity.names import BureauName, reading
from flows.identity.regions import lasting
from flows.identity.wording import names_data
from flows.resolve.match import Match

_PLAIN = "一二三四五六七八九十百甲乙丙东西南北中上下前后左右大小新老0123456789"  # characters that tell two names apart, never slips


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.resolve").joinpath("bureaus.toml").read_text(encoding="utf8"))


@cache
def _standard() -> frozenset[str]:
    return frozenset(_data()["standard"])


def kind_of_match(name: str) -> tuple[Decimal, str]:
    """How sure a kind of match is, and its reason in Chinese."""
    entry = _data()["kinds"][name]
    return Decimal(entry["confidence"]), entry["zh"]


def compare(left: BureauName, right: BureauName, left_kind: str | None = None, right_kind: str | None = None) -> Match:
    """Are two names one bureau? ``left_kind``, ``right_kind``: department or unit, where they are known."""
    if left_kind and right_kind and left_kind != right_kind:
        return Match(False, Decimal("0.9"), "部门与所属单位名称相同，分开计", "kind")
    if left.is_only_a_region != right.is_only_a_region:
        return Match(False, Decimal("0.3"), "只有区划名称，不是部门", "region_only")
    if left.identity == right.identity:
        return _same(left, right)
    if left.core == right.core and (_is_ambiguous(left) or _is_ambiguous(right)):
        return Match(False, Decimal("0.6"), "同名区划不止一个，看不出是哪一个", "ambiguous")
    if _where(left) != _where(right):
        return Match(False, Decimal("0.2") if left.core != right.core else Decimal("0.5"), "区划不同", "other_region")
    kind = _alike(left.core, right.core)
    if kind is None:
        return Match(False, _likeness(left.core, right.core), "同一区划的不同名称", "other_name")
    confidence, because = kind_of_match(kind)
    return Match(True, min(confidence, *_doubts(left, right)), because, kind)


def _same(left: BureauName, right: BureauName) -> Match:
    if _is_ambiguous(left) or _is_ambiguous(right):
        confidence, because = Decimal(names_data()["steps"]["ambiguous"]["confidence"]), names_data()["steps"]["ambiguous"]["zh"]
        return Match(True, confidence, because, "ambiguous")
    kind = "same" if left.name == right.name else "upper_region"
    if left.region != right.region:
        kind = "region_renamed"
    confidence, because = kind_of_match(kind)
    steps = dict.fromkeys((*left.steps, *right.steps))
    reasons = [names_data()["steps"][step]["zh"] for step in steps]
    by = kind
    if steps and kind != "region_renamed":
        by = min(steps, key=lambda step: (Decimal(names_data()["steps"][step]["confidence"]), step))
        return Match(True, min(confidence, *_doubts(left, right)), "；".join(reasons), by)
    return Match(True, min(confidence, *_doubts(left, right)), "；".join([because, *reasons]), by)


def _doubts(left: BureauName, right: BureauName) -> tuple[Decimal, Decimal]:
    return reading(left)[1], reading(right)[1]


def _is_ambiguous(name: BureauName) -> bool:
    return "ambiguous" in name.steps


def _where(name: BureauName) -> str:
    return lasting(name.region).code if name.region else name.place


def _alike(left: str, right: str) -> str | None:
    """How two cores of one region are one: branch, slip; None where they are two."""
    if is_branch_of(left, right) or is_branch_of(right, left):
        return "branch"
    return "slip" if slip_of(left) == right or slip_of(right) == left else None


def is_branch_of(short: str, whole: str) -> bool:
    """Is 盘山分中心 what 医疗保障事务服务中心盘山分中心 is called for short?"""
    return len(short) < len(whole) and whole.endswith(short) and any(short.endswith(word) for word in names_data()["branches"])


@cache
def slip_of(core: str) -> str | None:
    """The standard name of which a core is a slip of one character; None where it is none, or could be of two."""
    if core in _standard():
        return None
    near = [name for name in sorted(_standard()) if _one_slip_apart(core, name)]
    return near[0] if len(near) == 1 and len(near[0]) >= _data()["shortest"] else None


def _one_slip_apart(slip: str, name: str) -> bool:
    """One character wrong, missing, or doubled; the last one, which says what kind of organisation it is, is right."""
    if not slip or slip[-1] != name[-1] or abs(len(slip) - len(name)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(slip, name, strict=False)) if a != b), min(len(slip), len(name)))
    if len(slip) == len(name):
        return slip[at + 1 :] == name[at + 1 :] and slip[at] not in _PLAIN and name[at] not in _PLAIN
    if len(slip) < len(name):
        return slip[at:] == name[at + 1 :] and name[at] not in _PLAIN
    return slip[at + 1 :] == name[at:] and slip[at] in slip[max(0, at - 1) : at]


def _likeness(left: str, right: str) -> Decimal:
    """How much of the longer core the two have in common, 0 to 0.9."""
    common = len(set(left) & set(right))
    return (Decimal(common) / max(len(set(left) | set(right)), 1) * Decimal("0.9")).quantize(Decimal("0.01"))
