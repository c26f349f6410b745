"""Signs that stand alone in a cell - ≥, ≤, =, √, □ - told by their shape: a recogniser made for words sees letters in them."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 32  # pixels of the square in which shapes are compared
_ALIKE = 0.5  # of the ink that either has, both have
_AHEAD = 0.06  # by which the best must be ahead of the next
_Points = tuple[tuple[float, float], ...]
_RIGHT: _Points = ((0, 0), (1, 0.5), (0, 1))
_LEFT: _Points = ((1, 0), (0, 0.5), (1, 1))


def _with_bar(chevron: _Points, height: float) -> tuple[_Points, ...]:
    return tuple((x, y * height) for x, y in chevron), ((0, 1), (1, 1))


# Sign → its drawings, each of polylines in a unit square, with the square's width for its height.
_SHAPES: tuple[tuple[str, float, tuple[_Points, ...]], ...] = (
    *(("≥", wide, _with_bar(_RIGHT, high)) for wide in (0.85, 1.05, 1.25) for high in (0.65, 0.75, 0.85)),
    *(("≤", wide, _with_bar(_LEFT, high)) for wide in (0.85, 1.05, 1.25) for high in (0.65, 0.75, 0.85)),
    *((">", wide, (_RIGHT,)) for wide in (0.7, 1.0, 1.2)),
    *(("<", wide, (_LEFT,)) for wide in (0.7, 1.0, 1.2)),
    *(("=", wide, (((0, 0), (1, 0)), ((0, 1), (1, 1)))) for wide in (1.5, 2.0, 2.8)),
    *(("√", wide, (((0, 0.6), (0.12, 0.52), (low, 1), (1, 0)),)) for wide in (0.8, 1.0, 1.25) for low in (0.3, 0.4)),
    *(("√", 1.0, (((0, 0.55), (0.35, 1), (1, 0)),)) for _ in (0,)),
    ("□", 1.0, (((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)),)),
    ("☑", 1.0, (((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)), ((0.2, 0.5), (0.4, 0.75), (0.8, 0.25)))),
    ("×", 1.0, (((0, 0), (1, 1)), ((1, 0), (0, 1)))),
)


def shape_of(ink: NDArray[np.uint8]) -> tuple[str, float] | None:
    """The sign that the ink (1 where it is, cut to its edges) draws and how alike it is, 0 … 1; None where it draws none of these."""
    high, wide = ink.shape
    if min(high, wide) < 4:
        return None
    seen = _squared(ink)
    best: dict[str, float] = {}
    for sign, shape in _drawn():
        best[sign] = max(best.get(sign, 0.0), _alike(seen, shape))
    first, second = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:2]
    return first if first[1] >= _ALIKE and first[1] - second[1] >= _AHEAD else None


@cache
def _drawn() -> tuple[tuple[str, NDArray[np.uint8]], ...]:
    shapes = []
    for sign, width, lines in _SHAPES:
        high = 48
        picture = np.zeros((high + 8, round(high * width) + 8), np.uint8)
        for line in lines:
            points = [(round(4 + x * high * width), round(4 + y * high)) for x, y in line]
            cv2.polylines(picture, [np.array(points, np.int32)], False, 1, 5)
        rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
        shapes.append((sign, _squared(picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])))
    return tuple(shapes)


def _squared(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The shape in the middle of a square, its proportions kept."""
    high, wide = ink.shape
    scale = (_SIDE - 4) / max(high, wide)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    small = cv2.resize(ink * 255, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR) > 96
    square = np.zeros((_SIDE, _SIDE), np.uint8)
    top, left = (_SIDE - size[1]) // 2, (_SIDE - size[0]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    return square


def _alike(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """Share of each one's ink that lies on or right beside the other's; the smaller of the two."""
    near = np.ones((3, 3), np.uint8)
    of_a = float((a & cv2.dilate(b, near)).sum()) / max(1, int(a.sum()))
    of_b = float((b & cv2.dilate(a, near)).sum()) / max(1, int(b.sum()))
    return min(of_a, of_b)
