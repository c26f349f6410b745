"""The graphic objects of an OFD page → characters and straight ruling, in points.

OFD measures in millimetres, y downwards. An object has its own coordinates: its CTM, then the corner of its Boundary, then what holds it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.readers.ofd_package import Element, child, number, numbers, text
from flows.readers.page import Segment

POINTS = 72 / 25.4  # per millimetre
# Points: a filled area this thin is a drawn line, anything thicker is shading; a stroke may be somewhat thicker (frames of tables).
_LINE_THICKNESS = 2.2
_STROKE_THICKNESS = 4.5
_STRAIGHT = 0.35  # points that the ends of a straight line may differ across it
_CLIP_SLACK = 3.0  # points
_DEFAULT_WIDTH = 0.353  # millimetres, by the standard
_NEAR_WHITE = 235
_COMMANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TOKEN = re.compile(r"[SMLQBAC]|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Matrix:
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def on(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: "Matrix") -> "Matrix":
        """First this one, then ``outer``."""
        e, f = outer.on(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )

    @property
    def scale(self) -> float:
        return abs(self.a * self.d - self.b * self.c) ** 0.5


PAGE = Matrix(a=POINTS, d=POINTS)


def box_of(value: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width and height of an ST_Box in millimetres; None where four numbers are not there."""
    found = numbers(value)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def matrix_of(element: Element, outer: Matrix) -> Matrix:
    """From an object's own coordinates to points on the page."""
    values = numbers(element.get("CTM"))
    own = Matrix(*values) if len(values) == 6 else Matrix()
    box = box_of(element.get("Boundary"))
    return own.then(Matrix(e=box[0], f=box[1]) if box else Matrix()).then(outer)


@dataclass(frozen=True, slots=True)
class Pen:
    """How an object is drawn: line width in millimetres, and whether lines and areas show on white paper."""

    width: float = _DEFAULT_WIDTH
    strokes: bool = True
    fills: bool = True


def pen_of(element: Element, inherited: Pen) -> Pen:
    """What an object or a DrawParam says itself, on top of what it inherits."""
    width = number(element.get("LineWidth"))
    stroke, fill = child(element, "StrokeColor"), child(element, "FillColor")
    return Pen(
        inherited.width if width is None else abs(width),
        inherited.strokes if stroke is None else _shows(stroke),
        inherited.fills if fill is None else _shows(fill),
    )


def _shows(colour: Element) -> bool:
    if colour.get("Alpha", "").strip() == "0":
        return False
    parts = (colour.get("Value") or "").split()
    values = [int(part[1:], 16) if re.fullmatch(r"#[0-9A-Fa-f]{1,2}", part) else number(part) for part in parts]
    known = [value for value in values if value is not None]
    if len(known) == 4:  # cyan, magenta, yellow, black: none of them is white
        return max(known) > 255 - _NEAR_WHITE
    return not known or min(known) < _NEAR_WHITE


@dataclass(slots=True)
class _Stroke:
    """One run of a path: its points, and whether all of it is straight."""

    points: list[Point]
    straight: bool = True


def _strokes(data: str) -> Iterator[_Stroke]:
    """The runs of an AbbreviatedData; curves keep their control points, which hold their extent. It ends where it is not understood."""
    run: _Stroke | None = None
    tokens = iter(_TOKEN.findall(data))
    for token in tokens:
        if token not in _COMMANDS:
            break
        try:
            values = [float(next(tokens)) for _ in range(_COMMANDS[token])]
        except (StopIteration, ValueError):
            break
        if token in "SM":
            if run:
                yield run
            run = _Stroke([(values[0], values[1])])
        elif run is None:
            break
        elif token == "C":
            run.points.append(run.points[0])
            yield run
            run = _Stroke([run.points[0]])
        elif token == "A":
            run.points.append((values[5], values[6]))
            run.straight = False
        else:
            run.points += zip(values[::2], values[1::2], strict=True)
            run.straight = run.straight and token == "L"
    if run:
        yield run


def segments_of(element: Element, outer: Matrix, pen: Pen) -> Iterator[Segment]:
    """The straight lines, across and upright, that a PathObject draws: strokes, and filled areas as thin as a line."""
    if element.get("Alpha", "").strip() == "0":
        return
    strokes = pen.strokes and element.get("Stroke", "true").strip().lower() not in ("false", "0")
    fills = pen.fills and element.get("Fill", "false").strip().lower() in ("true", "1")
    if not strokes and not fills:
        return
    matrix = matrix_of(element, outer)
    clip = _clip(element, outer)
    too_thick = pen.width * matrix.scale > _STROKE_THICKNESS
    for run in _strokes(text(child(element, "AbbreviatedData"))):
        points = [matrix.on(*point) for point in run.points]
        if len(points) < 2:
            continue
        for segment in _lines(points, strokes and not too_thick, run.straight):
            if clipped := _within(segment, clip):
                yield clipped


def _lines(points: Sequence[Point], strokes: bool, straight: bool) -> Iterator[Segment]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, tall) <= _LINE_THICKNESS:
        if wide > tall:
            yield Segment(True, (max(ys) + min(ys)) / 2, min(xs), max(xs))
        elif tall > wide:
            yield Segment(False, (max(xs) + min(xs)) / 2, min(ys), max(ys))
        return
    edges = [(a, b) for a, b in pairwise(points) if abs(a[0] - b[0]) + abs(a[1] - b[1]) > _STRAIGHT]
    # Curves and diagonals draw pictures, not tables.
    if strokes and straight and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _STRAIGHT for a, b in edges):
        for (xa, ya), (xb, yb) in edges:
            if abs(xa - xb) > abs(ya - yb):
                yield Segment(True, (ya + yb) / 2, min(xa, xb), max(xa, xb))
            else:
                yield Segment(False, (xa + xb) / 2, min(ya, yb), max(ya, yb))


def _clip(element: Element, outer: Matrix) -> tuple[float, float, float, float] | None:
    """The Boundary on the page: x0, top, x1, bottom. Nothing of the object shows outside."""
    box = box_of(element.get("Boundary"))
    if box is None:
        return None
    x, y, width, height = box
    corners = [outer.on(x + w, y + h) for w in (0, width) for h in (0, height)]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return min(xs) - _CLIP_SLACK, min(ys) - _CLIP_SLACK, max(xs) + _CLIP_SLACK, max(ys) + _CLIP_SLACK


def _within(segment: Segment, clip: tuple[float, float, float, float] | None) -> Segment | None:
    if clip is None:
        return segment
    x0, top, x1, bottom = clip
    low, high, first, last = (top, bottom, x0, x1) if segment.horizontal else (x0, x1, top, bottom)
    start, end = max(segment.start, first), min(segment.end, last)
    return Segment(segment.horizontal, segment.at, start, end) if low <= segment.at <= high and start < end else None
