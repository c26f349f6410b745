"""A page's picture → characters and ruling, as from any other fixed-layout page.

The page is turned upright and level, its ruling taken out, and each piece of a printed line recognised. What the recogniser is not sure of
is looked at again in other ways; where the looks disagree, or none is sure, the character says so (``Char.doubt``).
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from flows.readers.figures import as_figures
from flows.readers.lookalikes import by_its_word
from flows.readers.page import Box, Char, PageContent, Segment
from flows.readers.picture import Box as Pixels
from flows.readers.picture import Grey, Upright, text_boxes, upright
from flows.readers.recognise import Sign, recognise
from flows.readers.symbols import shape_of

POINTS_PER_INCH = 72
DPI = 200  # what pages are rendered at; pictures keep their own resolution
_SURE = 0.9
_SURE_DIGIT = 0.95  # a digit has no neighbours that would tell
_READABLE = 0.75  # mean certainty of a page that stands upright
_AGREED, _AGREED_DIGIT = 0.6, 0.8  # where every look saw the same
_SAMPLE = 8  # pieces of text that tell it
# Margins around a piece of text, as shares of its height: across and upright. The first is how every piece is looked at.
_LOOK = (0.3, 0.25)
_OTHER_LOOKS = ((0.1, 0.05), (0.4, 0.4), (0.2, 0.15), (0.6, 0.6))
_SHAPE, _SHAPE_NAMED = 0.88, 0.65  # how alike a sign must be drawn; the second where the recogniser says so too
_NAMED = {"√": "√Vv✓丿", "=": "=＝二-—", "□": "□口", "×": "×xX"}
_MISSED = 0.35  # of the size of type: ink so wide that no character was seen in is a character missed
_LEAST_HEIGHT = 24  # pixels: what is lower is shown in the room of a line
_DASH = 6  # pixels
_LONGEST = 30  # times its height: longer pieces are cut between characters
_DIGIT_HEIGHT, _CHARACTER_HEIGHT = 0.8, 0.95  # of the size of type
_MIDDLE = 0.37  # of the size of type, above the baseline
_SNAP = 0.18  # sizes that differ less from the page's usual one are the same


def read_picture(grey: Grey, dpi: float, number: int) -> PageContent:
    """The page ``number`` of which ``grey`` is the picture. Raises NoRecogniser."""
    scale = dpi / DPI
    page, boxes, turns = _standing(grey, scale)
    per_pixel = POINTS_PER_INCH / dpi
    signs = _read(page, boxes)
    usual = _usual_size(boxes, signs)
    chars = [char for box, line in zip(boxes, signs, strict=True) for char in _chars(box, line, usual, per_pixel)]
    segments = [Segment(s.horizontal, s.at * per_pixel, s.start * per_pixel, s.end * per_pixel) for s in page.segments]
    height, width = page.grey.shape
    frame = _frame(page.back, turns, grey.shape, per_pixel)
    return PageContent(number, width * per_pixel, height * per_pixel, chars, segments, True, frame)


# Marks that the recogniser names in either width, by which of them it is set in where (``_as_typeset``), and forms of one character.
_FULL_WIDTH = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_ONE_FORM = (
    {full: half for half, full in _FULL_WIDTH.items()}
    | {"內": "内", "％": "%", "．": ".", "＝": "=", "－": "-"}
    | {chr(0xFF10 + i): str(i) for i in range(10)}
)


# -- which way up ----------------------------------------------------------------------------------------------------------


def _standing(grey: Grey, scale: float) -> tuple[Upright, list[Pixels], int]:
    """The page level, where its text is, and by how many quarter turns (against the clock) it had to be turned."""
    best: tuple[float, Upright, list[Pixels], int] | None = None
    for turns in (0, 2, 1, 3):
        page = upright(np.ascontiguousarray(np.rot90(grey, turns)), scale)
        boxes = text_boxes(page, scale)
        readable = _readable(page, boxes)
        if best is None or readable > best[0]:
            best = (readable, page, boxes, turns)
        if readable >= _READABLE or not boxes:
            break
    assert best is not None
    return best[1:]


def _readable(page: Upright, boxes: Sequence[Pixels]) -> float:
    """How sure the recogniser is of a few pieces of text, 0 … 1."""
    wide = sorted((box for box in boxes if box[2] - box[0] > 2 * (box[3] - box[1])), key=lambda box: box[0] - box[2])
    sample = wide[:: max(1, len(wide) // _SAMPLE)][:_SAMPLE]
    if len(sample) < min(3, len(boxes)):
        sample += [box for box in boxes if box not in sample][:_SAMPLE]
    found = recognise([_crop(page.grey, box, _LOOK) for box in sample])
    sure = [sign.certainty for line in found for sign in line]
    return statistics.fmean(sure) if sure else 0.0


def _frame(back: NDArray[np.float64], turns: int, shape: tuple[int, ...], per_pixel: float) -> Callable[[Box], Box]:
    """Box on the level page → box on the page as it came, both in points."""
    height, width = shape[0] * per_pixel, shape[1] * per_pixel

    def turned_back(x: float, y: float) -> tuple[float, float]:
        return {0: (x, y), 1: (width - y, x), 2: (width - x, height - y), 3: (y, height - x)}[turns]

    def as_shown(box: Box) -> Box:
        x0, top, x1, bottom = (edge / per_pixel for edge in box)
        # The middles of its sides: the corners of a long box would make it higher than what stands in it.
        middles = [((x0 + x1) / 2, top), ((x0 + x1) / 2, bottom), (x0, (top + bottom) / 2), (x1, (top + bottom) / 2)]
        points = [turned_back(*(float(v) * per_pixel for v in back @ np.array([x, y, 1.0]))) for x, y in middles]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    return as_shown


# -- reading ---------------------------------------------------------------------------------------------------------------


def _crop(grey: Grey, box: Pixels, margins: tuple[float, float]) -> Grey:
    """A piece of text on white: a dash keeps the room that its line has, and nothing of its neighbours comes in."""
    x0, top, x1, bottom = box
    high = max(bottom - top, min(_LEAST_HEIGHT, x1 - x0))
    across, upright_ = round(margins[0] * high), round(margins[1] * high) + (high - (bottom - top)) // 2
    piece = grey[top:bottom, x0:x1]
    return np.asarray(cv2.copyMakeBorder(piece, upright_, upright_, across, across, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def _read(page: Upright, boxes: Sequence[Pixels]) -> list[list[tuple[Sign, str | None]]]:
    """The characters of each piece of text with their doubts; places are pixels of the page (``Sign.at``)."""
    dashes = {index: _dash(box) for index, box in enumerate(boxes) if _is_dash(box)}
    parts = [(index, part) for index, box in enumerate(boxes) if index not in dashes for part in _parts(page, box)]
    first = _look(page, [part for _, part in parts], _LOOK)
    drawn = {i: sign for i, line in enumerate(first) if (sign := _drawn(page, parts[i][1], line))}
    unsure = [i for i, line in enumerate(first) if i not in drawn and (_is_unsure(line) or _missed(page, parts[i][1], line))]
    looks: dict[int, list[list[Sign]]] = {i: [first[i]] for i in unsure}
    for margins in _OTHER_LOOKS:
        for i, line in zip(unsure, _look(page, [parts[i][1] for i in unsure], margins), strict=True):
            looks[i].append(line)
    read: list[list[tuple[Sign, str | None]]] = [[(dashes[index], None)] if index in dashes else [] for index in range(len(boxes))]
    for i, (index, _) in enumerate(parts):
        if i in drawn:
            read[index].append((drawn[i], None))
        else:
            read[index] += _agreed(page, parts[i][1], looks[i]) if i in looks else [(sign, None) for sign in first[i]]
    return [as_figures(line, page.points[box[1] : box[3], box[0] : box[2]]) for line, box in zip(read, boxes, strict=True)]


def _drawn(page: Upright, box: Pixels, line: list[Sign]) -> Sign | None:
    """The sign that a piece of text draws which is one sign and no word: ≥, √ …"""
    named = line[0].text if line else ""
    if len(line) > 1 or named.isdecimal() or (_is_chinese(named) and _is_sure(line[0])):
        return None
    x0, top, x1, bottom = box
    shape = shape_of(page.ink[top:bottom, x0:x1])
    if shape is None or shape[1] < (_SHAPE_NAMED if named in _NAMED.get(shape[0], shape[0]) else _SHAPE):
        return None
    return Sign(shape[0], (x0 + x1) / 2, 1.0)


def _is_chinese(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _is_unsure(line: list[Sign]) -> bool:
    """Is a character of a piece of text unsure, or does its word want another that looks like it?"""
    text = "".join(sign.text for sign in line)
    return any(not _is_sure(sign) for sign in line) or (
        len(text) == len(line) and any(by_its_word(text, i) not in (None, sign.text) for i, sign in enumerate(line))
    )


def _is_dash(box: Pixels) -> bool:
    """One flat stroke by itself: a recogniser that is shown nothing else calls it 1 or 一."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return high <= _DASH and wide >= 2 * high


def _dash(box: Pixels) -> Sign:
    return Sign("—" if box[2] - box[0] >= _LEAST_HEIGHT / 2 else "-", (box[0] + box[2]) / 2, 1.0)


def _look(page: Upright, boxes: Sequence[Pixels], margins: tuple[float, float]) -> list[list[Sign]]:
    crops = [_crop(page.grey, box, margins) for box in boxes]
    found = recognise(crops)
    return [
        [_placed(sign, box, crop.shape[1]) for sign in line if not sign.text.isspace()]
        for box, crop, line in zip(boxes, crops, found, strict=True)
    ]


def _placed(sign: Sign, box: Pixels, width: int) -> Sign:
    """A character at its place on the page, in the one form of those that differ in width or hand only."""
    text = _ONE_FORM.get(sign.text, sign.text)
    return replace(sign, text=text, at=box[0] + sign.at * width - (width - (box[2] - box[0])) / 2)


def _is_sure(sign: Sign) -> bool:
    return sign.certainty >= (_SURE_DIGIT if _is_figure(sign.text) else _SURE)


def _is_figure(text: str) -> bool:
    return text.isdecimal() or text in ".,%"


def _missed(page: Upright, box: Pixels, line: list[Sign]) -> int:
    """How many pixels along a piece of text hold ink that is no part of a recognised character."""
    x0, top, x1, bottom = box
    em = (bottom - top) / _CHARACTER_HEIGHT
    inked = page.ink[top:bottom, x0:x1].any(axis=0)
    for sign in line:
        half = _width(sign.text) * em * 0.5 + 0.2 * em
        inked[max(0, round(sign.at - x0 - half)) : max(0, round(sign.at - x0 + half))] = False
    missed = int(inked.sum())
    return missed if missed >= _MISSED * em else 0


def _agreed(page: Upright, box: Pixels, looks: list[list[Sign]]) -> list[tuple[Sign, str | None]]:
    """Of several looks at one piece of text the characters most agree on, each with its doubt."""
    lengths = Counter(len(line) for line in looks)
    base = max(looks, key=lambda line: (-_missed(page, box, line), lengths[len(line)], sum(sign.certainty for sign in line)))
    seen: list[list[Sign]] = [[] for _ in base]
    for line in looks:
        for at, other in _aligned(base, line):
            seen[at].append(other)
    agreed = [_vote(signs, len(looks)) for signs in seen]
    text = "".join(sign.text for sign in agreed)
    if _missed(page, box, agreed):
        return [(sign, f"“{text}”中有没认出的字") for sign in agreed]
    return [_settled(agreed, text, index, seen[index], len(looks)) for index in range(len(agreed))]


def _aligned(base: list[Sign], line: list[Sign]) -> Iterator[tuple[int, Sign]]:
    """The characters of ``line`` with the number of the one in ``base`` that each is a look at."""
    matcher = SequenceMatcher(None, [sign.text for sign in base], [sign.text for sign in line], autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        if a1 - a0 == b1 - b0:
            yield from zip(range(a0, a1), line[b0:b1], strict=True)


def _vote(signs: list[Sign], looks: int) -> Sign:
    """What most looks saw at one place, as sure as all of them together."""
    votes: dict[str, float] = defaultdict(float)
    for sign in signs:
        votes[sign.text] += sign.certainty
    text = max(votes, key=lambda t: (votes[t], t))
    rivals = dict.fromkeys(rival for sign in signs for rival in (sign.text, *sign.rivals) if rival != text)
    return Sign(text, statistics.fmean(sign.at for sign in signs if sign.text == text), votes[text] / looks, tuple(rivals))


def _settled(agreed: list[Sign], text: str, index: int, seen: list[Sign], looks: int) -> tuple[Sign, str | None]:
    """A character with its doubt: none where every look saw it, or where the word it stands in wants it and no lookalike."""
    sign = agreed[index]
    meant = by_its_word(text, index) if len(text) == len(agreed) else None
    if meant and meant in (sign.text, *sign.rivals):
        return replace(sign, text=meant), None
    if meant:
        return sign, f"“{sign.text}”或为“{meant}”"
    same = sum(other.text == sign.text for other in seen)
    if _is_sure(sign) or (same == looks and sign.certainty >= (_AGREED_DIGIT if _is_figure(sign.text) else _AGREED)):
        return sign, None
    return sign, f"“{sign.text}”置信度{sign.certainty:.2f}"


def _parts(page: Upright, box: Pixels) -> list[Pixels]:
    """A long piece of text cut between characters, where the white is widest: the recogniser is made for short lines."""
    x0, top, x1, bottom = box
    high = bottom - top
    if x1 - x0 <= _LONGEST * high:
        return [box]
    blank = ~page.ink[top:bottom, x0:x1].any(axis=0)
    low, far = (x1 - x0) // 2 - 3 * high, (x1 - x0) // 2 + 3 * high
    edges = np.flatnonzero(np.diff(np.concatenate(([0], blank[low:far].astype(np.int8), [0]))))
    gaps = [(int(b - a), int(a + b) // 2) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not gaps:
        return [box]
    cut = x0 + low + max(gaps)[1]
    return [*_parts(page, (x0, top, cut, bottom)), *_parts(page, (cut, top, x1, bottom))]


# -- characters ------------------------------------------------------------------------------------------------------------


def _width(text: str) -> float:
    """Of the size of type."""
    return 0.5 if text.isascii() else 1.0


def _size(box: Pixels, line: Sequence[Sign]) -> float | None:
    """Size of type of a piece of text, in pixels; None where nothing in it tells."""
    shown = [sign for sign in line if not sign.text.isspace()]
    if not shown:
        return None
    pitches = [(b.at - a.at) / (_width(a.text) + _width(b.text)) * 2 for a, b in pairwise(shown)]
    if len(pitches) >= 4 and sum(_width(sign.text) for sign in shown) > 0.8 * len(shown):
        return statistics.median(pitches)
    if all(not sign.text.isalnum() for sign in shown):
        return None
    return (box[3] - box[1]) / (_DIGIT_HEIGHT if all(sign.text.isascii() for sign in shown) else _CHARACTER_HEIGHT)


def _usual_size(boxes: Sequence[Pixels], lines: Sequence[Sequence[tuple[Sign, str | None]]]) -> float:
    sizes = [size for box, line in zip(boxes, lines, strict=True) if (size := _size(box, [s for s, _ in line])) for _ in line]
    return statistics.median(sizes) if sizes else 25.0


def _chars(box: Pixels, line: Sequence[tuple[Sign, str | None]], usual: float, per_pixel: float) -> list[Char]:
    signs = [sign for sign, _ in line]
    size = _size(box, signs) or usual
    if abs(size - usual) <= _SNAP * usual:
        size = usual
    x0, top, x1, bottom = box
    baseline = (top + bottom) / 2 + _MIDDLE * size
    middles = [(a.at + b.at) / 2 for a, b in pairwise(signs)]
    lefts, rights = [float(x0), *middles], [*middles, float(x1)]
    found = []
    for index, (sign, doubt) in enumerate(line):
        half = _width(sign.text) * size * 0.55
        left, right = max(lefts[index], sign.at - half), min(rights[index], sign.at + half)
        text = _as_typeset(signs, index)
        edges = (min(left, right), max(left, right), float(top), float(bottom), baseline, size)
        found.append(Char(text, *(edge * per_pixel for edge in edges), doubt))
    return found


def _as_typeset(signs: Sequence[Sign], index: int) -> str:
    """Marks beside Chinese are set in full width, whichever of their two forms the recogniser names."""
    text = signs[index].text
    if text not in _FULL_WIDTH:
        return text
    near = signs if text in "()" else signs[max(0, index - 1) : index + 2]
    return _FULL_WIDTH[text] if any(_is_chinese(sign.text) for sign in near) else text
