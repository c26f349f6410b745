"""The wording data of forms: what role a printed label plays in a given part of a form."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from flows.values.text import label_key, squash

_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])(?=[^\d年月日个项]{2})")

_NOTE = re.compile(r"(?:注|备注|说明|填表说明)\d?[:：]")
_POINT = re.compile(r"[(（]?\d{1,2}[.、．)）]|[①-⑳]")


@cache
def _data() -> dict:
    return tomllib.loads(files("flows.forms").joinpath("wording/form.toml").read_text(encoding="utf8"))


@cache
def _lookup(part: str) -> tuple[dict[str, tuple[str, int]], list[tuple[str, str]]]:
    whole: dict[str, tuple[str, int]] = {}
    pieces: list[tuple[str, str]] = []
    for role, wordings in _data()[part].items():
        for order, label in enumerate(wordings.get("is", [])):
            whole.setdefault(label_key(label), (role, order))
        pieces += [(label_key(piece), role) for piece in wordings.get("has", [])]
    return whole, pieces


@cache
def ranked_role(part: str, text: str) -> tuple[str, int] | None:
    """The role of a label in ``part`` and how good a wording it is for it (0 the best, 1000 only a part of it fits), or None."""
    key = label_key(text)
    if not key or len(key) > 40:
        return None
    whole, pieces = _lookup(part)
    bare = _NUMBERING.sub("", key)
    for candidate in (key, bare, bare.removeprefix("绩效"), bare.removeprefix("项目")):
        if candidate in whole:
            return whole[candidate]
    if any(word in key for word in _data()["other_columns"]["has"]):
        return None
    return next(((found, 1000) for piece, found in pieces if piece in key and len(key) <= len(piece) + 12), None)


def role(part: str, text: str) -> str | None:
    """The role of a label in ``part`` (head, score, text, funding, task, goal, indicator, advice …), or None."""
    found = ranked_role(part, text)
    return found[0] if found else None


@cache
def is_source(text: str) -> bool:
    """Does a row label name a source of funds (资金, 补助, 拨款 …)?"""
    return any(word in squash(text) for word in _data()["source_words"]["has"])


@cache
def _levels() -> tuple[frozenset[str], frozenset[str]]:
    first, second = (frozenset(label_key(word) for word in _data()["levels"][name]) for name in ("level1", "level2"))
    return first, second


@cache
def level_of(text: str) -> int | None:
    """1 or 2 for a usual word of the first or second indicator level; None for other words and for words of both."""
    key = label_key(text)
    in1, in2 = key in _levels()[0], key in _levels()[1]
    return None if in1 == in2 else 1 if in1 else 2


def is_level_word(text: str) -> bool:
    """A usual word of the first or second indicator level."""
    return any(label_key(text) in words for words in _levels())


@cache
def is_signature(text: str) -> bool:
    """A line under a form that says who signed it, when, and how to reach them (填表人：…　联系电话：…)."""
    label = re.match(r"\s*([^:：]{1,30})[:：]", text)
    return label is not None and label_key(label.group(1)) in {label_key(word) for word in _data()["signature"]["is"]}


def is_rule_note(text: str, *, goes_on: bool) -> bool:
    """A note below a form that says how it is filled in or scored; where one ``goes_on``, its next point."""
    folded = squash(text)
    return bool(_NOTE.match(folded) or (goes_on and _POINT.match(folded))) and any(word in folded for word in _data()["rule_note"]["has"])


def kind_of_title(title: str) -> str | None:
    """The form kind a title names."""
    folded = squash(title)
    return next((rule["kind"] for rule in _data()["kind"] if any(word in folded for word in rule["has"])), None)


def is_form_title(text: str) -> bool:
    """A line that reads like the title of an evaluation form or target table."""
    folded = re.sub(r"^附(?:件|表)?\d*[:：.、]?", "", squash(text))
    while (shorter := re.sub(r"(?:\([^()]*\)|20\d\d年度?)$", "", folded)) != folded and shorter:
        folded = shorter
    title = _data()["title"]
    return (
        len(folded) <= 60
        and any(folded.endswith(end) for end in title["ends"])
        and any(word in folded for word in title["has"])
        and not re.search(r"[。；，,]|详见|附件[:：]|《", folded)
    )
