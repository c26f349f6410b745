"""Where the choices come from that make a random report: a seed, or a property test that can shrink them."""

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Choices(Protocol):
    """Each call is one choice; the first option and the least number are the plainest."""

    def integer(self, least: int, most: int) -> int:
        """A number from ``least`` to ``most``, both included."""
        ...

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        ...

    def flag(self) -> bool:
        """Yes or no; no is the plainer."""
        ...


class SeededChoices:
    """Choices that follow from a number."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def integer(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def flag(self) -> bool:
        return self._random.random() < 0.5
