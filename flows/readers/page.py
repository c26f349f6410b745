"""What a fixed-layout page gives: characters and straight ruling, y growing downwards, in points."""

from collections.abc import Callable
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Char:
    """One character; ``baseline`` is the y of its origin: small signs have tiny boxes but an honest baseline.

    ``doubt``: where it was recognised from a picture and may be another, what was seen and how sure that is.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    doubt: str | None = None

    @property
    def mid_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def mid_y(self) -> float:
        """The middle of the line the character stands on: by baseline, since boxes of `一` or `、` mislead."""
        return self.baseline - self.size * 0.35 if self.size else (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A horizontal (at y ``at``, from x ``start`` to ``end``) or vertical drawn line."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """``scanned``: its characters were recognised from a picture. ``as_shown``: box on this page → box on the page as the file shows it,
    where the page had to be turned to be read."""

    number: int
    width: float
    height: float
    chars: list[Char]
    segments: list[Segment]
    scanned: bool = False
    as_shown: Callable[[Box], Box] | None = None
