"""Administrative regions in a bureau's name (GB/T 2260, ``regions.csv``: code, name; 2024)."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.values.text import squash


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the code list: province (110000), prefecture (110100) or county (110101)."""

    code: str
    name: str

    @property
    def level(self) -> str:
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def province(self) -> "Region":
        return _by_code()[self.code[:2] + "0000"]

    @property
    def prefecture(self) -> "Region | None":
        return _by_code().get(self.code[:4] + "00") if not self.code.endswith("0000") else None


@cache
def _by_code() -> dict[str, Region]:
    with files("flows.identity").joinpath("regions.csv").open(encoding="utf8") as stream:
        return {row["code"]: Region(row["code"], row["name"]) for row in csv.DictReader(stream)}


_PROVINCE_WORDS = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")


@cache
def _by_name() -> dict[str, list[Region]]:
    names: dict[str, list[Region]] = {}
    for region in _by_code().values():
        names.setdefault(region.name, []).append(region)
        if region.level == "province":
            names.setdefault(_PROVINCE_WORDS.sub("", region.name), []).append(region)  # 重庆渝中区, 江苏高院
    return names


def _begins(text: str) -> list[tuple[Region, int]]:
    """Regions whose whole name ``text`` begins with, longest name first."""
    return [(region, length) for length in range(min(len(text), 15), 1, -1) for region in _by_name().get(text[:length], [])]


def _within(inner: Region, outer: Region) -> bool:
    if outer.level == "province":
        return inner.code[:2] == outer.code[:2] and inner.code != outer.code
    return inner.code[:4] == outer.code[:4] and inner.code != outer.code


def region_of(name: str, printed_code: str | None = None) -> tuple[Region | None, str]:
    """The region a name begins with, narrowed as far as it goes (辽宁省盘锦市…, 保定市徐水区…), and the rest of the name.

    A county name that stands in several provinces (普陀区) needs the region before it; alone it stays unknown. ``printed_code`` is a region
    code printed with the name (211100000), which settles it.
    """
    text = squash(name)
    rest = text
    current: Region | None = None
    while True:
        candidates = [(r, n) for r, n in _begins(rest) if current is None or _within(r, current)]
        if not candidates:
            break
        longest = candidates[0][1]
        candidates = [(r, n) for r, n in candidates if n == longest]
        if len(candidates) > 1:
            upper = [item for item in candidates if item[0].level == "prefecture"]
            if len(upper) == 1 and all(r.code[:4] == upper[0][0].code[:4] for r, _ in candidates):
                candidates = upper  # a prefecture listed with a county of its own name
            else:
                break
        current, rest = candidates[0][0], rest[longest:]
        if current.level == "county":
            break
    if current is None and printed_code:
        current = _by_code().get(printed_code[:6])
        if current is not None:
            rest = rest.removeprefix(current.name)
    return current, rest
