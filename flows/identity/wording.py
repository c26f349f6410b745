"""How reports name bureaus and themselves, as data: ``wording.toml`` and ``names.toml``."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("flows.identity").joinpath(name).read_text(encoding="utf8"))


@cache
def report_data() -> dict[str, Any]:
    """What a report says of itself: organisation words, kinds of report, scope."""
    return _load("wording.toml")


@cache
def names_data() -> dict[str, Any]:
    """The forms under which names of bureaus are compared."""
    return _load("names.toml")
