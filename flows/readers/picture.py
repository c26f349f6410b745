"""A page's picture put upright: turned level, its ruled lines told from its ink, and where its text stands. All in pixels."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from flows.readers.page import Segment

Grey = NDArray[np.uint8]
Box = tuple[int, int, int, int]  # x0, top, x1, bottom

_MOST_SKEW = 3.0  # degrees looked for on either side
_INK = 0.72  # of the paper's brightness; darker is ink
_FAINT = 0.85  # darker may be: a thin stroke that fell between two rows of pixels
_SPECK = 7  # connected pixels: less alone is dirt
_DUST = 6  # connected pixels, faint ones too: less is dirt anywhere, and no decimal point
_POINTS = 150_000  # ink pixels that the angle is told from
# At 200 dpi; all are scaled with the resolution.
_SHORTEST_LINE = 34
_LONG_LINE = 110  # longer than any stroke of a title's characters; strokes of several in a row may still look like one
_SURE_LINE = 500
_BESIDE = (3, 8)  # from a line's middle: where a line of characters goes on and a ruled line has white
_MOST_BESIDE = 0.3
_THICKEST_LINE = 14
_TOUCH = 7
_LEAST_TEXT = 0.24  # of the height of a line: what is smaller and stands alone is dirt


@dataclass(slots=True)
class Upright:
    """``grey``: the level page on even white without its ruling; ``points``: its ink, decimal points and some dirt included;
    ``ink``: where characters are; ``segments``: the ruling.

    ``back``: 2×3 matrix from the level page to the picture as it came.
    """

    grey: Grey
    points: NDArray[np.uint8]
    ink: NDArray[np.uint8]
    segments: list[Segment]
    back: NDArray[np.float64]


def upright(grey: Grey, scale: float) -> Upright:
    """Levels a picture and takes its ruling out. ``scale``: its resolution / 200 dpi."""
    even = _even(grey)
    angle = _skew(_ink(even))
    turned, matrix = _turned(even, angle)
    ink = _ink(turned)
    segments, drawn = _ruling(ink, scale)
    erased = cv2.dilate(drawn, np.ones((3, 3), np.uint8))
    turned[erased > 0] = 255
    ink[erased > 0] = 0
    # What is dirt by itself may be a decimal point between digits: only what is smaller than any point is wiped out of the picture.
    points = _without_specks(_ink(turned, _FAINT), _DUST)
    turned[cv2.dilate(points, np.ones((5, 5), np.uint8)) == 0] = 255
    return Upright(turned, points, _without_specks(ink, _SPECK), segments, cv2.invertAffineTransform(matrix))


def _even(grey: Grey) -> Grey:
    """The paper white everywhere: brightness relative to the brightest around."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(cv2.medianBlur(small, 3), np.ones((9, 9), np.uint8)), (0, 0), 6)
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.minimum(255, grey.astype(np.float32) * 255 / np.maximum(wide, 1)), dtype=np.uint8)


def _ink(even: Grey, brightness: float = _INK) -> NDArray[np.uint8]:
    return (even < brightness * 255).astype(np.uint8)


def _skew(ink: NDArray[np.uint8]) -> float:
    """Degrees that the page is turned: where rows (and columns) of ink are sharpest."""
    ys, xs = np.nonzero(ink)
    if len(xs) == 0:
        return 0.0
    step = max(1, len(xs) // _POINTS)
    across, down = xs[::step].astype(np.float32), ys[::step].astype(np.float32)
    best = 0.0
    for reach, pace in ((_MOST_SKEW, 0.25), (0.3, 0.05), (0.05, 0.01)):
        angles = np.arange(best - reach, best + reach + pace / 2, pace)
        best = float(max(angles, key=lambda angle: _sharpness(across, down, float(angle))))
    return best


def _sharpness(xs: NDArray[np.float32], ys: NDArray[np.float32], angle: float) -> float:
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    total = 0.0
    for along in (ys * cosine - xs * sine, xs * cosine + ys * sine):
        counts = np.bincount((along - along.min()).astype(np.int64)).astype(np.float64)
        total += float((counts * counts).sum())
    return total


def _turned(even: Grey, angle: float) -> tuple[Grey, NDArray[np.float64]]:
    height, width = even.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(even, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    return np.asarray(turned, dtype=np.uint8), np.asarray(matrix, dtype=np.float64)


def _without_specks(ink: NDArray[np.uint8], least: int) -> NDArray[np.uint8]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= least
    kept[0] = False
    return kept[labels].astype(np.uint8)


# -- ruling ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stroke:
    segment: Segment
    label: int

    @property
    def length(self) -> float:
        return self.segment.end - self.segment.start


def _ruling(ink: NDArray[np.uint8], scale: float) -> tuple[list[Segment], NDArray[np.uint8]]:
    """The drawn lines, and their pixels. A short stroke is a line only where both its ends meet lines."""
    flat, flat_labels = _strokes(ink, True, scale)
    tall, tall_labels = _strokes(ink, False, scale)
    strokes = [*flat, *tall]
    sure = [
        s for s in strokes if s.length >= _SURE_LINE * scale or (s.length >= _LONG_LINE * scale and _stands_in_white(ink, s.segment, scale))
    ]
    framing = [line.segment for line in sure]
    lines = [s for s in strokes if s in sure or _is_framed(s.segment, framing, scale)]
    drawn = np.zeros_like(ink)
    for labels, horizontal in ((flat_labels, True), (tall_labels, False)):
        wanted = [line.label for line in lines if line.segment.horizontal == horizontal]
        drawn |= np.isin(labels, wanted).astype(np.uint8)
    return [line.segment for line in lines], drawn


def _strokes(ink: NDArray[np.uint8], horizontal: bool, scale: float) -> tuple[list[_Stroke], NDArray[np.int32]]:
    length, gap = round(_SHORTEST_LINE * scale), max(3, round(5 * scale))
    along, across = ((length, 1), (1, 3)) if horizontal else ((1, length), (3, 1))
    bridge = (gap, 1) if horizontal else (1, gap)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(bridge[::-1], np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(along[::-1], np.uint8))
    joined = cv2.dilate(opened, np.ones(across[::-1], np.uint8))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for label in range(1, len(stats)):
        x, y, wide, high, area = (int(value) for value in stats[label])
        long, thick = (wide, high) if horizontal else (high, wide)
        # A line that is a little bowed has a box thicker than itself.
        if area / long > _THICKEST_LINE * scale or thick > 2 * _THICKEST_LINE * scale:
            continue
        at = float(centres[label][1] if horizontal else centres[label][0])
        start = x if horizontal else y
        found.append(_Stroke(Segment(horizontal, at, float(start), float(start + long)), label))
    return found, labels


def _stands_in_white(ink: NDArray[np.uint8], segment: Segment, scale: float) -> bool:
    """Is there white on both sides of most of a stroke?"""
    across = ink if segment.horizontal else ink.T
    at, start, end = round(segment.at), round(segment.start), round(segment.end)
    near, far = (round(distance * scale) for distance in _BESIDE)
    sides = (across[max(0, at - far) : max(0, at - near), start:end], across[at + near + 1 : at + far + 1, start:end])
    return all(side.size == 0 or float(side.any(axis=0).mean()) <= _MOST_BESIDE for side in sides)


def _is_framed(segment: Segment, lines: list[Segment], scale: float) -> bool:
    touch = _TOUCH * scale
    ends = {
        end
        for end in (segment.start, segment.end)
        for line in lines
        if line.horizontal != segment.horizontal and abs(line.at - end) <= touch and line.start - touch <= segment.at <= line.end + touch
    }
    return len(ends) == 2


# -- text ------------------------------------------------------------------------------------------------------------------


def text_boxes(page: Upright, scale: float) -> list[Box]:
    """Where pieces of printed lines stand: none goes over a ruled line, and none holds two printed lines."""
    em = _usual_height(page.ink, scale)
    reach = max(3, round(1.1 * em))
    smeared = cv2.morphologyEx(page.ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    for segment in page.segments:
        at, start, end = round(segment.at), round(segment.start), round(segment.end)
        if not segment.horizontal:
            smeared[start:end, max(0, at - 1) : at + 2] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]]
    least = _LEAST_TEXT * em
    merged = _merged(boxes, em, page.segments)
    return sorted((box for box in merged if max(box[2] - box[0], box[3] - box[1]) >= least), key=lambda box: (box[1], box[0]))


def _usual_height(ink: NDArray[np.uint8], scale: float) -> float:
    """Height of most lines of text: of what a short smear joins, weighed by width."""
    smeared = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(16 * scale))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    lines = sorted((int(h), int(w)) for _, _, w, h, _ in stats[1:] if 12 * scale <= h <= 80 * scale and w > h)
    half = sum(width for _, width in lines) / 2
    for height, width in lines:
        half -= width
        if half <= 0:
            return float(height)
    return 25 * scale


def _merged(boxes: list[Box], em: float, segments: list[Segment]) -> list[Box]:
    """Pieces of one character, one above the other (三, 二, ：), and neighbours whose boxes overlap, as one."""
    uprights = [s for s in segments if not s.horizontal]
    flats = [s for s in segments if s.horizontal]
    boxes = sorted(boxes, key=lambda box: box[1])
    changed = True
    while changed:
        changed = False
        kept: list[Box] = []
        for box in boxes:
            for index in range(len(kept) - 1, -1, -1):
                if _belong_together(kept[index], box, em) and not _parted(kept[index], box, uprights, flats):
                    other = kept.pop(index)
                    box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
                    changed = True
            kept.append(box)
        boxes = sorted(kept, key=lambda box: box[1])
    return boxes


def _belong_together(a: Box, b: Box, em: float) -> bool:
    shared = min(a[2], b[2]) - max(a[0], b[0])
    if shared < 0:  # side by side: a low sign and what it follows or leads (一、)
        level = min(a[3], b[3]) - max(a[1], b[1]) > -0.3 * em
        low = min(a[3] - a[1], b[3] - b[1]) <= 0.75 * em
        return -shared <= em and level and low and max(a[3], b[3]) - min(a[1], b[1]) <= max(1.2 * em, 1.1 * max(a[3] - a[1], b[3] - b[1]))
    if shared < 0.3 * min(a[2] - a[0], b[2] - b[0]):
        return False
    highest = max(a[3] - a[1], b[3] - b[1])
    whole = max(a[3], b[3]) - min(a[1], b[1])
    inside = min(a[3], b[3]) - max(a[1], b[1]) >= 0.5 * min(a[3] - a[1], b[3] - b[1])
    return whole <= max(1.2 * em, 1.1 * highest) or (inside and whole <= 1.3 * highest)


def _parted(a: Box, b: Box, uprights: list[Segment], flats: list[Segment]) -> bool:
    left, right = sorted(((a[0] + a[2]) / 2, (b[0] + b[2]) / 2))
    upper, lower = sorted(((a[1] + a[3]) / 2, (b[1] + b[3]) / 2))
    return any(left < s.at < right and s.start < upper < s.end for s in uprights) or any(
        upper < s.at < lower and s.start < left < s.end for s in flats
    )
