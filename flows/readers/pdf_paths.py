"""One drawn path may be many lines: all sides of all cells in one stroke, every line a thin filled rectangle, or a cell's frame between two."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Point = tuple[float, float]
Line = tuple[Point, Point]

_MOST_SEGMENTS = 40_000  # of a path: what has more is a map
_LEVEL = 0.01  # rise of a line against its length
_SHORTEST = 2.0  # points


def lines_of(item: pdfium.PdfObject, on_page: Callable[[Point], Point], stroked: bool, thickness: float) -> Iterator[Line]:
    """The lines along the edges of the page that a path draws; none of one with curves, a picture. A filled one no thicker than ``thickness``."""
    parts = [[on_page(point) for point in part] for part in _parts(item)]
    if stroked:
        for part in parts:
            yield from (line for line in pairwise(part) if is_level(*line))
        return
    boxes = [_box(part) for part in parts]
    for x0, y0, x1, y1 in boxes:
        if y1 - y0 <= thickness < x1 - x0:
            yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
        elif x1 - x0 <= thickness < y1 - y0:
            yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
    for outer, inner in pairwise(boxes):
        gaps = [a - b for a, b in zip((*inner[:2], *outer[2:]), (*outer[:2], *inner[2:]), strict=True)]
        if inner[2] - inner[0] > thickness and inner[3] - inner[1] > thickness and all(0 < gap <= thickness for gap in gaps):
            x0, y0, x1, y1 = ((a + b) / 2 for a, b in zip(outer, inner, strict=True))
            yield from (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1)))


def is_level(start: Point, end: Point) -> bool:
    """Does a stroke run along an edge of the page, for more than a dot?"""
    across, up = abs(start[0] - end[0]), abs(start[1] - end[1])
    return max(across, up) > _SHORTEST and min(across, up) <= _LEVEL * max(across, up)


def points_of(item: pdfium.PdfObject) -> Iterator[tuple[Point, int, bool]]:
    """A path's points in its own coordinates, each with how it is come to and whether the figure closes there."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        yield (x.value, y.value), raw.FPDFPathSegment_GetType(segment), bool(raw.FPDFPathSegment_GetClose(segment))


def _parts(item: pdfium.PdfObject) -> list[list[Point]]:
    """The pieces drawn without lifting the pen, closed ones back to their first point; none of a path with a curve."""
    if raw.FPDFPath_CountSegments(item) > _MOST_SEGMENTS:
        return []
    parts: list[list[Point]] = []
    for point, kind, closes in points_of(item):
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(point)
        if closes:
            parts[-1].append(parts[-1][0])
    return parts


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)
