"""Tables that print no amount: a header, the numbers of its columns, the name of a sum that there is none of. Nothing was received or spent."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from flows.readers.evidence import numbers_columns
from flows.readers.pieces import Strip

_FEWEST_WORDS = 3


@cache
def _sums() -> frozenset[str]:
    words = tomllib.loads(files("flows.readers").joinpath("table_words.toml").read_text(encoding="utf8"))
    return frozenset(words["sums"])


def header_of_empty(rows: Sequence[Sequence[Strip]]) -> int | None:
    """How many rows are the header, where all below only number the columns or name a sum; None where others follow, or none."""
    stop = len(rows)
    while stop and (numbers_columns(rows[stop - 1]) or _names_sum(rows[stop - 1])):
        stop -= 1
    words = [piece for row in rows[:stop] for line in row for piece in line.pieces]
    if stop == len(rows) or len(words) < _FEWEST_WORDS or any(piece.is_figure for piece in words):
        return None
    return stop


def _names_sum(row: Sequence[Strip]) -> bool:
    return all(piece.text in _sums() for line in row for piece in line.pieces)
