"""Words of the field that mean one thing in names of projects and of indicators alike."""

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files

from flows.values.text import squash

_SURE = "0.95"


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.resolve").joinpath("wordings.toml").read_text(encoding="utf8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _sureness(entry: dict) -> Decimal:
    return Decimal(str(entry.get("confidence", _SURE)))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[str, Decimal]]]:
    words = {squash(word): (entry["to"], _sureness(entry)) for entry in _data()["synonym"] for word in entry["words"]}
    words |= {entry["to"]: (entry["to"], Decimal(1)) for entry in _data()["synonym"]}
    return re.compile(any_of(words)), words


@cache
def _implied() -> tuple[tuple[re.Pattern[str], Decimal], ...]:
    found = []
    for entry in _data()["implied"]:
        drop = any_of(entry["drop"])
        pattern = f"(?:{drop})(?={any_of(entry['before'])})" if "before" in entry else f"(?P<kept>{any_of(entry['after'])})(?:{drop})"
        found.append((re.compile(pattern), _sureness(entry)))
    return tuple(found)


@cache
def in_field_words(text: str) -> tuple[str, tuple[str, ...], Decimal]:
    """A name in words of the field, what was put for what (辅警 for 警务辅助人员, nothing for what is implied), and how sure that is."""
    pattern, words = _synonyms()
    said: list[str] = []
    sureness = Decimal(1)

    def one(match: re.Match[str]) -> str:
        nonlocal sureness
        to, sure = words[match.group()]
        if to != match.group():
            said.append(f"{match.group()}＝{to}")
            sureness = min(sureness, sure)
        return to

    text = pattern.sub(one, text)
    for implied, sure in _implied():

        def without(match: re.Match[str], sure: Decimal = sure) -> str:
            nonlocal sureness
            kept = match.groupdict().get("kept") or ""
            said.append(f"“{match.group().removeprefix(kept)}”不言自明")
            sureness = min(sureness, sure)
            return kept

        text = implied.sub(without, text) or text
    return text, tuple(dict.fromkeys(said)), sureness
