"""Administrative regions in a bureau's name: GB/T 2260 with the years in which each code and name held.

``regions.csv``: code, name, valid_from_year, valid_to_year (both may be empty: as far back, as long as the list goes), successor_codes. A year is
the one on whose last day the code held. The same code under another name has a line of its own.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.identity.wording import names_data
from flows.values.text import squash

_LONGEST = 15  # characters of a region's name that are looked at
_PROVINCE_WORDS = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")
_KIND_OF_REGION = re.compile(r"(?:自治[区州县旗]|地区|[省市县区州旗盟])$")


@dataclass(frozen=True, slots=True)
class Region:
    """A region as it was called and coded in a span of years: province (110000), prefecture (110100) or county (110101)."""

    code: str
    name: str
    valid_from: int | None = None
    valid_to: int | None = None
    successors: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def province(self) -> "Region":
        region = coded(self.code[:2] + "0000", self.valid_to)
        assert region is not None
        return region

    @property
    def prefecture(self) -> "Region | None":
        return coded(self.code[:4] + "00", self.valid_to) if self.level != "province" else None

    @property
    def chain(self) -> tuple["Region", ...]:
        """The region itself and those it lies in, smallest first."""
        return tuple(dict.fromkeys(region for region in (self, self.prefecture, self.province) if region is not None))

    def held_in(self, year: int) -> bool:
        """Did it have this code and name at the end of the year?"""
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)

    def lies_in(self, outer: "Region") -> bool:
        """Is it part of the other region (or that region itself)?"""
        return self.code.startswith(_stem(outer.code))


def _stem(code: str) -> str:
    """The digits that all codes of a region's parts begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _year(text: str) -> int | None:
    return int(text) if text else None


@cache
def regions() -> tuple[Region, ...]:
    """The whole list, past and present."""
    with files("flows.identity").joinpath("regions.csv").open(encoding="utf8") as stream:
        return tuple(
            Region(
                row["code"],
                row["name"],
                _year(row["valid_from_year"]),
                _year(row["valid_to_year"]),
                tuple(row["successor_codes"].split()),
            )
            for row in csv.DictReader(stream)
        )


@cache
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = {}
    for region in regions():
        found.setdefault(region.code, []).append(region)
    return {code: tuple(spans) for code, spans in found.items()}


def _of_year(spans: Iterable[Region], year: int | None) -> list[Region]:
    """Those that held in the year (without one: that hold now); where none did, those nearest to it in time."""
    spans = list(spans)
    if year is None:
        current = [region for region in spans if region.valid_to is None]
        return current or [region for region in spans if region.valid_to == max(r.valid_to or 0 for r in spans)]
    held = [region for region in spans if region.held_in(year)]
    if held or not spans:
        return held

    def distance(region: Region) -> int:
        return min(abs(edge - year) for edge in (region.valid_from, region.valid_to) if edge is not None)

    nearest = min(map(distance, spans))
    return [region for region in spans if distance(region) == nearest]


def coded(code: str, year: int | None = None) -> Region | None:
    """The region with a code, in a year or now."""
    found = _of_year(_by_code().get(code, ()), year)
    return found[0] if found else None


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    names: dict[str, list[Region]] = {}
    for region in regions():
        names.setdefault(region.name, []).append(region)
        if region.level == "province":
            names.setdefault(_PROVINCE_WORDS.sub("", region.name), []).append(region)  # without its last word, as in a short name
    printed = set(names)
    for region in regions():
        short = _without_peoples(region.name)
        if short is not None and short not in printed:
            names.setdefault(short, []).append(region)
    return {name: tuple(spans) for name, spans in names.items()}


@cache
def _peoples() -> re.Pattern[str]:
    words = sorted(names_data()["peoples"], key=lambda word: (-len(word), word))
    return re.compile(rf"^(.{{2,}}?)(?:{'|'.join(words)})+自治([州县旗])$")


def _without_peoples(name: str) -> str | None:
    """An autonomous region as it is called for short: its name without the peoples and without 自治."""
    match = _peoples().match(name)
    return match.group(1) + match.group(2) if match else None


def _begins(text: str, year: int | None, within: Region | None) -> tuple[list[Region], int]:
    """Regions of the longest name that ``text`` begins with, parts of ``within`` where that is given, and the length of the name."""
    for length in range(min(len(text), _LONGEST), 1, -1):
        spans = [r for r in _by_name().get(text[:length], ()) if within is None or (r.lies_in(within) and r.code != within.code)]
        if spans:
            return _of_year(spans, year), length
    return [], 0


def is_known(name: str) -> bool:
    """Is this the name of a region of the list, in whatever year?"""
    return name in _by_name()


def named(name: str, year: int | None = None) -> list[Region]:
    """The regions of that name in a year."""
    return _of_year(_by_name().get(name, ()), year)


def _closeness(region: Region, near: Region) -> int:
    """How far two regions are apart: 0 the same … 4 in different provinces."""
    if lasting(region).code == lasting(near).code:
        return 0
    if region.lies_in(near) or near.lies_in(region):
        return 1
    if region.code[:4] == near.code[:4] and region.prefecture is not None:
        return 2
    return 3 if region.code[:2] == near.code[:2] else 4


def nearest(candidates: Sequence[Region], near: Region | None) -> Region | None:
    """The one of several regions of a name that is meant where ``near`` is the region the talk is of; None where it cannot be told."""
    if len(candidates) == 1:
        return candidates[0]
    if near is None or not candidates:
        return None
    best = min(_closeness(region, near) for region in candidates)
    close = [region for region in candidates if _closeness(region, near) == best]
    return close[0] if len(close) == 1 and best < 4 else None


def region_of(name: str, printed_code: str | None = None, year: int | None = None, near: Region | None = None) -> tuple[Region | None, str]:
    """The region a name begins with, narrowed as far as it goes (辽宁省盘锦市…, 保定市徐水区…), and the rest of the name.

    The code is that of the ``year``, or today's. A county name that stands in several provinces (普陀区) needs the region before it, or
    ``near``, a region that the talk is of; alone it stays unknown. ``printed_code`` is a region code printed with the name (211100000), which
    settles it.
    """
    text = squash(name)
    rest = text
    current: Region | None = None
    while True:
        found, length = _begins(rest, year, current)
        if not found:
            break
        if len(found) > 1:
            upper = [region for region in found if region.level == "prefecture"]
            if len(upper) == 1 and all(r.code[:4] == upper[0].code[:4] for r in found):
                found = upper  # a prefecture listed with a county of its own name
            elif (meant := nearest(found, current or near)) is not None:
                found = [meant]
            else:
                break
        current, rest = found[0], rest[length:]
        if current.level == "county":
            break
    if current is None and printed_code:
        current = coded(printed_code[:6], year)
        if current is not None:
            rest = rest.removeprefix(current.name)
    return current, rest


def with_word(word: str, near: Region) -> Region | None:
    """The region that 县, 市, 省 … alone means in talk of ``near``: the smallest it lies in that is called so."""
    return next((region for region in near.chain if region.name.endswith(word)), None)


def stem_of_name(name: str) -> str:
    """A region's name without the word for its kind: 盘山县 and 盘山 meet."""
    short = _without_peoples(name) or name
    return _KIND_OF_REGION.sub("", short) or short


def prefecture_called(stem: str, year: int | None) -> Region | None:
    """The prefecture of which a name without the word for its kind can only be: 示例 → 示例市."""
    found = _of_year([region for region in regions() if region.level == "prefecture" and stem_of_name(region.name) == stem], year)
    return found[0] if len({region.code for region in found}) == 1 else None


@cache
def lasting(region: Region) -> Region:
    """The region that one is today where it was only renamed or given another code: what keeps it one over the years."""
    after = _renamed_to(region)
    return lasting(after) if after is not None else region


@cache
def _predecessors() -> dict[tuple[str, int], tuple[Region, ...]]:
    found: dict[tuple[str, int], list[Region]] = {}
    for region in regions():
        for code in region.successors:
            assert region.valid_to is not None
            found.setdefault((code, region.valid_to + 1), []).append(region)
    return {key: tuple(before) for key, before in found.items()}


def successors_of(region: Region) -> list[Region]:
    """The regions that took its place, empty where it still is."""
    year = region.valid_to + 1 if region.valid_to is not None else None
    return [after for code in region.successors if (after := coded(code, year)) is not None]


def _renamed_to(region: Region) -> Region | None:
    """Its one successor, where that began with it alone or keeps its code; None where it was merged or divided."""
    after = successors_of(region)
    if len(after) != 1 or region.valid_to is None or after[0].valid_from != region.valid_to + 1:
        return None
    alone = len(_predecessors()[(after[0].code, region.valid_to + 1)]) == 1
    return after[0] if alone or after[0].code == region.code else None
