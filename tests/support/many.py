"""Thousands of small reports of fictional bureaus over several years, for measuring what a large warehouse costs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from flows.typeset import typeset
from flows.typeset.random import SeededChoices, random_report

T = TypeVar("T")
YEARS = range(2019, 2024)
# Two of these make the name of a place: 400 of them, behind 示例.
_FIRST = "青松云石金沙竹柳枫梅兰荷桂杏桃梨棠榆槐柏"
_SECOND = "溪岭坪湾塘坡岗洼屯堡营寨渡桥关口井泉池洲"
_SECTORS, _LEVELS = 3, 3


class _Bureau(SeededChoices):
    """Choices of which the first two - sector and level - are given, so that a bureau is the same in every year."""

    def __init__(self, seed: int, first: list[int]) -> None:
        super().__init__(seed)
        self._first = first

    def pick(self, options: Sequence[T]) -> T:
        return options[self._first.pop(0)] if self._first else super().pick(options)


def many_reports(count: int) -> Iterator[tuple[str, bytes]]:
    """File name and content of ``count`` reports (at most 18,000), every bureau with a report for each of five years."""
    for number in range(count):
        bureau, year = number // len(YEARS), YEARS[number % len(YEARS)]
        place, kind = bureau // (_SECTORS * _LEVELS), bureau % (_SECTORS * _LEVELS)
        name = f"示例{_FIRST[place // len(_SECOND)]}{_SECOND[place % len(_SECOND)]}"
        choices = _Bureau(number, [kind // _LEVELS, kind % _LEVELS])
        report, layout = random_report(choices, ["tab_led"], name, year)
        for part, (file_name, content) in enumerate(typeset(report, layout).items()):
            yield f"{number:05}_{part}_{file_name}", content


def write_reports(folder: Path, count: int) -> list[Path]:
    """Writes the reports, those that are not there yet; gives their files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in many_reports(count):
        paths.append(folder / name)
        if not paths[-1].exists():
            paths[-1].write_bytes(content)
    return paths
