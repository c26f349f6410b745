"""Hypothesis draws what the seed otherwise decides: the same generator, each choice a draw that can shrink."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from flows.typeset import Layout, Report
from flows.typeset.layouts import Dialect
from flows.typeset.random import random_report

T = TypeVar("T")


class DrawnChoices:
    """Choices that hypothesis makes; the plainest is what it shrinks to."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def integer(self, least: int, most: int) -> int:
        return self._draw(st.integers(least, most))

    def pick(self, options: Sequence[T]) -> T:
        return options[self._draw(st.integers(0, len(options) - 1))]

    def flag(self) -> bool:
        return self._draw(st.booleans())


@st.composite
def reports(draw: st.DrawFn, dialects: Sequence[Dialect]) -> tuple[Report, Layout]:
    """A fictional report and a layout of one of ``dialects``."""
    return random_report(DrawnChoices(draw), dialects)
