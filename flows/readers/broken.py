"""Figures broken over lines in narrow columns: 8,509, above 000.00 is one amount, not two of two rows."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from flows.readers.pieces import Piece, Strip

_PART = re.compile(r"-?[\d.,]+")
# Few decimals, or all that a workbook keeps of one third.
_WHOLE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6}|\.\d{13,})?")
_DECIMALS = re.compile(r".*\.\d+")
_CENTS = re.compile(r".*\.\d\d")
_REACH = 1.6  # of a character's width: parts of one figure are no further apart
_SAME_STEP = 1.08
_SPARE = 2.2  # digits that may be missing at the end of a full line, where the sign that follows may not begin the next
_FEWEST_PLAIN = 2  # figures without a sign where they break


def broken_leading(lines: Sequence[Strip], em: float) -> float | None:
    """The distance of the lines that figures are broken over; None where each figure stands on one line.

    That figures are broken is told by all of them: whatever stands so close over one another makes one well-formed figure, whose lines but
    the last are as full as the column allows, and there are some that are none alone: 8,509, or 49,90.
    """
    parts = [piece for line in lines for piece in line.pieces if _PART.fullmatch(_plain(piece))]
    chains = list(_chains(parts, em))
    chained = {id(piece) for chain in chains for piece in chain}
    has_cents = all(_CENTS.fullmatch(_plain(piece)) for piece in parts if id(piece) not in chained and "." in piece.text)
    cut = plain = 0
    steps: list[float] = []
    for chain in chains:
        texts = [_plain(piece) for piece in chain]
        if all(text.isdigit() for text in texts):
            continue  # codes tell nothing: 20 over 8 may be one or two
        if not _WHOLE.fullmatch("".join(texts)) or not all(_is_full(piece, parts) for piece in chain[:-1]):
            return None
        begun, whole = "".join(texts[:-1]), "".join(texts)
        if any(not _WHOLE.fullmatch(text) for text in texts[:-1]) or texts[-1][0] in ".,":
            cut += 1
        elif has_cents and "." in begun and _CENTS.fullmatch(whole) and not _CENTS.fullmatch(begun):
            cut += 1  # 49,905.4 over 0, where all other figures have two decimals
        elif _DECIMALS.fullmatch(texts[-1]) or _CENTS.fullmatch(whole):
            plain += 1
        steps += [b.baseline - a.baseline for a, b in pairwise(chain)]
    return median(steps) if cut or plain >= _FEWEST_PLAIN else None


def rows_with_figures_mended(lines: Sequence[Strip], leading: float) -> tuple[list[list[Strip]], float]:
    """The lines row by row, the parts of each figure as one piece where its first part stands; and the distance of rows to exceed."""
    limit = _SAME_STEP * leading
    rows = [[lines[0]]]
    for above, line in pairwise(lines):
        if line.baseline - above.baseline > limit:
            rows.append([])
        rows[-1].append(line)
    return [_mended(row) for row in rows], limit


def _mended(row: Sequence[Strip]) -> list[Strip]:
    merged: list[tuple[float, list[list[Piece]]]] = []
    for line in row:
        kept: list[list[Piece]] = []
        for piece in line.pieces:
            home = _home(piece, (parts for _, found in merged for parts in found))
            if home is None:
                kept.append([piece])
            else:
                home.append(piece)
        merged.append((line.baseline, kept))
    strips = []
    for baseline, found in merged:
        if found:
            strips.append(Strip(baseline, tuple(Piece(tuple(char for piece in parts for char in piece.chars)) for parts in found)))
    return strips


def _home(piece: Piece, above: Iterable[list[Piece]]) -> list[Piece] | None:
    """The figure above that the piece goes on with."""
    if not _PART.fullmatch(_plain(piece)):
        return None
    under = (parts for parts in above if _are_stacked(parts[-1], piece) and parts[-1].baseline < piece.baseline)
    return next((parts for parts in under if _PART.fullmatch(_plain(parts[-1]))), None)


def _plain(piece: Piece) -> str:
    return unicodedata.normalize("NFKC", piece.text)


def _are_stacked(a: Piece, b: Piece) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0


def _chains(parts: Sequence[Piece], em: float) -> Iterable[list[Piece]]:
    """Parts so close under one another that they may be lines of one cell."""
    used: set[int] = set()
    for index, first in enumerate(parts):
        if id(first) in used:
            continue
        chain = [first]
        for piece in parts[index + 1 :]:
            step = piece.baseline - chain[-1].baseline
            if step > _REACH * em:
                break
            if step > 0.5 * em and id(piece) not in used and _are_stacked(chain[-1], piece):
                chain.append(piece)
        used |= {id(piece) for piece in chain}
        if len(chain) > 1:
            yield chain


def _is_full(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Is the piece as long as any in its column, but for what may not be parted?"""
    digit = (piece.x1 - piece.x0) / len(piece.text)
    longest = max(other.x1 - other.x0 for other in parts if _are_stacked(piece, other))
    return piece.x1 - piece.x0 >= longest - _SPARE * digit
