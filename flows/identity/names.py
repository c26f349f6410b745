"""Names of bureaus as printed → name, budget code, and the parts by which two names are compared."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.identity.regions import Region, region_of
from flows.values.text import clean, squash

_CODED = re.compile(r"^(\d{3,})?(.*?)(?:[-－—]+\s*(\d{6,12})?)?$")
_PARTY = re.compile(r"^中共")


@dataclass(frozen=True, slots=True)
class BureauName:
    """``name`` without code and trailing dash; ``core`` is the name without its region; ``region`` where it is known."""

    name: str
    budget_code: str | None
    region: Region | None
    core: str

    @property
    def identity(self) -> str:
        """What makes two printed names one bureau: region code and core, or the whole name where the region is unknown."""
        return f"{self.region.code}|{self.core}" if self.region else f"|{self.core_name}"

    @property
    def core_name(self) -> str:
        return squash(self.name)


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.identity").joinpath("wording.toml").read_text(encoding="utf8"))


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Finds the words that end an organisation's name, longest first."""
    words = sorted(_data()["organisation"], key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")


def is_organisation(text: str) -> bool:
    """Does the text end like the name of an organisation?"""
    folded = squash(text)
    return 4 <= len(folded) <= 40 and any(folded.endswith(word) for word in _data()["organisation"])


@cache
def parse(printed: str) -> BureauName:
    """``142011盘锦市医疗保障局-211100000`` → 盘锦市医疗保障局, code 142011, region 211100."""
    text = re.sub(r"[（(](?:盖章|公章|签章)[)）]", "", clean(printed)).strip(" \u3000:：")
    match = _CODED.match(text)
    assert match is not None
    code, name, region_code = match.group(1), match.group(2).strip(), match.group(3)
    if not name:
        code, name = None, text
    region, rest = region_of(_PARTY.sub("", name), region_code)
    core = rest or name
    for short, full in _data()["abbreviation"].items():
        if core.endswith(short):
            core = core[: -len(short)] + full
            break
    if name.startswith("中共"):
        core = "中共" + core
    return BureauName(name, code, region, squash(core))
