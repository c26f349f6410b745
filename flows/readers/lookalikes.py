"""Characters that look alike in small type, told apart by the words they stand in (``lookalikes.toml``)."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Of each character: itself and its lookalikes with the words that want them."""
    data = tomllib.loads(files("flows.readers").joinpath("lookalikes.toml").read_text(encoding="utf8"))
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for pair in data["pair"]:
        of_pair = [(character, tuple(pair.get(character, ()))) for character in pair["characters"]]
        for character in pair["characters"]:
            found[character] = of_pair
    return found


def by_its_word(text: str, index: int) -> str | None:
    """The character that the word around ``text[index]`` wants, if only one of it and its lookalikes makes a word there."""
    wanted = {character for character, words in _words().get(text[index], ()) if any(_stands(text, index, character, words))}
    return wanted.pop() if len(wanted) == 1 else None


def _stands(text: str, index: int, character: str, words: Sequence[str]) -> Iterator[bool]:
    for word in words:
        for at in range(len(word)):
            if word[at] == character:
                start = index - at
                yield start >= 0 and text[start:index] == word[:at] and text[index + 1 : start + len(word)] == word[at + 1 :]
