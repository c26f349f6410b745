"""Recognised figures: what stands among digits is a digit or a mark of a number, and whatever had to be put right is doubtful."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from flows.readers.recognise import Sign

Read = tuple[Sign, str | None]
_DIGIT_FOR = dict(zip("OoQDlI|!iZzSsB", "00001111122558", strict=True))
_MARKS = ".,·。、:;'’`"
_NUMBER = re.compile(r"[-—]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_PAGE = re.compile(r"[-—一=·~]\d{1,4}[-—一=·~.]")
_SMALL = 0.35  # of the height of a line: a point or a comma, not a digit
# Of the usual distance of digits: with a point or comma between them they stand farther apart, without one never so far.
_LEAST_GAP, _MOST_GAP = 1.12, 1.4
_LOW = 0.55  # of the height of a line: where points and commas stand


def as_figures(line: Sequence[Read], ink: NDArray[np.uint8]) -> list[Read]:
    """A recognised piece of a line as a number, where it is one but for what a recogniser confuses; else as it is.

    ``ink``: the picture of the piece (1 where ink is). A point or comma that is drawn and was not recognised makes all its digits doubtful.
    """
    text = "".join(sign.text for sign, _ in line)
    if len(text) != len(line) or not _is_figures(text):
        return list(line)
    if dashes := _between_dashes(line, text):
        return dashes
    line, drawn = list(line), _digits_drawn(ink)
    doubt = None
    if len(drawn) == sum(char.isdecimal() for char in text) and len(drawn) > 2:
        line, doubt = _by_their_gaps(line, drawn)
    elif _points_drawn(ink) > sum(char in ".," for char in text):
        doubt = f"“{text}”里可能有没认出的小数点"
    meant = "".join(sign.text for sign, _ in line)
    if not _NUMBER.fullmatch(meant):
        return _put_right(line, text)
    return _all_doubtful(line, doubt) if doubt else line


def _between_dashes(line: Sequence[Read], text: str) -> list[Read]:
    """The number of a page between two dashes: they are no minus."""
    if not _PAGE.fullmatch(text):
        return []
    return [(replace(sign, text="—"), None) if at in (0, len(line) - 1) else (sign, doubt) for at, (sign, doubt) in enumerate(line)]


def _digits_drawn(ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Where the tall signs of a line stand, from left to right; signs that touch are one."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return sorted((int(x), int(x + w)) for x, _, w, h, _ in stats[1:] if h > 2 * _SMALL * ink.shape[0])


def _by_their_gaps(line: list[Read], drawn: list[tuple[int, int]]) -> tuple[list[Read], str | None]:
    """A point or comma takes room: one that is read where digits stand close is dirt, one not read where they stand apart is missing."""
    middles = [(x0 + x1) / 2 for x0, x1 in drawn]
    gaps = [b - a for a, b in pairwise(middles)]
    usual = statistics.median_low(gaps)
    kept: list[Read] = []
    digits = 0
    marked = False
    doubt = None
    text = "".join(sign.text for sign, _ in line)
    for sign, said in line:
        if sign.text in ".," and 0 < digits < len(drawn) and gaps[digits - 1] < _LEAST_GAP * usual:
            doubt = f"“{text}”里的“{sign.text}”可能是污点"
            continue
        if sign.text.isdecimal():
            if digits and not marked and gaps[digits - 1] > _MOST_GAP * usual:
                doubt = f"“{text}”里可能有没认出的小数点"
            digits += 1
        marked = not sign.text.isdecimal()
        kept.append((sign, said))
    return kept, doubt


def _is_figures(text: str) -> bool:
    """At least two digits, more of them than anything else, and nothing that no digit or mark is taken for."""
    digits = sum(char.isdecimal() for char in text)
    if _PAGE.fullmatch(text):
        return True
    return digits >= 2 and 2 * digits > len(text) and all(c.isdecimal() or c in _DIGIT_FOR or c in _MARKS or c in "-—%" for c in text)


def _put_right(line: list[Read], text: str) -> list[Read]:
    while line and line[-1][0].text in _MARKS:
        line = line[:-1]
    while line and line[0][0].text in _MARKS:
        line = line[1:]
    signs = [_DIGIT_FOR.get(sign.text, sign.text) for sign, _ in line]
    places = [i for i, sign in enumerate(signs) if sign in _MARKS]
    end = len(signs) - (signs[-1:] == ["%"])
    for i in places:
        signs[i] = "." if i == places[-1] and end - i - 1 != 3 else ","
    meant = "".join(signs)
    if not _NUMBER.fullmatch(meant):
        return _all_doubtful(line, f"“{text}”不像一个数")
    return _all_doubtful([(replace(sign, text=new), doubt) for (sign, doubt), new in zip(line, signs, strict=True)], f"印的像“{text}”")


def _all_doubtful(line: Sequence[Read], doubt: str) -> list[Read]:
    return [(sign, doubt) for sign, _ in line]


def _points_drawn(ink: NDArray[np.uint8]) -> int:
    """How many small marks stand low in a line by themselves, between what is tall."""
    high = ink.shape[0]
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = [(int(x), int(x + w)) for x, _, w, h, _ in stats[1:] if h > _SMALL * high]
    if len(tall) < 2:
        return 0
    first, last = min(x0 for x0, _ in tall), max(x1 for _, x1 in tall)
    return sum(
        1
        for x, y, w, h, area in stats[1:]
        if h <= _SMALL * high
        and w <= _SMALL * high
        and area >= 3
        and y + h / 2 >= _LOW * high
        and first < x
        and x + w < last
        and not any(x0 < x + w / 2 < x1 for x0, x1 in tall)
    )
