"""A TextObject of an OFD page → characters with their boxes, in points."""

import math
import re
import unicodedata
from dataclasses import dataclass

from flows.readers.ofd_drawing import Matrix, matrix_of
from flows.readers.ofd_package import Element, children, number, numbers, text
from flows.readers.page import Char

# Of the size: where a character's box ends above and below its baseline.
_ASCENT, _DESCENT = 0.88, 0.12
# A character that XML does not allow is written as a backslash and four hexadecimal digits; two surrogates are one character.
_ESCAPED = re.compile(
    r"\\([Dd][89ABab][0-9A-Fa-f]{2})\\([Dd][C-Fc-f][0-9A-Fa-f]{2})|\\((?:00[01]|[Dd][89A-Fa-f][0-9A-Fa-f])[0-9A-Fa-f]|[Ff]{3}[EeFf])"
)
# PLACEHOLDERS: what stands in place of a character of which the file gives the drawing alone.
_NOT_PRINTED = frozenset({"Cc", "Cf", "Cs"})
PLACEHOLDERS = frozenset("\u00a4\ufffd")
_MOST_SHARED = 32  # characters of one glyph, glyphs of one character
_SLANT = 0.09  # radians off across, upright or upside down: text beyond this is stamped over the page

Step = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """The characters of one TextObject in the order of the file; ``oblique``: printed across the lines of the page (watermarks)."""

    chars: tuple[Char, ...]
    oblique: bool

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


def unescaped(written: str) -> str:
    """What a TextCode prints: escapes of forbidden characters become these; line breaks of a file laid out for people go."""
    written = re.sub(r"^\s*[\r\n]\s*|\s*[\r\n]\s*$", "", written)
    return _ESCAPED.sub(_character, written) if "\\" in written else written


def _character(found: re.Match[str]) -> str:
    high, low, alone = found.groups()
    return bytes.fromhex(high + low).decode("utf-16-be") if alone is None else "\ufffe"


def words_of(element: Element, outer: Matrix) -> Words:
    """The characters of a TextObject where they are printed.

    Deltas are of the way from each character to the next; missing ones repeat the last. Without any, a character is as wide as its size, a
    half-width one half of it.
    """
    size = abs(number(element.get("Size")) or 0.0) or 3.175
    stretch = number(element.get("HScale")) or 1.0
    reading, turned = (math.radians(number(element.get(name)) or 0.0) for name in ("ReadDirection", "CharDirection"))
    matrix = matrix_of(element, outer)
    glyph = Matrix(math.cos(turned), math.sin(turned), -math.sin(turned), math.cos(turned)).then(matrix)
    found: list[Char] = []
    shared = _shared_glyphs(element)
    first = 0
    x = y = 0.0
    for code in children(element, "TextCode"):
        printed = unescaped("".join(code.itertext()))
        given_x, given_y = number(code.get("X")), number(code.get("Y"))
        x, y = (x if given_x is None else given_x), (y if given_y is None else given_y)
        natural = [_advance(char, size) * stretch for char in printed]
        steps = _steps(code, natural, reading, shared, first)
        for char, width, (dx, dy) in zip(printed, natural, steps, strict=True):
            shown = " " if char.isspace() else char
            if shown == " " or (unicodedata.category(char) not in _NOT_PRINTED and char not in "\ufffe\uffff"):
                found.append(_char(shown, x, y, _width(width, math.hypot(dx, dy), size), size, matrix, glyph))
            x, y = x + dx, y + dy
        first += len(printed)
    angle = math.atan2(glyph.b, glyph.a) % (math.pi / 2)
    return Words(tuple(found), min(angle, math.pi / 2 - angle) > _SLANT)


def _char(shown: str, x: float, y: float, width: float, size: float, matrix: Matrix, glyph: Matrix) -> Char:
    origin_x, origin_y = matrix.on(x, y)
    corners = [
        (origin_x + glyph.a * across + glyph.c * down, origin_y + glyph.b * across + glyph.d * down)
        for across in (0.0, width)
        for down in (-_ASCENT * size, _DESCENT * size)
    ]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return Char(shown, min(xs), max(xs), min(ys), max(ys), origin_y, max(ys) - min(ys))


def _advance(char: str, size: float) -> float:
    return size if unicodedata.east_asian_width(char) in "WFA" else size / 2


def _width(natural: float, step: float, size: float) -> float:
    """How wide a character is: as far as the next one stands, where that can be its width; a wider step is a gap after it."""
    return step if 0.2 * size < step < max(natural, 0.95 * size) else natural


def _steps(code: Element, natural: list[float], reading: float, shared: dict[int, tuple[int, int]], first: int) -> list[Step]:
    """The way from each character to the next; after the last one, its own width."""
    if not natural:
        return []
    own = [(width * math.cos(reading), width * math.sin(reading)) for width in natural]
    wanted = len(natural) - 1
    across, down = (_deltas(code.get(name), wanted, shared, first) for name in ("DeltaX", "DeltaY"))
    if across is None and down is None:
        return own
    return [*zip(across or [0.0] * wanted, down or [0.0] * wanted, strict=True), own[-1]]


def _deltas(written: str | None, wanted: int, shared: dict[int, tuple[int, int]], first: int) -> list[float] | None:
    given = _written_out(written, wanted + sum(glyphs for _, glyphs in shared.values()))
    if not given:
        return None
    if shared and len(given) != wanted:
        given = _per_character(given, wanted, shared, first)
    return (given + given[-1:] * (wanted - len(given)))[:wanted]


def _written_out(written: str | None, most: int) -> list[float]:
    """The numbers of a delta list, ``g count value`` written out, ``most`` at most."""
    found: list[float] = []
    tokens = iter(re.split(r"[\s,]+", (written or "").strip()))
    for token in tokens:
        if len(found) >= most:
            break
        if token.lower() == "g":
            count, value = number(next(tokens, None)), number(next(tokens, None))
            if count is not None and value is not None:
                found += [value] * min(max(int(count), 0), most - len(found))
        elif (value := number(token)) is not None:
            found.append(value)
    return found


def _shared_glyphs(element: Element) -> dict[int, tuple[int, int]]:
    """Characters (numbered from 0 over the TextObject) that are drawn by fewer or more glyphs: position → counts of both."""
    found = {}
    for transform in children(element, "CGTransform"):
        position, codes, glyphs = (number(transform.get(name)) for name in ("CodePosition", "CodeCount", "GlyphCount"))
        if glyphs is None:
            glyphs = float(len(numbers(text(next(children(transform, "Glyphs"), None)))))
        code_count, glyph_count = (min(int(count or 1), _MOST_SHARED) for count in (codes, glyphs))
        if position is not None and code_count > 0 and glyph_count > 0 and code_count != glyph_count:
            found[int(position)] = (code_count, glyph_count)
    return found


def _per_character(given: list[float], wanted: int, shared: dict[int, tuple[int, int]], first: int) -> list[float]:
    """Steps of characters where the deltas are of glyphs: characters of one glyph share its step, one of several has them all."""
    steps: list[float] = []
    glyph = 0
    while len(steps) < wanted:
        codes, glyphs = shared.get(first + len(steps), (1, 1))
        whole = sum(given[min(number, len(given) - 1)] for number in range(glyph, glyph + glyphs))
        glyph += glyphs
        steps += [whole / codes] * codes
    return steps
